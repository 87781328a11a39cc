package io.membersync.storage.jdbc;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.Trigger;
import io.membersync.storage.AppMember;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the tests store. */
final class Samples {

    static final OrganizationId NORTH = OrganizationId.of("north");
    static final IntegrationId INTEGRATION = IntegrationId.of("north-registry");
    static final Instant NOW = Instant.parse("2031-05-06T07:08:09.123456Z");

    private Samples() {}

    static List<ExternalId> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ExternalId.of("m_" + (100_000 + i)))
                .toList();
    }

    static Link link(ExternalId id, MemberId member) {
        AgreedPair city = AgreedPair.together(FieldValue.text("Oslo"), FieldValue.text("Oslo"));
        return new Link(
                id,
                Optional.of(member),
                Optional.of(new ContentHash(7, id.value().hashCode())),
                new RecordVersion("v1"),
                NOW,
                Agreed.of(Map.of(MemberField.CITY, city)),
                Optional.empty(),
                0);
    }

    static Link changed(Link link) {
        return new Link(
                link.externalId(),
                link.member(),
                Optional.of(new ContentHash(8, 8)),
                link.version(),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision());
    }

    static MemberState living(String city) {
        return MemberState.builder()
                .put(MemberField.CITY, FieldValue.text(city))
                .put(MemberField.STATUS, FieldValue.text("ACTIVE"))
                .build();
    }

    static MemberChange update(AppMember seen, MemberField field, FieldValue after) {
        return new MemberChange.Update(
                seen.id(),
                ExternalId.of("m_1"),
                seen.version(),
                List.of(new FieldChange(field, seen.state().value(field), after, "Only the registry changed it")));
    }

    static AuditEntry entry(MemberId member) {
        return new AuditEntry(
                NOW,
                AuditKind.MEMBER_UPDATED,
                NORTH,
                Optional.of(INTEGRATION),
                Optional.of("run-1"),
                "sync",
                Optional.of(member),
                Optional.empty(),
                "One field changed",
                List.of(new AuditEntry.ValueChange("city", "Oslo", "Bergen", "Only the registry changed it")));
    }

    static Run run(String id) {
        return new Run(new RunId(id), NORTH, INTEGRATION, RunKind.FULL, Trigger.MANUAL, "kari", NOW);
    }
}

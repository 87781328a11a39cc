package io.membersync.testkit.contract;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Proposal;
import io.membersync.conflict.Rule;
import io.membersync.diff.Agreed;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.model.Origin;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.Trigger;
import io.membersync.storage.AppMember;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the storage's tests store. */
final class StorageSamples {

    static final OrganizationId NORTH = OrganizationId.of("north");
    static final OrganizationId SOUTH = OrganizationId.of("south");
    static final IntegrationId INTEGRATION = IntegrationId.of("north-registry");
    static final IntegrationId OTHER = IntegrationId.of("south-registry");

    /** Microseconds are as fine as databases go. */
    static final Instant NOW = Instant.parse("2031-05-06T07:08:09.123456Z");

    /** Nothing here is what a database's collation likes to sort by: case, accents, punctuation, digits, length. */
    static final List<String> IDS_IN_ORDER = List.of(
            "%",
            "-",
            "1",
            "10",
            "2",
            "A",
            "A\u030A",
            "M_1",
            "Z",
            "_",
            "a",
            "m-1",
            "mA",
            "m_1",
            "m_1 ",
            "m_10",
            "m_1a",
            "m_2",
            "m_\u00E5",
            "ma",
            "z",
            "\u00C5",
            "\u00E6",
            "\u00F8",
            "\uFFFD",
            "\uD83D\uDE00");

    private StorageSamples() {}

    static ExternalId id(String text) {
        return ExternalId.of(text);
    }

    static List<ExternalId> ids(String... texts) {
        return List.of(texts).stream().map(ExternalId::of).toList();
    }

    static MemberId member(String text) {
        return MemberId.of("host-" + text);
    }

    /** A new live link, whose member bears the record's id. */
    static Link link(String id) {
        return link(id, member(id));
    }

    static Link link(String id, MemberId member) {
        return new Link(
                id(id),
                Optional.of(member),
                Optional.of(new ContentHash(1, -2)),
                new RecordVersion("v1"),
                NOW,
                Agreed.none(),
                Optional.empty(),
                0);
    }

    static Link with(Link link, Agreed agreed) {
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                agreed,
                link.tombstone(),
                link.revision());
    }

    static Link with(Link link, String version) {
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                new RecordVersion(version),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision());
    }

    static Link with(Link link, Optional<ContentHash> hash) {
        return new Link(
                link.externalId(),
                link.member(),
                hash,
                link.version(),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision());
    }

    static Link heldBy(Link link, MemberId member) {
        return new Link(
                link.externalId(),
                Optional.of(member),
                link.hash(),
                link.version(),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision());
    }

    static Link gone(Link link, Optional<MemberId> member, Link.Tombstone tombstone) {
        return new Link(
                link.externalId(),
                member,
                link.hash(),
                link.version(),
                link.readAt(),
                link.agreed(),
                Optional.of(tombstone),
                link.revision());
    }

    static Link deleted(Link link) {
        return gone(link, link.member(), new Link.Tombstone("deleted", Optional.empty()));
    }

    static Link revised(Link link, long revision) {
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                revision);
    }

    static MemberState living(String city) {
        return MemberState.builder()
                .put(MemberField.CITY, FieldValue.text(city))
                .put(MemberField.STATUS, FieldValue.text("ACTIVE"))
                .build();
    }

    static MemberState city(String city) {
        return MemberState.empty().with(MemberField.CITY, FieldValue.text(city));
    }

    static MemberChange.Update move(AppMember seen, String city) {
        FieldValue before = seen.state().value(MemberField.CITY);
        return new MemberChange.Update(
                seen.id(),
                id("m_1"),
                seen.version(),
                List.of(new FieldChange(
                        MemberField.CITY, before, FieldValue.text(city), "Only the registry changed it")));
    }

    static Run run(String id, IntegrationId integration, Instant queuedAt) {
        return new Run(new RunId(id), NORTH, integration, RunKind.FULL, Trigger.MANUAL, "kari", queuedAt);
    }

    static Run run(String id) {
        return run(id, INTEGRATION, NOW);
    }

    static Conflict conflict(IntegrationId integration, MemberId member, MemberField field, String registry) {
        return conflict(integration, member, field, FieldValue.text("app"), FieldValue.text(registry));
    }

    static Conflict conflict(
            IntegrationId integration, MemberId member, MemberField field, FieldValue app, FieldValue registry) {
        return new Conflict(
                integration,
                member,
                id("m_" + member),
                field,
                new Conflict.Side(app, Optional.of(Origin.APP), Optional.of(NOW.minusSeconds(30)), NOW),
                Optional.of(FieldValue.text("agreed")),
                new Conflict.Side(registry, Optional.of(Origin.REGISTRY), Optional.empty(), NOW),
                new Conflict.Question(
                        Rule.MANUAL_REVIEW,
                        "Both sides differ; the rule asks a person",
                        new Proposal(true, "The registry's value is the later one"),
                        NOW,
                        NOW.plusSeconds(60)),
                Optional.empty(),
                0);
    }

    static Conflict ended(Conflict conflict) {
        return conflict.ended(
                new Conflict.Ending(Conflict.Outcome.APP_KEPT, "kari", NOW.plusSeconds(90), "«asked» by phone"));
    }

    static Conflict conflict(MemberId member, MemberField field) {
        return conflict(INTEGRATION, member, field, "registry");
    }

    static Conflict revised(Conflict conflict, long revision) {
        return conflict.revised(revision);
    }

    static QuarantinedRecord bad(String key) {
        return new QuarantinedRecord(
                key, Optional.of(id(key)), "contact.email", "is not an e-mail address", NOW, 1, NOW.plusSeconds(3600));
    }

    static AuditEntry entry(OrganizationId organization, String summary) {
        return entry(organization, AuditKind.MEMBER_UPDATED, Optional.empty(), Optional.empty(), summary);
    }

    static AuditEntry entry(
            OrganizationId organization,
            AuditKind kind,
            Optional<MemberId> member,
            Optional<String> run,
            String summary) {
        return new AuditEntry(
                NOW,
                kind,
                organization,
                Optional.of(INTEGRATION),
                run,
                "sync",
                member,
                Optional.empty(),
                summary,
                List.of());
    }
}

package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.conflict.Conflict;
import io.membersync.internal.pipeline.Protection;
import io.membersync.internal.run.ProtectedMembers;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.run.PlannedChange;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Hides address and phone of members whose address is protected now, whatever was known of them before. Stateless. */
final class ProtectedValues {

    private static final String MASK = "•••••";

    private ProtectedValues() {}

    /** A text that may not be shown. */
    static String mask(String text) {
        return text.isEmpty() ? text : MASK;
    }

    /** The entries with masks where values may not be shown. */
    static Slice<AuditEntry> hidden(Session session, OrganizationId organization, Slice<AuditEntry> entries) {
        Set<String> hidden = session.members().fields().stream()
                .filter(Protection::hides)
                .map(MemberField::key)
                .collect(Collectors.toSet());
        List<AuditEntry> telling = entries.items().stream()
                .filter(entry -> entry.member().isPresent())
                .filter(entry -> entry.changes().stream().anyMatch(change -> hidden.contains(change.field())))
                .toList();
        Set<MemberId> told =
                telling.stream().flatMap(entry -> entry.member().stream()).collect(Collectors.toSet());
        if (told.isEmpty()) {
            return entries;
        }
        Set<MemberId> guarded = guarded(session, organization, told);
        guarded.addAll(ProtectedMembers.by(session, records(telling)));
        return guarded.isEmpty()
                ? entries
                : new Slice<>(
                        entries.items().stream()
                                .map(entry ->
                                        entry.member().filter(guarded::contains).isPresent()
                                                ? hidden(entry, hidden)
                                                : entry)
                                .toList(),
                        entries.next());
    }

    /** The registries' records behind entries: one that is gone still says what it said last. */
    private static Map<IntegrationId, List<ExternalId>> records(List<AuditEntry> entries) {
        Map<IntegrationId, List<ExternalId>> records = new HashMap<>();
        for (AuditEntry entry : entries) {
            if (entry.integration().isPresent() && entry.externalId().isPresent()) {
                records.computeIfAbsent(entry.integration().get(), id -> new ArrayList<>())
                        .add(entry.externalId().get());
            }
        }
        return records;
    }

    /** The conflicts without the values of address and phone of members whose address is protected by now. */
    static List<Conflict> hidden(Session session, List<Conflict> conflicts) {
        Set<MemberId> told = conflicts.stream()
                .filter(conflict -> Protection.hides(conflict.field()))
                .map(Conflict::member)
                .collect(Collectors.toSet());
        Set<MemberId> guarded = ProtectedMembers.among(session, told);
        return conflicts.stream()
                .map(conflict -> guarded.contains(conflict.member()) && Protection.hides(conflict.field())
                        ? conflict.withoutValues()
                        : conflict)
                .toList();
    }

    /** The changes without address and phone of members whose address is protected by now. */
    static List<PlannedChange> hidden(Session session, OrganizationId organization, List<PlannedChange> changes) {
        Set<MemberId> told = changes.stream()
                .filter(change -> change.fields().stream().anyMatch(field -> Protection.hides(field.field())))
                .flatMap(change -> change.member().stream())
                .collect(Collectors.toSet());
        Set<MemberId> guarded = told.isEmpty() ? Set.of() : guarded(session, organization, told);
        return changes.stream()
                .map(change -> change.member().filter(guarded::contains).isPresent() ? hidden(change) : change)
                .toList();
    }

    private static PlannedChange hidden(PlannedChange change) {
        FieldValue nothing = FieldValue.nothing();
        return new PlannedChange(
                change.externalId(),
                change.member(),
                change.kinds(),
                change.fields().stream()
                        .map(field -> Protection.hides(field.field())
                                ? new FieldChange(field.field(), nothing, nothing, field.why())
                                : field)
                        .toList(),
                change.outcome());
    }

    /** The members whose address is protected. */
    static Set<MemberId> guarded(Session session, OrganizationId organization, Set<MemberId> members) {
        Set<MemberId> guarded = new HashSet<>(ProtectedMembers.among(session, members));
        session.members().load(organization, members).values().stream()
                .filter(member -> Protection.marked(member.state()))
                .forEach(member -> guarded.add(member.id()));
        return guarded;
    }

    /** The records of an integration whose last word, or whose member, is protected. */
    static Set<ExternalId> guarded(Session session, Integration integration, List<ExternalId> ids) {
        Map<ExternalId, Link> links = session.links().load(integration.id(), ids);
        Set<MemberId> members =
                links.values().stream().flatMap(link -> link.member().stream()).collect(Collectors.toSet());
        Set<MemberId> guarded = guarded(session, integration.organization(), members);
        return links.entrySet().stream()
                .filter(link -> Protection.marked(link.getValue().agreed())
                        || link.getValue().member().filter(guarded::contains).isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static AuditEntry hidden(AuditEntry entry, Set<String> fields) {
        return new AuditEntry(
                entry.at(),
                entry.kind(),
                entry.organization(),
                entry.integration(),
                entry.run(),
                entry.actor(),
                entry.member(),
                entry.externalId(),
                entry.summary(),
                entry.changes().stream()
                        .map(change -> fields.contains(change.field())
                                ? new ValueChange(
                                        change.field(), mask(change.before()), mask(change.after()), change.why())
                                : change)
                        .toList(),
                entry.trigger(),
                entry.failed());
    }
}

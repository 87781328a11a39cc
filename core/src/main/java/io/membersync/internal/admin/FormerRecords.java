package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.member.RecordId;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.storage.Session;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records that were a person's and are linked to nobody any more, because their integration was removed or they left the
 * scope: the history alone still tells of them, and would bring the person back under the same id once it is emptied.
 *
 * @param session a transaction
 * @param members the person's members
 * @param traced records that are known to be the person's anyway
 */
record FormerRecords(Session session, Set<MemberId> members, Set<RecordId> traced) {

    /** Finds those that an organization's history names. */
    Set<RecordId> of(OrganizationId organization) {
        Set<RecordId> named = new HashSet<>();
        entries(organization, members, Set.of()).forEach(entry -> record(entry).ifPresent(named::add));
        named.removeAll(traced);
        if (!named.isEmpty()) {
            named.retainAll(lastOfThePerson(organization, named));
            named.removeAll(spokenFor(named));
        }
        return named;
    }

    /** A record that was split off or merged since is whose it was last. */
    private Set<RecordId> lastOfThePerson(OrganizationId organization, Set<RecordId> named) {
        Map<RecordId, MemberId> last = new HashMap<>();
        entries(organization, Set.of(), named).stream()
                .sorted(Comparator.comparing(AuditEntry::at))
                .forEach(entry -> record(entry)
                        .ifPresent(record -> entry.member().ifPresent(member -> last.put(record, member))));
        last.values().retainAll(members);
        return last.keySet();
    }

    /** Those that are linked to somebody else, or that a question or a decision is about. */
    private Set<RecordId> spokenFor(Set<RecordId> named) {
        Map<IntegrationId, Set<ExternalId>> byIntegration = new HashMap<>();
        named.forEach(record -> byIntegration
                .computeIfAbsent(record.integration(), id -> new HashSet<>())
                .add(record.externalId()));
        Set<RecordId> others = new HashSet<>();
        byIntegration.forEach((integration, ids) -> {
            session.links().load(integration, ids).values().stream()
                    .filter(link -> link.member().isPresent())
                    .map(Link::externalId)
                    .forEach(id -> others.add(new RecordId(integration, id)));
            session.matches().load(integration, ids).keySet().forEach(id -> others.add(new RecordId(integration, id)));
        });
        return others;
    }

    private List<AuditEntry> entries(
            OrganizationId organization, Collection<MemberId> about, Collection<RecordId> records) {
        return session.auditChains().about(organization, about, records).stream()
                .map(link -> link.signed().entry())
                .toList();
    }

    private static Optional<RecordId> record(AuditEntry entry) {
        return entry.integration().flatMap(integration -> entry.externalId().map(id -> new RecordId(integration, id)));
    }
}

package io.membersync.internal.admin;

import io.membersync.member.RecordId;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.setup.Integration;
import io.membersync.storage.ErasureStore.Trace;
import io.membersync.storage.Session;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a person is found, as far as a caller may see. Immutable.
 *
 * @param members the member, and the ended ones whose records a registry merged into the member's
 * @param records the person's records, by integration
 * @param places the integrations in which anything is kept, sorted
 * @param visible all integrations that the caller may see, by id
 */
record Person(
        Set<MemberId> members,
        Map<IntegrationId, Set<ExternalId>> records,
        List<IntegrationId> places,
        Map<IntegrationId, Integration> visible) {

    /** Finds a member. */
    static Person of(Session session, Access access, MemberId member) {
        Map<IntegrationId, Integration> visible = visible(session, access);
        Set<MemberId> members = new LinkedHashSet<>(Set.of(member));
        Set<Trace> traces;
        int known;
        do {
            known = members.size();
            traces = session.erasures().traces(members);
            traces.stream()
                    .filter(trace -> visible.containsKey(trace.record().integration()))
                    .flatMap(trace -> trace.member().stream())
                    .filter(other -> !members.contains(other) && ended(session, other))
                    .toList()
                    .forEach(members::add);
        } while (members.size() > known);
        return of(session, visible, members, traces.stream().map(Trace::record).collect(Collectors.toSet()));
    }

    /** A record that belongs to nobody. */
    static Person of(Session session, Access access, RecordId record) {
        return of(session, visible(session, access), Set.of(), Set.of(record));
    }

    private static Person of(
            Session session,
            Map<IntegrationId, Integration> visible,
            Set<MemberId> members,
            Collection<RecordId> traced) {
        Map<IntegrationId, Set<ExternalId>> records = new TreeMap<>(Comparator.comparing(IntegrationId::value));
        traced.stream()
                .filter(record -> visible.containsKey(record.integration()))
                .forEach(record -> records.computeIfAbsent(record.integration(), id -> new HashSet<>())
                        .add(record.externalId()));
        // Sorted, so that two erasures take leases in the same order.
        Set<IntegrationId> places = new TreeSet<>(Comparator.comparing(IntegrationId::value));
        places.addAll(records.keySet());
        if (!members.isEmpty()) {
            places.addAll(session.erasures().integrations(members));
        }
        places.retainAll(visible.keySet());
        return new Person(members, records, List.copyOf(places), visible);
    }

    private static Map<IntegrationId, Integration> visible(Session session, Access access) {
        return session.settings().list().stream()
                .map(stored -> stored.asInForce())
                .filter(integration -> access.caller().mayActFor(integration.organization()))
                .collect(Collectors.toMap(Integration::id, integration -> integration));
    }

    /** Whoever has a live record is a person of its own, whatever was merged with it once. */
    private static boolean ended(Session session, MemberId member) {
        return session.links().everywhere(Set.of(member)).isEmpty();
    }

    /** The person's records of one integration. */
    Set<ExternalId> recordsOf(IntegrationId integration) {
        return records.getOrDefault(integration, Set.of());
    }

    /** The person's records of one organization. */
    List<RecordId> recordsOf(OrganizationId organization) {
        return records.entrySet().stream()
                .filter(entry -> organization(entry.getKey()).equals(organization))
                .flatMap(entry -> entry.getValue().stream().map(id -> new RecordId(entry.getKey(), id)))
                .toList();
    }

    /** Whose an integration is. */
    OrganizationId organization(IntegrationId integration) {
        Integration found = visible.get(integration);
        if (found == null) {
            throw new IllegalArgumentException("The caller does not see '" + integration + "'");
        }
        return found.organization();
    }

    /** All organizations that the caller may see, sorted. */
    List<OrganizationId> organizations() {
        return visible.values().stream()
                .map(Integration::organization)
                .distinct()
                .sorted(Comparator.comparing(OrganizationId::value))
                .toList();
    }

    /** The organizations in which anything is kept. */
    Set<OrganizationId> organizationsOfPlaces() {
        return places.stream().map(this::organization).collect(Collectors.toSet());
    }
}

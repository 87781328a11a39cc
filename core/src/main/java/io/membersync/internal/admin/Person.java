package io.membersync.internal.admin;

import io.membersync.member.RecordId;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.storage.ErasureStore.Trace;
import io.membersync.storage.Session;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a person is found, as far as a caller may see. Immutable.
 *
 * @param members the member, and the ended ones whose records a registry merged into the member's
 * @param records the person's records, by integration
 * @param former records that only the history still tells to be the person's, by organization
 * @param places the integrations in which anything is kept, sorted
 * @param visible all integrations that the caller may see, and removed ones in which anything is kept, by id
 * @param organizations all organizations that may keep anything, or know the person as erased, sorted
 * @param rows those that have a row of a member
 */
record Person(
        Set<MemberId> members,
        Map<IntegrationId, Set<ExternalId>> records,
        Map<OrganizationId, Set<RecordId>> former,
        List<IntegrationId> places,
        Map<IntegrationId, Integration> visible,
        List<OrganizationId> organizations,
        Set<OrganizationId> rows) {

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
        Set<RecordId> records = traces.stream().map(Trace::record).collect(Collectors.toSet());
        Map<OrganizationId, Set<RecordId>> former = new HashMap<>();
        FormerRecords history = new FormerRecords(session, members, Set.copyOf(records));
        session.erasures().inHistory(members).stream()
                .filter(access.caller()::mayActFor)
                .forEach(organization -> former.put(organization, history.of(organization)));
        former.forEach((organization, found) -> found.stream()
                .filter(record -> Optional.ofNullable(visible.get(record.integration()))
                        .filter(integration -> integration.organization().equals(organization))
                        .isPresent())
                .forEach(records::add));
        return of(session, access, visible, members, records, former);
    }

    /** A record that belongs to nobody. */
    static Person of(Session session, Access access, RecordId record) {
        return of(session, access, visible(session, access), Set.of(), Set.of(record), Map.of());
    }

    private static Person of(
            Session session,
            Access access,
            Map<IntegrationId, Integration> visible,
            Set<MemberId> members,
            Collection<RecordId> traced,
            Map<OrganizationId, Set<RecordId>> former) {
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
        addRemoved(session, access, places, visible);
        places.retainAll(visible.keySet());
        Set<OrganizationId> all = new TreeSet<>(Comparator.comparing(OrganizationId::value));
        visible.values().forEach(integration -> all.add(integration.organization()));
        all.addAll(session.erasures().organizations());
        all.addAll(former.keySet());
        Set<OrganizationId> keeping = new HashSet<>(former.keySet());
        places.forEach(place -> Optional.ofNullable(visible.get(place))
                .ifPresent(integration -> keeping.add(integration.organization())));
        // Rows that are nobody's own are no business of an organization that keeps nothing else of the person.
        Set<OrganizationId> rows = rows(session, members, access.everywhere() ? all : keeping);
        all.addAll(rows);
        all.removeIf(organization -> !access.caller().mayActFor(organization));
        rows.retainAll(all);
        return new Person(members, records, former, List.copyOf(places), visible, List.copyOf(all), rows);
    }

    private static Set<OrganizationId> rows(Session session, Set<MemberId> members, Collection<OrganizationId> asked) {
        return members.isEmpty()
                ? new HashSet<>()
                : new HashSet<>(session.members().organizations(members, asked));
    }

    private static Map<IntegrationId, Integration> visible(Session session, Access access) {
        return session.settings().list().stream()
                .map(stored -> stored.asInForce())
                .filter(integration -> access.caller().mayActFor(integration.organization()))
                .collect(Collectors.toMap(Integration::id, integration -> integration));
    }

    /** What is kept of integrations that were removed, such as ended conflicts, is their organizations' still. */
    private static void addRemoved(
            Session session, Access access, Set<IntegrationId> places, Map<IntegrationId, Integration> visible) {
        places.stream()
                .filter(place -> !visible.containsKey(place))
                .flatMap(place -> session.settings().versions(place, Optional.empty(), 1).items().stream())
                .map(ConfigurationVersion::integration)
                .filter(integration -> access.caller().mayActFor(integration.organization()))
                .forEach(integration -> visible.put(integration.id(), integration));
    }

    /** Whoever has a live record is a person of its own, whatever was merged with it once. */
    private static boolean ended(Session session, MemberId member) {
        return session.links().everywhere(Set.of(member)).isEmpty();
    }

    /** The person's records of one integration. */
    Set<ExternalId> recordsOf(IntegrationId integration) {
        return records.getOrDefault(integration, Set.of());
    }

    /** The person's records of one organization, those of integrations that are gone too. */
    Set<RecordId> recordsOf(OrganizationId organization) {
        Set<RecordId> all = new HashSet<>(former.getOrDefault(organization, Set.of()));
        records.forEach((integration, ids) -> {
            if (organization(integration).equals(organization)) {
                ids.forEach(id -> all.add(new RecordId(integration, id)));
            }
        });
        return all;
    }

    /** Whose an integration is. */
    OrganizationId organization(IntegrationId integration) {
        Integration found = visible.get(integration);
        if (found == null) {
            throw new IllegalArgumentException("The caller does not see '" + integration + "'");
        }
        return found.organization();
    }

    /** The organizations of the integrations in which anything is kept. */
    Set<OrganizationId> organizationsOfPlaces() {
        return places.stream().map(this::organization).collect(Collectors.toSet());
    }

    /** Whether a row of a member is there now. */
    boolean rowRemains(Session session) {
        return rows(session, members, organizations).stream().anyMatch(organizations::contains);
    }
}

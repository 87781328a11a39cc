package io.membersync.storage.memory;

import io.membersync.member.PersonalSection;
import io.membersync.member.RecordId;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.storage.ErasureStore;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks through all tables. */
final class MemoryErasures implements ErasureStore {

    private final MemorySession session;

    MemoryErasures(MemorySession session) {
        this.session = session;
    }

    @Override
    public Set<Trace> traces(Collection<MemberId> members) {
        Set<Trace> traces = new HashSet<>();
        session.tables().links.all().forEach((key, link) -> {
            if (link.member().filter(members::contains).isPresent()) {
                traces.add(trace(key, link));
            }
        });
        session.tables()
                .matches
                .all()
                .values()
                .forEach(review -> review.decision()
                        .flatMap(decision -> decision.member())
                        .filter(members::contains)
                        .ifPresent(member -> traces.add(new Trace(
                                new RecordId(review.integration(), review.externalId()), Optional.of(member)))));
        Set<RecordId> known = new HashSet<>();
        traces.forEach(trace -> known.add(trace.record()));
        session.tables()
                .links
                .all()
                .forEach((key, link) -> link.tombstone()
                        .flatMap(Link.Tombstone::mergedInto)
                        .filter(into -> known.contains(new RecordId(IntegrationId.of(key.owner()), into)))
                        .ifPresent(into -> traces.add(trace(key, link))));
        return traces;
    }

    private static Trace trace(RowKey key, Link link) {
        return new Trace(new RecordId(IntegrationId.of(key.owner()), link.externalId()), link.member());
    }

    @Override
    public Set<IntegrationId> integrations(Collection<MemberId> members) {
        Tables tables = session.tables();
        Set<IntegrationId> found = new HashSet<>();
        traces(members).forEach(trace -> found.add(trace.record().integration()));
        tables.conflicts.all().values().stream()
                .filter(conflict -> members.contains(conflict.member()))
                .forEach(conflict -> found.add(conflict.integration()));
        tables.outbox.all().values().stream()
                .filter(entry -> members.contains(entry.member()))
                .forEach(entry -> found.add(entry.integration()));
        tables.enrichments.all().values().stream()
                .filter(task -> members.contains(task.member()))
                .forEach(task -> found.add(task.integration()));
        tables.plans.of(Tables.ALL).values().stream()
                .filter(plan -> tables.planItems.of(plan.id().value()).values().stream()
                        .anyMatch(
                                item -> item.member().filter(members::contains).isPresent()))
                .forEach(plan -> found.add(plan.integration()));
        return found;
    }

    @Override
    public Set<OrganizationId> inHistory(Collection<MemberId> members) {
        Set<OrganizationId> found = new HashSet<>();
        session.tables()
                .audit
                .all()
                .values()
                .forEach(link -> link.signed()
                        .entry()
                        .member()
                        .filter(members::contains)
                        .ifPresent(member -> found.add(link.signed().entry().organization())));
        return found;
    }

    @Override
    public Set<RecordId> inQuestion(Collection<MemberId> members) {
        Set<RecordId> found = new HashSet<>();
        session.tables().matches.all().values().stream()
                .filter(review ->
                        review.candidates().stream().anyMatch(candidate -> members.contains(candidate.member())))
                .forEach(review -> found.add(new RecordId(review.integration(), review.externalId())));
        return found;
    }

    @Override
    public Map<PersonalSection, Long> erase(
            IntegrationId integration, Collection<ExternalId> records, Collection<MemberId> members) {
        Tables tables = session.tables();
        String owner = integration.value();
        Map<PersonalSection, Long> removed = new EnumMap<>(PersonalSection.class);
        add(removed, PersonalSection.LINK, links(integration, records));
        add(
                removed,
                PersonalSection.EDIT,
                tables.edits.removeIf(owner, mark -> records.contains(mark.externalId()))
                        + tables.rereads.removeIf(owner, records::contains));
        add(
                removed,
                PersonalSection.CONFLICT,
                tables.conflicts.removeIf(
                        owner,
                        conflict -> members.contains(conflict.member()) || records.contains(conflict.externalId())));
        add(
                removed,
                PersonalSection.MATCH,
                tables.matches.removeIf(owner, review -> records.contains(review.externalId())));
        add(
                removed,
                PersonalSection.QUARANTINE,
                tables.quarantine.removeIf(
                        owner,
                        record -> record.externalId().filter(records::contains).isPresent()));
        add(removed, PersonalSection.ABSENCE, tables.absences.removeIf(owner, records::contains));
        add(
                removed,
                PersonalSection.OUTBOX,
                tables.outbox.removeIf(
                        owner, entry -> records.contains(entry.externalId()) || members.contains(entry.member())));
        add(removed, PersonalSection.PLAN, items(integration, records, members));
        for (MemberId member : members) {
            add(
                    removed,
                    PersonalSection.ENRICHMENT,
                    tables.enrichments.removeIf(
                            member.value(), task -> task.integration().equals(integration)));
        }
        return removed;
    }

    private static void add(Map<PersonalSection, Long> removed, PersonalSection section, long rows) {
        if (rows > 0) {
            removed.merge(section, rows, Long::sum);
        }
    }

    private int links(IntegrationId integration, Collection<ExternalId> records) {
        Tables tables = session.tables();
        String owner = integration.value();
        Map<ExternalId, Link> links = new HashMap<>();
        records.forEach(id -> tables.links.find(owner, id.value()).ifPresent(link -> links.put(id, link)));
        links.forEach((id, link) -> {
            tables.links.remove(owner, id.value());
            tables.places.remove(owner, id.value());
            if (link.live()) {
                link.member().ifPresent(member -> {
                    tables.liveLinks.remove(owner, member.value());
                    tables.linksOfMembers.remove(member.value(), owner);
                });
            }
        });
        return links.size();
    }

    private int items(IntegrationId integration, Collection<ExternalId> records, Collection<MemberId> members) {
        Tables tables = session.tables();
        List<String> plans = tables.plans.of(Tables.ALL).values().stream()
                .filter(plan -> plan.integration().equals(integration))
                .map(plan -> plan.id().value())
                .toList();
        int removed = 0;
        for (String plan : plans) {
            List<ExternalId> items = tables.planItems.of(plan).values().stream()
                    .filter(item -> records.contains(item.externalId())
                            || item.member().filter(members::contains).isPresent())
                    .map(item -> item.externalId())
                    .toList();
            items.forEach(id -> tables.planIndex.remove(plan, id.value()));
            removed += tables.planItems.removeIf(plan, item -> items.contains(item.externalId()));
        }
        return removed;
    }

    @Override
    public void note(OrganizationId organization, Collection<String> hashes, Instant at) {
        Rows<Instant> erased = session.tables().erased;
        hashes.stream()
                .filter(hash -> !erased.has(organization.value(), hash))
                .forEach(hash -> erased.put(organization.value(), hash, at));
    }

    @Override
    public Map<String, Instant> noted(OrganizationId organization, Collection<String> hashes) {
        Map<String, Instant> noted = new HashMap<>();
        hashes.forEach(
                hash -> session.tables().erased.find(organization.value(), hash).ifPresent(at -> noted.put(hash, at)));
        return noted;
    }

    @Override
    public boolean lift(OrganizationId organization, String hash) {
        boolean noted = session.tables().erased.has(organization.value(), hash);
        session.tables().erased.remove(organization.value(), hash);
        return noted;
    }

    @Override
    public Set<OrganizationId> organizations() {
        Set<OrganizationId> noting = new HashSet<>();
        session.tables().erased.all().keySet().forEach(key -> noting.add(OrganizationId.of(key.owner())));
        return noting;
    }
}

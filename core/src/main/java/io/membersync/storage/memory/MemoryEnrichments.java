package io.membersync.storage.memory;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.EnrichmentStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Personnummer on their way, by member and integration. */
final class MemoryEnrichments implements EnrichmentStore {

    private final MemorySession session;

    MemoryEnrichments(MemorySession session) {
        this.session = session;
    }

    @Override
    public List<EnrichmentTask> load(MemberId member) {
        return List.copyOf(rows().of(member.value()).values());
    }

    @Override
    public void save(Collection<EnrichmentTask> tasks) {
        tasks.forEach(this::checkRevision);
        tasks.forEach(task -> rows().put(task.member().value(), id(task), task.revised(task.revision() + 1)));
    }

    @Override
    public void remove(Collection<EnrichmentTask> tasks) {
        tasks.forEach(this::checkRevision);
        tasks.forEach(task -> rows().remove(task.member().value(), id(task)));
    }

    @Override
    public Set<IntegrationId> waiting(Instant now) {
        return all().filter(task -> due(task, now))
                .map(EnrichmentTask::integration)
                .collect(Collectors.toSet());
    }

    @Override
    public List<EnrichmentTask> due(IntegrationId integration, EnrichmentState state, Instant now, int limit) {
        return all().filter(task -> task.integration().equals(integration) && task.state() == state && due(task, now))
                .sorted(Comparator.comparing(
                                (EnrichmentTask task) -> task.progress().nextTryAt())
                        .thenComparing(task -> task.progress().takenAt()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<EnrichmentTask> withNumber(OrganizationId organization, String hash) {
        return of(organization)
                .filter(task -> task.contents().number().equals(Optional.of(hash)))
                .toList();
    }

    @Override
    public List<EnrichmentTask> ofSubject(OrganizationId organization, String hash) {
        return of(organization)
                .filter(task -> task.contents().subject().equals(Optional.of(hash)))
                .toList();
    }

    @Override
    public Slice<EnrichmentTask> list(
            OrganizationId organization, Set<EnrichmentState> states, Optional<String> cursor, int limit) {
        return Slices.cut(
                of(organization)
                        .filter(task -> states.contains(task.state()))
                        .filter(task -> cursor.map(last -> CodePointOrder.compare(key(task), last) > 0)
                                .orElse(true)),
                limit,
                MemoryEnrichments::key);
    }

    @Override
    public Map<EnrichmentState, Long> count(OrganizationId organization) {
        return of(organization).collect(Collectors.groupingBy(EnrichmentTask::state, Collectors.counting()));
    }

    @Override
    public Optional<Instant> waitingSince(OrganizationId organization) {
        return of(organization)
                .filter(task -> task.state().waiting())
                .map(task -> task.progress().takenAt())
                .min(Comparator.naturalOrder());
    }

    private static boolean due(EnrichmentTask task, Instant now) {
        return task.state().waiting() && !task.progress().nextTryAt().isAfter(now);
    }

    private Stream<EnrichmentTask> of(OrganizationId organization) {
        return all().filter(task -> task.organization().equals(organization));
    }

    private Stream<EnrichmentTask> all() {
        return rows().all().values().stream();
    }

    private Rows<EnrichmentTask> rows() {
        return session.tables().enrichments;
    }

    private void checkRevision(EnrichmentTask task) {
        long stored = rows().find(task.member().value(), id(task))
                .map(EnrichmentTask::revision)
                .orElse(0L);
        if (stored != task.revision()) {
            throw new StaleVersionException(
                    "The enrichment of '" + task.member() + "' in '" + task.integration() + "'");
        }
    }

    private static String key(EnrichmentTask task) {
        return RowKey.grouped(task.member().value(), id(task));
    }

    private static String id(EnrichmentTask task) {
        return RowKey.grouped(task.integration().value(), task.open() ? "login" : "number");
    }
}

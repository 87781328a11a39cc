package io.membersync.storage.memory;

import io.membersync.health.Backlog;
import io.membersync.model.IntegrationId;
import io.membersync.outbox.OutboxState;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.storage.Overview;
import io.membersync.storage.OverviewStore;
import io.membersync.storage.SyncPosition;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sums the other tables up. */
final class MemoryOverviews implements OverviewStore {

    private final MemorySession session;

    MemoryOverviews(MemorySession session) {
        this.session = session;
    }

    @Override
    public Map<IntegrationId, Overview> of(Collection<IntegrationId> integrations) {
        Map<IntegrationId, Overview> found = new LinkedHashMap<>();
        integrations.stream()
                .filter(id -> session.tables().settings.has(Tables.ALL, id.value()))
                .forEach(id -> found.put(id, of(id)));
        return found;
    }

    private Overview of(IntegrationId id) {
        Tables tables = session.tables();
        SyncPosition position = tables.positions.find(Tables.ALL, id.value()).orElse(SyncPosition.NONE);
        return new Overview(
                id,
                position,
                tables.activeRuns.find(Tables.ALL, id.value()),
                position.standing().lastRun().flatMap(run -> tables.runs.find(Tables.ALL, run.value())),
                backlog(tables, id.value()),
                heldUntil(tables, id),
                webhookAt(tables, id.value()));
    }

    private static Backlog backlog(Tables tables, String id) {
        return new Backlog(
                tables.quarantine.count(id),
                tables.outbox.of(id).values().stream()
                        .filter(entry -> entry.state() == OutboxState.GIVEN_UP || entry.state() == OutboxState.PARKED)
                        .count(),
                tables.conflicts.of(id).values().stream()
                        .filter(conflict -> conflict.ending().isEmpty())
                        .count(),
                tables.matches.of(id).values().stream()
                        .filter(review -> review.decision().isEmpty())
                        .count());
    }

    private static Optional<Instant> heldUntil(Tables tables, IntegrationId id) {
        return tables.plans.of(Tables.ALL).values().stream()
                .filter(plan -> plan.integration().equals(id) && plan.state() == PlanState.WAITING)
                .map(Plan::expiresAt)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> webhookAt(Tables tables, String id) {
        return tables.inbox.of(id).values().stream().map(Tables.Delivery::at).max(Comparator.naturalOrder());
    }
}

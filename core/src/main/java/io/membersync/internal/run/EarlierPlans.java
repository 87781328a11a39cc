package io.membersync.internal.run;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Plan;
import io.membersync.run.Plan.Origin;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.storage.PlanItem;
import io.membersync.storage.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the guard held in earlier runs joins what it holds in this one, so that whoever decides sees the sum, once. A
 * record that this run has staged too waits as it was read last. For one thread.
 */
final class EarlierPlans {

    private static final int AT_ONCE = 500;
    private static final int MOST_WAITING = 1_000;

    private final RunParts parts;
    private final StagingArea area;

    EarlierPlans(RunParts parts, StagingArea area) {
        this.parts = parts;
        this.area = area;
    }

    /** Takes their records over. The plans themselves end with the run, and stand until then. */
    void join(Instant now) {
        IntegrationId integration = parts.integration().id();
        List<Plan> waiting = parts.storage()
                .inTransaction(session ->
                        session.plans().list(integration, Set.of(PlanState.WAITING), Optional.empty(), MOST_WAITING))
                .items();
        waiting.stream()
                .filter(plan -> joins(plan, area.plan(), now))
                .map(Plan::id)
                .forEach(this::takeOver);
    }

    /** Whether a plan's records wait in a newer plan of the guard's. */
    static boolean joins(Plan plan, PlanId newer, Instant now) {
        return plan.origin() == Origin.GUARD
                && !plan.id().equals(newer)
                && plan.at(now).state() == PlanState.WAITING;
    }

    private void takeOver(PlanId earlier) {
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            cursor = parts.storage().inTransaction(parts.fence(), session -> {
                Slice<PlanItem> slice = session.plans().items(earlier, from, AT_ONCE);
                stage(session, earlier, slice.items());
                return slice.next();
            });
        } while (cursor.isPresent());
    }

    private void stage(Session session, PlanId earlier, List<PlanItem> items) {
        Set<ExternalId> newer = session.plans()
                .staged(area.plan(), items.stream().map(PlanItem::externalId).toList());
        List<PlanItem> taken = items.stream()
                .filter(item -> item.outcome() == Outcome.WAITING && !newer.contains(item.externalId()))
                .map(item -> resealed(earlier, item))
                .toList();
        if (!taken.isEmpty()) {
            session.plans().stage(area.plan(), taken);
        }
    }

    /** What is sealed for one plan opens in no other. */
    private PlanItem resealed(PlanId earlier, PlanItem item) {
        return new PlanItem(
                item.externalId(),
                item.member(),
                item.kinds(),
                item.digest(),
                area.seal().open(earlier, item).map(staged -> area.seal().seal(area.plan(), item.externalId(), staged)),
                item.outcome());
    }
}

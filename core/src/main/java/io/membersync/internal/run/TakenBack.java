package io.membersync.internal.run;

import io.membersync.model.ExternalId;
import io.membersync.model.Slice;
import io.membersync.run.Plan;
import io.membersync.run.Plan.Origin;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Notices what the registry has taken back since it was planned: a record that stands as it was last applied is stale in
 * every plan that waits for a decision about it. A changed configuration's plan is another matter: it is about records that
 * did not change. For one thread.
 */
final class TakenBack {

    private static final Set<PlanState> WAITING = Set.of(PlanState.WAITING, PlanState.APPROVED);
    private static final int LATEST = 200;

    private final RunParts parts;
    private @Nullable List<PlanId> plans;

    TakenBack(RunParts parts) {
        this.parts = parts;
    }

    /** Takes note of records that were read and stand as they were last applied. */
    void note(Collection<ExternalId> unchanged) {
        if (!unchanged.isEmpty()) {
            plans().forEach(plan -> note(plan, unchanged));
        }
    }

    private void note(PlanId plan, Collection<ExternalId> unchanged) {
        Set<ExternalId> staged =
                parts.storage().inTransaction(session -> session.plans().staged(plan, unchanged));
        if (!staged.isEmpty()) {
            Map<ExternalId, Outcome> stale =
                    staged.stream().collect(Collectors.toMap(Function.identity(), id -> Outcome.STALE));
            parts.storage().inTransaction(parts.fence(), session -> {
                session.plans().settle(plan, stale);
                return true;
            });
        }
    }

    private List<PlanId> plans() {
        List<PlanId> known = plans;
        if (known == null) {
            Instant now = parts.time().instant();
            Slice<Plan> waiting = parts.storage()
                    .inTransaction(session ->
                            session.plans().list(parts.integration().id(), WAITING, Optional.empty(), LATEST));
            known = waiting.items().stream()
                    .filter(plan -> plan.origin() != Origin.CONFIGURATION
                            && WAITING.contains(plan.at(now).state()))
                    .map(Plan::id)
                    .toList();
            plans = known;
        }
        return known;
    }
}

package io.membersync.internal.run;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.storage.PlanItem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A batch's plan after the guard. Immutable.
 *
 * @param plan what is applied now
 * @param effects in which ways members change that count against the limits
 * @param staged what waits in the run's plan
 * @param stale records whose planned changes are given up because something has changed meanwhile
 */
record SortedPlan(BatchPlan plan, Map<MemberId, Set<Counted>> effects, List<PlanItem> staged, Set<ExternalId> stale) {

    static final SortedPlan NOTHING = new SortedPlan(BatchPlan.NOTHING, Map.of(), List.of(), Set.of());

    /** How many members changed in which way, once some of the plan was left out. */
    ChangeTally counted(BatchPlan applied) {
        if (effects.isEmpty()) {
            return ChangeTally.NONE;
        }
        Set<MemberId> changed = new HashSet<>();
        applied.members().forEach(change -> changed.add(change.member()));
        applied.links().forEach(link -> link.member().ifPresent(changed::add));
        return ChangeTally.of(effects.entrySet().stream()
                .filter(effect -> changed.contains(effect.getKey()))
                .map(Map.Entry::getValue)
                .toList());
    }
}

package io.membersync.internal.run;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.Link;
import io.membersync.plan.MatchChanges;
import java.util.HashSet;
import java.util.Set;

/**
 * What remains of a plan without some of its members. Immutable.
 *
 * @param plan the plan without them, in all its parts
 * @param leftOut the ids of the records that are left out with them
 */
record Remainder(BatchPlan plan, Set<ExternalId> leftOut) {

    Remainder {
        leftOut = Set.copyOf(leftOut);
    }

    static Remainder of(BatchPlan plan, Set<MemberId> without) {
        if (without.isEmpty()) {
            return new Remainder(plan, Set.of());
        }
        Set<ExternalId> left = leftOut(plan, without);
        return new Remainder(without(plan, without, left), left);
    }

    /** Everything that hangs on such a member; also what was to be merged into its record. */
    private static Set<ExternalId> leftOut(BatchPlan plan, Set<MemberId> without) {
        Set<ExternalId> left = new HashSet<>();
        plan.members().stream()
                .filter(change -> without.contains(change.member()))
                .forEach(change -> left.add(change.externalId()));
        plan.links().stream()
                .filter(link -> link.member().filter(without::contains).isPresent())
                .forEach(link -> left.add(link.externalId()));
        plan.links().stream()
                .filter(link -> link.member().isEmpty())
                .filter(link -> link.tombstone()
                        .flatMap(Link.Tombstone::mergedInto)
                        .filter(left::contains)
                        .isPresent())
                .forEach(link -> left.add(link.externalId()));
        return left;
    }

    private static BatchPlan without(BatchPlan plan, Set<MemberId> without, Set<ExternalId> left) {
        return new BatchPlan(
                plan.members().stream()
                        .filter(c -> !without.contains(c.member()))
                        .toList(),
                plan.links().stream()
                        .filter(l -> !left.contains(l.externalId()))
                        .toList(),
                plan.conflicts().stream()
                        .filter(c -> !without.contains(c.member()))
                        .toList(),
                plan.closed().stream()
                        .filter(c -> !without.contains(c.member()))
                        .toList(),
                plan.resolutions().stream()
                        .filter(r -> !without.contains(r.member()))
                        .toList(),
                plan.rejections(),
                plan.stale(),
                plan.settled().stream().filter(id -> !left.contains(id)).toList(),
                plan.outgoing().stream()
                        .filter(e -> !left.contains(e.externalId()))
                        .toList(),
                plan.withdrawn().stream()
                        .filter(e -> !left.contains(e.externalId()))
                        .toList(),
                without(plan.matching(), left));
    }

    private static MatchChanges without(MatchChanges matching, Set<ExternalId> left) {
        return new MatchChanges(
                matching.opened(),
                matching.closed().stream()
                        .filter(r -> !left.contains(r.externalId()))
                        .toList(),
                matching.adopted().stream()
                        .filter(a -> !left.contains(a.externalId()))
                        .toList());
    }
}

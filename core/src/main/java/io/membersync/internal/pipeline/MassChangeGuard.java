package io.membersync.internal.pipeline;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.MassChangeLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Step 9: separates what is applied now from what waits. What loses anything waits for the end of the read; plain
 * updates are applied until their field's limit is reached. At the end it says whether what waits is let through.
 */
public final class MassChangeGuard {

    private final MassChangeLimits limits;

    /**
     * Makes a guard.
     *
     * @param limits the limits in force
     */
    public MassChangeGuard(MassChangeLimits limits) {
        this.limits = limits;
    }

    /**
     * Decides what a listing's gaps come to.
     *
     * @param gaps the ids of live links that the listing passed over
     * @param provable true while nothing stands against calling the listing complete
     * @return the ids to be listed as absent; empty when nothing may be concluded
     */
    public static List<ExternalId> listed(List<ExternalId> gaps, boolean provable) {
        return provable ? List.copyOf(gaps) : List.of();
    }

    /**
     * Tells which members are not to be changed now.
     *
     * @param effects in which ways each member changes, in the plan's order
     * @param before what was let through in the window
     * @param members how many members there were before; asked only when it matters
     * @return the members whose changes are to be staged
     */
    public Set<MemberId> staged(Map<MemberId, Set<Counted>> effects, ChangeTally before, LongSupplier members) {
        Set<MemberId> staged = new HashSet<>();
        Map<Counted, Long> counts = new HashMap<>(before.counts());
        effects.forEach((member, ways) -> {
            if (ways.stream().anyMatch(way -> waits(way, counts.getOrDefault(way, 0L) + 1, members))) {
                staged.add(member);
            } else {
                ways.forEach(way -> counts.merge(way, 1L, Long::sum));
            }
        });
        return staged;
    }

    private boolean waits(Counted way, long count, LongSupplier members) {
        return limits.limits(way.kind()) && (way.kind().destructive() || !limits.allows(way, count, members));
    }

    /**
     * Tells what of a number of changes counts against the limits.
     *
     * @param changes the changes
     * @return those of kinds that are limited
     */
    public ChangeTally limited(ChangeTally changes) {
        Map<Counted, Long> counts = new HashMap<>(changes.counts());
        counts.keySet().removeIf(counted -> !limits.limits(counted.kind()));
        return new ChangeTally(counts);
    }

    /**
     * Decides about everything that waits, once the read has come to its end.
     *
     * @param before what was let through in the window
     * @param waiting what waits
     * @param members how many members there were before; asked only when it matters
     * @return true when it may be applied without anybody's approval
     */
    public boolean letsThrough(ChangeTally before, ChangeTally waiting, LongSupplier members) {
        return limited(waiting).counts().entrySet().stream()
                .allMatch(entry ->
                        limits.allows(entry.getKey(), before.count(entry.getKey()) + entry.getValue(), members));
    }

    /**
     * How many members there were before the window began to take them away.
     *
     * @param live how many are linked now
     * @param before what was let through in the window
     * @return their number
     */
    public static long population(long live, ChangeTally before) {
        return live + before.count(ChangeKind.REMOVE);
    }
}

package io.membersync.internal.enrich;

import io.membersync.model.MemberId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells a registry that takes nothing from a record that it does not take. One integration's; for one thread. */
final class Failures {

    private final Map<MemberId, Alone> alone = new HashMap<>();
    private Optional<MemberId> latest = Optional.empty();
    private long successes;

    /**
     * How often a member's number failed while others' did not.
     *
     * @param times how often
     * @param successes how many had succeeded the last time
     */
    private record Alone(int times, long successes) {}

    /** The registry has answered for a member. */
    void succeeded(MemberId member) {
        successes++;
        latest = Optional.empty();
        alone.remove(member);
    }

    /**
     * The registry has failed for a member.
     *
     * @return whether it failed for another one just before: it seems to take nothing
     */
    boolean failed(MemberId member) {
        Alone before = alone.getOrDefault(member, new Alone(0, successes));
        alone.put(member, new Alone(before.times() + (successes > before.successes() ? 1 : 0), successes));
        boolean another = latest.filter(failed -> !failed.equals(member)).isPresent();
        latest = Optional.of(member);
        return another;
    }

    /** {@return how often the registry has failed for a member and taken others' numbers in between} */
    int alone(MemberId member) {
        return alone.getOrDefault(member, new Alone(0, 0)).times();
    }

    /** The member's number is given up. */
    void forget(MemberId member) {
        alone.remove(member);
    }
}

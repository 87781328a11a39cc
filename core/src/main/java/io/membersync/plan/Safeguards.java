package io.membersync.plan;

import java.time.Duration;
import java.util.Objects;

/**
 * What protects an integration's members from a registry's mistakes. Immutable.
 *
 * @param leavers what becomes of members that the registry no longer has
 * @param limits how many members may change without approval
 * @param planLife how long a plan waits for a decision before it expires, an hour to 90 days
 */
public record Safeguards(LeaverPolicy leavers, MassChangeLimits limits, Duration planLife) {

    private static final Duration LONGEST = Duration.ofDays(90);

    /** Leavers are terminated, within the standard limits; a plan waits for 7 days. */
    public static final Safeguards STANDARD =
            new Safeguards(LeaverPolicy.TERMINATE, MassChangeLimits.STANDARD, Duration.ofDays(7));

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when a plan would wait too short or too long
     */
    public Safeguards {
        Objects.requireNonNull(leavers, "leavers");
        Objects.requireNonNull(limits, "limits");
        if (planLife.compareTo(Duration.ofHours(1)) < 0 || planLife.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A plan waits for an hour to 90 days");
        }
    }

    /**
     * The same with another policy.
     *
     * @param policy what becomes of leavers
     * @return a new value
     */
    public Safeguards leavers(LeaverPolicy policy) {
        return new Safeguards(policy, limits, planLife);
    }

    /**
     * The same with other limits.
     *
     * @param chosen the limits
     * @return a new value
     */
    public Safeguards limits(MassChangeLimits chosen) {
        return new Safeguards(leavers, chosen, planLife);
    }

    /**
     * The same with plans that wait longer or shorter.
     *
     * @param life how long
     * @return a new value
     */
    public Safeguards planLife(Duration life) {
        return new Safeguards(leavers, limits, life);
    }
}

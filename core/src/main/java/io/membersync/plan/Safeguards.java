package io.membersync.plan;

import java.time.Duration;
import java.util.Objects;

/**
 * What protects an integration's members from a registry's mistakes. Immutable.
 *
 * @param leavers what becomes of members that the registry no longer has
 * @param limits how many members may change without approval
 * @param planLife how long a plan waits for a decision before it expires, an hour to 90 days
 * @param grace how long a record that went away is remembered, so that whoever comes back under its id is the same
 *     member; nothing to 10 years. Afterwards the record is a new one, whose member is looked for by the match keys
 */
public record Safeguards(LeaverPolicy leavers, MassChangeLimits limits, Duration planLife, Duration grace) {

    private static final Duration LONGEST = Duration.ofDays(90);

    private static final Duration LONGEST_GRACE = Duration.ofDays(3_653);

    /** Leavers are terminated, within the standard limits; a plan waits for 7 days, a record is remembered for 365. */
    public static final Safeguards STANDARD =
            new Safeguards(LeaverPolicy.TERMINATE, MassChangeLimits.STANDARD, Duration.ofDays(7), Duration.ofDays(365));

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when a plan would wait too short or too long, or the grace is negative or longer
     *     than 10 years
     */
    public Safeguards {
        Objects.requireNonNull(leavers, "leavers");
        Objects.requireNonNull(limits, "limits");
        if (planLife.compareTo(Duration.ofHours(1)) < 0 || planLife.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A plan waits for an hour to 90 days");
        }
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("A record that went away is remembered for at most 10 years");
        }
    }

    /**
     * The same with another policy.
     *
     * @param policy what becomes of leavers
     * @return a new value
     */
    public Safeguards leavers(LeaverPolicy policy) {
        return new Safeguards(policy, limits, planLife, grace);
    }

    /**
     * The same with other limits.
     *
     * @param chosen the limits
     * @return a new value
     */
    public Safeguards limits(MassChangeLimits chosen) {
        return new Safeguards(leavers, chosen, planLife, grace);
    }

    /**
     * The same with plans that wait longer or shorter.
     *
     * @param life how long
     * @return a new value
     */
    public Safeguards planLife(Duration life) {
        return new Safeguards(leavers, limits, life, grace);
    }

    /**
     * The same with another grace.
     *
     * @param length how long a record that went away is remembered
     * @return a new value
     */
    public Safeguards grace(Duration length) {
        return new Safeguards(leavers, limits, planLife, length);
    }
}

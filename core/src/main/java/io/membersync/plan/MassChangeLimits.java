package io.membersync.plan;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How many members of an integration may change without anybody's approval, by kind of change, over a rolling window of
 * runs. Immutable.
 *
 * @param limits the limits; a kind without one is not limited. That of {@link ChangeKind#UPDATE} holds for each field
 * @param window how far back changes count, full hours; positive, at most 31 days
 */
public record MassChangeLimits(Map<ChangeKind, Limit> limits, Duration window) {

    /**
     * One limit: what is within either number passes.
     *
     * @param percent the share of the members that the integration had before, 0 to 100; exactly this many pass
     * @param atLeast the number that passes however few members there are, 0 or more
     */
    public record Limit(int percent, int atLeast) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException when one is out of range
         */
        public Limit {
            if (percent < 0 || percent > 100 || atLeast < 0) {
                throw new IllegalArgumentException("A limit is 0 to 100 percent and not under 0 members");
            }
        }

        /**
         * Tells whether a number passes.
         *
         * @param count how many members change
         * @param members how many there were before; asked only when it matters
         * @return true when it does
         */
        public boolean allows(long count, LongSupplier members) {
            return count <= atLeast || count * 100 <= members.getAsLong() * percent;
        }
    }

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(31);

    /** Destructive kinds 20 %, and 5 members where those are more; updates of one field 30 % and 50; over 24 hours. */
    public static final MassChangeLimits STANDARD = new MassChangeLimits(standard(), DAY);

    /** No limits: everything is applied at once. */
    public static final MassChangeLimits NONE = new MassChangeLimits(Map.of(), DAY);

    /**
     * Copies the limits.
     *
     * @throws IllegalArgumentException when the window is out of range, or creations are limited
     */
    public MassChangeLimits {
        limits = Map.copyOf(limits);
        Objects.requireNonNull(window, "window");
        if (window.compareTo(Duration.ofHours(1)) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The window is an hour to 31 days long");
        }
        if (limits.containsKey(ChangeKind.CREATE)) {
            throw new IllegalArgumentException("Creations lose nothing and are not limited");
        }
    }

    private static Map<ChangeKind, Limit> standard() {
        Map<ChangeKind, Limit> limits = new EnumMap<>(ChangeKind.class);
        for (ChangeKind kind : ChangeKind.values()) {
            if (kind.destructive()) {
                limits.put(kind, new Limit(20, 5));
            }
        }
        limits.put(ChangeKind.UPDATE, new Limit(30, 50));
        return limits;
    }

    /**
     * The same with another limit.
     *
     * @param kind the kind
     * @param limit its limit
     * @return a new value
     */
    public MassChangeLimits with(ChangeKind kind, Limit limit) {
        Map<ChangeKind, Limit> more = new EnumMap<>(ChangeKind.class);
        more.putAll(limits);
        more.put(kind, limit);
        return new MassChangeLimits(more, window);
    }

    /**
     * Tells whether a kind is limited at all.
     *
     * @param kind the kind
     * @return true when there is a limit
     */
    public boolean limits(ChangeKind kind) {
        return limits.containsKey(kind);
    }

    /**
     * Tells whether a number of changes passes.
     *
     * @param counted what is counted
     * @param count how many members change so
     * @param members how many there were before; asked only when it matters
     * @return true when it does
     */
    public boolean allows(ChangeTally.Counted counted, long count, LongSupplier members) {
        Limit limit = limits.get(counted.kind());
        return limit == null || limit.allows(count, members);
    }
}

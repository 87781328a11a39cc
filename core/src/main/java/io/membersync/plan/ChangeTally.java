package io.membersync.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How many members change in which way. A member counts once for each way. Immutable.
 *
 * @param counts the numbers, each 1 or more
 */
public record ChangeTally(Map<Counted, Long> counts) {

    /** Nothing. */
    public static final ChangeTally NONE = new ChangeTally(Map.of());

    /**
     * What is counted: a kind of change, plain updates by field.
     *
     * @param kind the kind
     * @param field the field's key for {@link ChangeKind#UPDATE}, else empty
     */
    public record Counted(ChangeKind kind, String field) implements Comparable<Counted> {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException when an update has no field or another kind has one
         */
        public Counted {
            Objects.requireNonNull(kind, "kind");
            if ((kind == ChangeKind.UPDATE) == field.isEmpty()) {
                throw new IllegalArgumentException("Updates are counted by field, and nothing else is");
            }
        }

        /**
         * A kind that is not counted by field.
         *
         * @param kind any but {@link ChangeKind#UPDATE}
         * @return what is counted
         */
        public static Counted of(ChangeKind kind) {
            return new Counted(kind, "");
        }

        @Override
        public int compareTo(Counted other) {
            int kinds = kind.compareTo(other.kind);
            return kinds != 0 ? kinds : field.compareTo(other.field);
        }

        /** {@return the kind, and the field where there is one} */
        @Override
        public String toString() {
            return field.isEmpty() ? kind.name() : kind + ":" + field;
        }

        /**
         * Reads what {@link #toString()} wrote.
         *
         * @param text the text
         * @return what is counted
         */
        public static Counted parse(String text) {
            int end = text.indexOf(':');
            return end < 0
                    ? of(ChangeKind.valueOf(text))
                    : new Counted(ChangeKind.valueOf(text.substring(0, end)), text.substring(end + 1));
        }
    }

    /** Copies the numbers and leaves out what is zero. */
    public ChangeTally {
        Map<Counted, Long> some = new HashMap<>(counts);
        some.values().removeIf(count -> count == 0);
        counts = Map.copyOf(some);
    }

    /**
     * Counts members.
     *
     * @param members how each changes
     * @return the numbers
     */
    public static ChangeTally of(Collection<? extends Collection<Counted>> members) {
        Map<Counted, Long> counts = new HashMap<>();
        members.forEach(member -> member.forEach(counted -> counts.merge(counted, 1L, Long::sum)));
        return new ChangeTally(counts);
    }

    /**
     * Counts one thing.
     *
     * @param counted what
     * @param count how many; may be 0
     * @return the number
     */
    public static ChangeTally of(Counted counted, long count) {
        return new ChangeTally(Map.of(counted, count));
    }

    /**
     * Tells one number.
     *
     * @param counted what
     * @return how many
     */
    public long count(Counted counted) {
        return counts.getOrDefault(counted, 0L);
    }

    /**
     * Tells one number.
     *
     * @param kind any kind but {@link ChangeKind#UPDATE}, which is counted by field
     * @return how many
     */
    public long count(ChangeKind kind) {
        return count(Counted.of(kind));
    }

    /**
     * Adds other numbers.
     *
     * @param more the other numbers
     * @return the sums
     */
    public ChangeTally plus(ChangeTally more) {
        Map<Counted, Long> sums = new HashMap<>(counts);
        more.counts.forEach((counted, count) -> sums.merge(counted, count, Long::sum));
        return new ChangeTally(sums);
    }

    /** {@return the numbers in the order of the kinds} */
    @Override
    public String toString() {
        return new TreeMap<>(counts).toString();
    }
}

package io.membersync.internal.http;

import java.time.Duration;

/** The end of all that one gateway may take together, in real time as time-outs are. Immutable. */
final class Deadline {

    /** No end: each request has its own time-outs and nothing more. */
    static final Deadline NONE = new Deadline(Duration.ofDays(36_500));

    private final long start = System.nanoTime();
    private final Duration total;

    private Deadline(Duration total) {
        this.total = total;
    }

    /** {@return an end that far from now} */
    static Deadline in(Duration total) {
        return new Deadline(total);
    }

    /** {@return a time-out, or what is left where that is less; never negative} */
    Duration atMost(Duration timeout) {
        Duration left = total.minusNanos(System.nanoTime() - start);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(timeout) < 0 ? left : timeout;
    }

    /** {@return whether nothing more may be begun} */
    boolean passed() {
        return atMost(total).isZero();
    }
}

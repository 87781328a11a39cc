package io.membersync.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Nanoseconds that never run backwards, also where the clock behind them is set back. Safe for many threads. */
final class SteadyNanos implements Supplier<Long> {

    private final InstantSource time;
    private Instant last;
    private long nanos;

    SteadyNanos(InstantSource time) {
        this.time = time;
        this.last = time.instant();
    }

    @Override
    public synchronized Long get() {
        Instant now = time.instant();
        if (now.isAfter(last)) {
            nanos += Duration.between(last, now).toNanos();
        }
        last = now;
        return nanos;
    }
}

package io.membersync.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** A time that stands still until a test moves it; who waits for it is parked until then. Safe for many threads. */
final class ParkedTime implements InstantSource {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private Instant now = Instant.parse("2026-01-01T10:00:00Z");
    private int parked;
    private int parks;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void park(Duration wait) throws InterruptedException {
        Instant until = now.plus(wait);
        parked++;
        parks++;
        notifyAll();
        try {
            while (now.isBefore(until)) {
                wait();
            }
        } finally {
            parked--;
        }
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
        notifyAll();
    }

    synchronized int parked() {
        return parked;
    }

    /** Waits until threads began to wait for the time that often, counted from the start. */
    synchronized void awaitParks(int times) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (parks < times) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(parks + " waits instead of " + times);
            }
            wait(left);
        }
    }
}

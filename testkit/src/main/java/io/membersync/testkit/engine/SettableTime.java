package io.membersync.testkit.engine;

import io.membersync.run.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * A clock that stands still until it is moved. Give it to engine and simulator alike, and both live in the same time.
 *
 * <p>Threads: safe for many.
 */
public final class SettableTime implements InstantSource {

    private static final Instant USUAL_START = Instant.parse("2026-03-02T06:00:00Z");

    private Instant now;

    private SettableTime(Instant start) {
        this.now = Objects.requireNonNull(start, "start");
    }

    /** {@return a clock that stands at an ordinary Monday morning} */
    public static SettableTime create() {
        return new SettableTime(USUAL_START);
    }

    /**
     * Makes a clock.
     *
     * @param start the time that it tells at first
     * @return the clock
     */
    public static SettableTime at(Instant start) {
        return new SettableTime(start);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Moves the clock on.
     *
     * @param by how far; a negative length moves it back, as a corrected clock does
     * @return the time that it tells now
     */
    public synchronized Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }

    /**
     * Sets the clock.
     *
     * @param time the time that it is to tell
     */
    public synchronized void set(Instant time) {
        now = Objects.requireNonNull(time, "time");
    }

    /**
     * Gives a waiting that moves this clock by as much as is waited for, and returns at once.
     *
     * @return the waiting; its calls throw {@link InterruptedException} in an interrupted thread, as real waiting does
     */
    public Waiting waiting() {
        return length -> {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted instead of waiting");
            }
            if (!length.isNegative()) {
                advance(length);
            }
        };
    }

    /** {@return the time that it tells} */
    @Override
    public String toString() {
        return "SettableTime[" + instant() + "]";
    }
}

package io.membersync.internal.run;

import io.membersync.run.RunId;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes run ids that sort by time: milliseconds and a random part, both in hexadecimal. Safe for many threads. */
public final class RunIds implements Supplier<RunId> {

    private final InstantSource time;
    private final RandomGenerator random;

    /**
     * Makes a source of ids.
     *
     * @param time the engine's time
     * @param random the random part; safe for many threads
     */
    public RunIds(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    @Override
    public RunId get() {
        return new RunId("%012x-%08x".formatted(time.millis(), random.nextInt()));
    }
}

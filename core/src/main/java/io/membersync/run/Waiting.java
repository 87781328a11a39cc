package io.membersync.run;

import java.time.Duration;

/** How the engine waits. A test's waiting moves its own clock and returns at once. Safe for many threads. */
@FunctionalInterface
public interface Waiting {

    /**
     * Waits.
     *
     * @param length how long; zero and negative return at once
     * @throws InterruptedException when the thread is to stop
     */
    void waitFor(Duration length) throws InterruptedException;

    /** {@return real waiting} */
    static Waiting real() {
        return length -> {
            if (!length.isNegative() && !length.isZero()) {
                Thread.sleep(length.toMillis(), (int) (length.toNanos() % 1_000_000));
            }
        };
    }
}

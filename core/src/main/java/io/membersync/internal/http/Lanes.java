package io.membersync.internal.http;

import java.time.Duration;

/**
 * How many requests of one credential may be under way at once: as many as come, until the registry throttles; then one,
 * and one more each time that as many as now were served. Safe for many threads.
 */
final class Lanes {

    private static final int MOST = 1_000;

    private final Turns turns = new Turns(MOST);
    private int width = MOST;
    private int served;

    /** Waits for a lane, as {@link Turns#enter} does. */
    boolean enter(Urgency urgency, Duration patience) throws InterruptedException {
        return turns.enter(urgency, patience);
    }

    /** Waits for a lane after a registry's refusal, as {@link Turns#enterAgain} does. */
    boolean enterAgain(Urgency urgency, Duration patience) throws InterruptedException {
        return turns.enterAgain(urgency, patience);
    }

    /** Leaves the lane. */
    void leave() {
        turns.leave();
    }

    /** Notes that the registry asked for fewer requests. */
    synchronized void throttled() {
        turns.widen(1 - width);
        width = 1;
        served = 0;
    }

    /** Notes that a request was served. */
    synchronized void served() {
        if (width < MOST && ++served >= width) {
            served = 0;
            width++;
            turns.widen(1);
        }
    }
}

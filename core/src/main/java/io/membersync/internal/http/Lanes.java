package io.membersync.internal.http;

import java.io.Serial;
import java.util.concurrent.Semaphore;

/**
 * How many requests of one credential may be under way at once: as many as come, until the registry throttles; then one,
 * and one more each time that as many as now were served. Who waits longest goes first. Safe for many threads.
 */
final class Lanes extends Semaphore {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MOST = 1_000;

    private int width = MOST;
    private int served;

    Lanes() {
        super(MOST, true);
    }

    /** Notes that the registry asked for fewer requests. */
    synchronized void throttled() {
        reducePermits(width - 1);
        width = 1;
        served = 0;
    }

    /** Notes that a request was served. */
    synchronized void served() {
        if (width < MOST && ++served >= width) {
            served = 0;
            width++;
            release();
        }
    }
}

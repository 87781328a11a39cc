package io.membersync.testkit.simulator;

import java.time.Duration;

/**
 * How an answer goes out on the wire. Immutable.
 *
 * @param delay time to wait before the first byte; may be zero
 * @param bodyLimit body bytes after which the connection is closed, or -1 to send the whole
 * @param dripBytes body bytes sent at a time, or 0 to send all at once
 * @param dripPause time to wait between those portions
 * @param silent sends nothing at all and closes the connection, at once or, if {@code held}, when the server closes
 * @param held sends nothing and keeps the connection open until the server closes
 * @param reset closes with a TCP reset instead of an ordinary end
 */
record Delivery(
        Duration delay,
        long bodyLimit,
        int dripBytes,
        Duration dripPause,
        boolean silent,
        boolean held,
        boolean reset) {

    static final Delivery PLAIN = new Delivery(Duration.ZERO, -1, 0, Duration.ZERO, false, false, false);
    static final Delivery CUT = new Delivery(Duration.ZERO, -1, 0, Duration.ZERO, true, false, false);
    static final Delivery RESET = new Delivery(Duration.ZERO, -1, 0, Duration.ZERO, true, false, true);
    static final Delivery HELD = new Delivery(Duration.ZERO, -1, 0, Duration.ZERO, true, true, false);

    Delivery after(Duration more) {
        return new Delivery(delay.plus(more), bodyLimit, dripBytes, dripPause, silent, held, reset);
    }

    Delivery cutAfter(long bytes) {
        return new Delivery(delay, bytes, dripBytes, dripPause, silent, held, reset);
    }

    Delivery dripping(int bytes, Duration pause) {
        return new Delivery(delay, bodyLimit, bytes, pause, silent, held, reset);
    }
}

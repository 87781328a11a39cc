package io.membersync.testkit.simulator.cornerstone;

import java.util.concurrent.CountDownLatch;

/** Where writes of identity numbers wait while a test holds them up. Threads: safe for many threads. */
final class NinGate {

    private volatile CountDownLatch opened = new CountDownLatch(0);

    void close() {
        opened = new CountDownLatch(1);
    }

    void open() {
        opened.countDown();
    }

    void pass() {
        try {
            opened.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the simulator was closed while a request waited", stopped);
        }
    }
}

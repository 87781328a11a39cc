package io.membersync.testkit.simulator.cornerstone;

/** Where writes of identity numbers wait while a test holds them up. Threads: safe for many threads. */
final class NinGate {

    private boolean closed;
    private int waiting;

    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        notifyAll();
    }

    /** Waits until a write waits. */
    synchronized void awaitOne() throws InterruptedException {
        while (waiting == 0) {
            wait();
        }
    }

    synchronized void pass() {
        waiting++;
        notifyAll();
        try {
            while (closed) {
                wait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the simulator was closed while a request waited", stopped);
        } finally {
            waiting--;
        }
    }
}

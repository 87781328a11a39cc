package io.membersync.internal.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many in at once, in the order in which they came; while somebody is waited for by a person, every second turn
 * is theirs, so that neither a crowd in the background nor people keep the others out. Safe for many threads.
 */
final class Turns {

    private final Deque<Semaphore> background = new ArrayDeque<>();
    private final Deque<Semaphore> people = new ArrayDeque<>();
    private int free;
    private Urgency last = Urgency.BACKGROUND;

    Turns(int width) {
        this.free = width;
    }

    /**
     * Waits for a turn.
     *
     * @param urgency who waits for it
     * @param patience how long to wait, in real time
     * @return whether it came; then {@link #leave()} is owed
     * @throws InterruptedException when the thread is to stop; it has no turn then
     */
    boolean enter(Urgency urgency, Duration patience) throws InterruptedException {
        Semaphore turn = new Semaphore(0);
        queue(turn, urgency, false);
        return await(turn, urgency, patience);
    }

    /** Waits for another turn, before all others, because the last one was in vain; else as {@link #enter}. */
    boolean enterAgain(Urgency urgency, Duration patience) throws InterruptedException {
        Semaphore turn = new Semaphore(0);
        queue(turn, urgency, true);
        return await(turn, urgency, patience);
    }

    private boolean await(Semaphore turn, Urgency urgency, Duration patience) throws InterruptedException {
        boolean mine = false;
        try {
            mine = turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            return mine;
        } finally {
            if (!mine) {
                giveUp(urgency, turn);
            }
        }
    }

    private synchronized void queue(Semaphore turn, Urgency urgency, boolean first) {
        if (first) {
            waitingFor(urgency).addFirst(turn);
        } else {
            waitingFor(urgency).addLast(turn);
        }
        call();
    }

    // It may have been called at the very moment at which it gave up.
    private synchronized void giveUp(Urgency urgency, Semaphore turn) {
        if (!waitingFor(urgency).remove(turn)) {
            leave();
        }
    }

    /** Ends a turn. */
    void leave() {
        widen(1);
    }

    /**
     * Lets more in at once, or fewer: who is in stays in.
     *
     * @param by how many more
     */
    synchronized void widen(int by) {
        free += by;
        call();
    }

    /** {@return how many wait} */
    synchronized int waiting() {
        return background.size() + people.size();
    }

    private void call() {
        while (free > 0) {
            Urgency other = last == Urgency.BACKGROUND ? Urgency.PERSON_WAITS : Urgency.BACKGROUND;
            Urgency next = waitingFor(other).isEmpty() ? last : other;
            Semaphore turn = waitingFor(next).poll();
            if (turn == null) {
                return;
            }
            last = next;
            free--;
            turn.release();
        }
    }

    private Deque<Semaphore> waitingFor(Urgency urgency) {
        return switch (urgency) {
            case BACKGROUND -> background;
            case PERSON_WAITS -> people;
        };
    }
}

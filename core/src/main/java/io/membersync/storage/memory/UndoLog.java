package io.membersync.storage.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/** The steps that take a transaction back. Used by the thread that holds the storage's lock. */
final class UndoLog {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** Notes how the change that was just made is taken back. */
    void add(Runnable step) {
        steps.push(step);
    }

    /** Takes every change back, last first. */
    void rollback() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }

    /** Lets the changes stand. */
    void commit() {
        steps.clear();
    }
}

package io.membersync.testkit.engine;

import io.membersync.run.JobRunner;
import io.membersync.run.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** Keeps runs until somebody carries them out in a thread of theirs. Safe for many threads. */
final class QueuedRuns implements JobRunner {

    private final Queue<RunId> waiting = new ArrayDeque<>();
    private final List<Runnable> duties = new ArrayList<>();
    private Consumer<RunId> work = run -> {
        throw new IllegalStateException("The engine has not been started");
    };
    private boolean closed;

    @Override
    public synchronized void start(Consumer<RunId> doing) {
        work = doing;
    }

    @Override
    public synchronized void submit(RunId run) {
        if (!closed && !waiting.contains(run)) {
            waiting.add(run);
        }
    }

    /** Carries out the run that waits longest; nothing where none waits. */
    Optional<RunId> carryOutNext() {
        RunId next;
        Consumer<RunId> doing;
        synchronized (this) {
            next = waiting.poll();
            doing = work;
        }
        if (next != null) {
            doing.accept(next);
        }
        return Optional.ofNullable(next);
    }

    @Override
    public synchronized void repeat(Duration interval, Runnable duty) {
        duties.add(duty);
    }

    /** Does every duty once. */
    void doDuties() {
        List<Runnable> all;
        synchronized (this) {
            all = List.copyOf(duties);
        }
        all.forEach(Runnable::run);
    }

    @Override
    public void soon(Runnable duty) {
        // Duties are done at the next tick.
    }

    @Override
    public synchronized void close() {
        closed = true;
        duties.clear();
        waiting.clear();
    }
}

package io.membersync.internal.run;

import io.membersync.run.JobRunner;
import io.membersync.run.RunId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands out runs to a few threads of this process. Safe for many threads. */
public final class InProcessJobRunner implements JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(InProcessJobRunner.class);

    // So that a slow registry that is written to, or counted, keeps no webhook, no login and nothing that is due
    // waiting.
    private static final int DUTIES = 4;

    private final ExecutorService workers;
    private final ScheduledExecutorService duties;
    private final Duration patience;
    private final Set<RunId> waiting = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Consumer<RunId> work;

    /**
     * Makes a runner.
     *
     * @param name the engine's name, for the threads
     * @param threads how many runs may go on at once
     * @param patience how long closing waits for runs to come to a checkpoint, before it interrupts them
     */
    public InProcessJobRunner(String name, int threads, Duration patience) {
        AtomicInteger number = new AtomicInteger();
        this.patience = patience;
        this.workers = Executors.newFixedThreadPool(
                threads, task -> new Thread(task, name + "-run-" + number.incrementAndGet()));
        this.duties = Executors.newScheduledThreadPool(DUTIES, task -> {
            Thread thread = new Thread(task, name + "-duties");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void start(Consumer<RunId> doing) {
        this.work = doing;
    }

    @Override
    public void submit(RunId run) {
        Consumer<RunId> doing = work;
        if (doing == null || !waiting.add(run)) {
            return;
        }
        try {
            workers.execute(() -> {
                // From here on it may be submitted again: it may be resumed while its worker comes to the end.
                waiting.remove(run);
                doing.accept(run);
            });
        } catch (RejectedExecutionException closed) {
            waiting.remove(run);
            LOG.info("Run {} stays queued: the engine is closing", run);
        }
    }

    @Override
    public void repeat(Duration interval, Runnable duty) {
        Future<?> unused = duties.scheduleWithFixedDelay(
                () -> carefully(duty), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void soon(Runnable duty) {
        try {
            duties.execute(() -> carefully(duty));
        } catch (RejectedExecutionException closed) {
            LOG.debug("A duty is left to the next start: the engine is closing");
        }
    }

    private static void carefully(Runnable duty) {
        try {
            duty.run();
        } catch (RuntimeException bug) {
            // Thrown further, it would be the last time that this is done.
            LOG.error("A duty failed unexpectedly; it is tried again", bug);
        }
    }

    @Override
    public void close() {
        duties.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
                if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("A run did not stop in time; its lease will be taken over at the next start");
                }
            }
        } catch (InterruptedException stopped) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

package io.membersync.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of one test. Closed by the test. */
final class Racers implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final int GLIMPSE_MILLIS = 300;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "storage-contract");
        thread.setDaemon(true);
        return thread;
    });

    <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    /** Starts works at the same moment, and gives what became of each once all are over. */
    <T> List<T> race(List<Callable<T>> works) {
        CyclicBarrier barrier = new CyclicBarrier(works.size());
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> work : works) {
            running.add(start(() -> {
                barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return work.call();
            }));
        }
        return running.stream().map(Racers::result).toList();
    }

    /** Waits for a result, much longer than it can take. */
    static <T> T result(Future<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("A thread of the test failed", failed.getCause());
        } catch (TimeoutException stuck) {
            throw new AssertionError("A thread of the test is stuck", stuck);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", interrupted);
        }
    }

    /** Waits for something that must come. */
    static void await(CountDownLatch latch) {
        if (!within(latch, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))) {
            throw new AssertionError("What the test waits for did not happen");
        }
    }

    /**
     * Gives another thread a moment to do what it may not do while this one is inside its transaction.
     *
     * @return true when it did it
     */
    static boolean happensMeanwhile(CountDownLatch latch) {
        return within(latch, GLIMPSE_MILLIS);
    }

    private static boolean within(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

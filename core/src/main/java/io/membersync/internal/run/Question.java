package io.membersync.internal.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks a registry on a thread of the readers', so that a run can be stopped while the answer is out. Safe for many
 * threads.
 *
 * @param readers where the question is asked
 * @param stopping tells whether to give up
 * @param look how often to look whether to give up
 */
record Question(ExecutorService readers, BooleanSupplier stopping, Duration look) {

    /**
     * Asks and waits.
     *
     * @param question asks the registry
     * @return the answer; empty when the run is to stop, the question then being interrupted
     */
    <T> Optional<T> ask(Supplier<T> question) throws InterruptedException {
        Future<T> answer = readers.submit(question::get);
        try {
            while (!stopping.getAsBoolean()) {
                try {
                    return Optional.of(answer.get(look.toNanos(), TimeUnit.NANOSECONDS));
                } catch (TimeoutException notYet) {
                    // Look again whether to go on.
                }
            }
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw failure(failed);
        } finally {
            answer.cancel(true);
        }
    }

    /** What was thrown while asking, as it would have come without the other thread; an error is thrown at once. */
    static RuntimeException failure(ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException cause) {
            return cause;
        } else if (failed.getCause() instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("A reader declares no other failures", failed.getCause());
    }
}

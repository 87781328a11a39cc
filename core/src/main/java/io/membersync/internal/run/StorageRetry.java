package io.membersync.internal.run;

import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.run.Waiting;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a transaction again whose failure can pass, or that met a row which another had just changed, so that neither a
 * short outage of the database nor a wish that comes at the same moment leaves a run behind that nobody works on. Safe
 * for many threads.
 */
public final class StorageRetry {

    private static final Logger LOG = LoggerFactory.getLogger(StorageRetry.class);
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    private final Waiting waiting;

    /**
     * Makes one.
     *
     * @param waiting the engine's waiting
     */
    public StorageRetry(Waiting waiting) {
        this.waiting = waiting;
    }

    /**
     * Calls it until it succeeds.
     *
     * @param transaction what can be done again although its commit may stand
     * @param <T> what it answers
     * @return its answer
     * @throws InterruptedException when the thread is interrupted while it waits
     * @throws StorageException when it fails for good, or has failed six times
     * @throws StaleVersionException when the row kept moving
     */
    public <T> T call(Supplier<T> transaction) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (StaleVersionException moved) {
                if (attempt == ATTEMPTS) {
                    throw moved;
                }
                LOG.debug("A row had moved; trying again, attempt {}", attempt);
            } catch (StorageException failed) {
                if (!failed.passing() || attempt == ATTEMPTS) {
                    throw failed;
                }
                LOG.warn("The storage failed; trying again, attempt {}: {}", attempt, failed.getMessage());
            }
            waiting.waitFor(wait);
            wait = wait.multipliedBy(2);
        }
    }
}

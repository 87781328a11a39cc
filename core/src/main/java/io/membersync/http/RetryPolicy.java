package io.membersync.http;

import java.time.Duration;
import java.util.Objects;

/**
 * How often and how soon a failed request is sent again. The wait doubles each time, with a random part; a
 * {@code Retry-After} of the registry wins where it is longer. Immutable.
 *
 * @param maxAttempts how often a request is sent in all, at least 1; default 4
 * @param firstDelay the wait before the second attempt; default 500 milliseconds
 * @param maxDelay the longest wait between two attempts, and the longest {@code Retry-After} that is waited for inside
 *     one call; a longer one ends the call with {@code THROTTLED} or {@code REGISTRY_DOWN}; default 30 seconds
 * @param jitter the random share of each wait, 0 to 1; default 0.5
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay, double jitter) {

    /** The defaults. */
    public static final RetryPolicy STANDARD = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(30), 0.5);

    /** One attempt and no more: for a connection test that has to answer quickly. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when they contradict each other
     */
    public RetryPolicy {
        Objects.requireNonNull(firstDelay, "firstDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        if (maxAttempts < 1 || firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("At least one attempt, and maxDelay not under firstDelay");
        }
        if (jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("Jitter is a share between 0 and 1");
        }
    }
}

package io.membersync.http;

import java.time.Duration;
import java.util.Objects;

/**
 * How many requests a credential may make. Shared by everything that uses the credential. Immutable.
 *
 * @param requests how many in one period, at least 1
 * @param period the period
 */
public record RateLimit(int requests, Duration period) {

    /** No limit worth the name. */
    public static final RateLimit UNLIMITED = new RateLimit(1_000_000, Duration.ofSeconds(1));

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is not positive
     */
    public RateLimit {
        Objects.requireNonNull(period, "period");
        if (requests < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("A rate limit needs at least one request and a positive period");
        }
    }
}

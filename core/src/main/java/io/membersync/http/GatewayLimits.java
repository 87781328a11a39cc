package io.membersync.http;

import java.time.Duration;
import java.util.Objects;

/**
 * What one request may take. Immutable.
 *
 * @param connect the longest wait for a connection; default 5 seconds
 * @param answer the longest wait for the whole answer, body included; default 30 seconds
 * @param maxBodyBytes the largest body that is read; default 32 MiB
 */
public record GatewayLimits(Duration connect, Duration answer, int maxBodyBytes) {

    /** The defaults. */
    public static final GatewayLimits STANDARD =
            new GatewayLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 32 * 1024 * 1024);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is zero or negative
     */
    public GatewayLimits {
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(answer, "answer");
        if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero() || maxBodyBytes < 1) {
            throw new IllegalArgumentException("Time-outs and the largest body must be positive");
        }
    }
}

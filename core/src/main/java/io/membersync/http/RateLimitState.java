package io.membersync.http;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is left of a credential's rate limit. Immutable snapshot.
 *
 * @param limit the limit in force
 * @param available how many requests may go out at once; never negative
 * @param closedUntil until when the registry has asked for silence, if it has
 */
public record RateLimitState(RateLimit limit, int available, Optional<Instant> closedUntil) {

    /** Refuses nulls. */
    public RateLimitState {
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(closedUntil, "closedUntil");
    }
}

package io.membersync.health;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How old what an integration knows may be. Immutable.
 *
 * @param lastSuccess when a sync of any kind last came to its end
 * @param lastFull when a full sync last came to its end
 * @param nextDue when the next sync is due, or tried again; past when it is to start any moment; empty when none is
 * @param onDemandOnly true when it is synchronized only when somebody asks for it: it is then never late or stale
 */
public record Freshness(
        Optional<Instant> lastSuccess, Optional<Instant> lastFull, Optional<Instant> nextDue, boolean onDemandOnly) {

    /** Refuses nulls. */
    public Freshness {
        Objects.requireNonNull(lastSuccess, "lastSuccess");
        Objects.requireNonNull(lastFull, "lastFull");
        Objects.requireNonNull(nextDue, "nextDue");
    }
}

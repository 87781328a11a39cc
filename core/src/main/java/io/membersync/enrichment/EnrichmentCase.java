package io.membersync.enrichment;

import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import java.time.Instant;
import java.util.Objects;

/**
 * An enrichment that a person should look at. Holds neither the number nor its hash. Immutable.
 *
 * @param member the host's member
 * @param integration the integration
 * @param state review, failed or withheld
 * @param reason why, in a sentence
 * @param at since when
 * @param revision rises with each change of it
 */
public record EnrichmentCase(
        MemberId member, IntegrationId integration, EnrichmentState state, String reason, Instant at, long revision) {

    /** Refuses nulls. */
    public EnrichmentCase {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }
}

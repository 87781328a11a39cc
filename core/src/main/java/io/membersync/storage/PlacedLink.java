package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import java.util.Objects;

/**
 * A live link among all those of its member. Immutable.
 *
 * @param integration the integration
 * @param externalId the registry's id
 * @param member the host's member
 * @param place the lower, the earlier the link was made; no two links have the same
 */
public record PlacedLink(IntegrationId integration, ExternalId externalId, MemberId member, long place) {

    /** Refuses nulls. */
    public PlacedLink {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(member, "member");
    }
}

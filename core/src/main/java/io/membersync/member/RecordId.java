package io.membersync.member;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import java.util.Objects;

/**
 * One record of one registry. Immutable.
 *
 * @param integration the integration
 * @param externalId the registry's id
 */
public record RecordId(IntegrationId integration, ExternalId externalId) {

    /** Refuses nulls. */
    public RecordId {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(externalId, "externalId");
    }
}

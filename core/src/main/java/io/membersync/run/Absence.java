package io.membersync.run;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.util.Objects;

/**
 * A linked member that a full listing did not contain. Listed for an administrator, not applied. Immutable.
 *
 * @param externalId the registry's id
 * @param member the host's member
 */
public record Absence(ExternalId externalId, MemberId member) {

    /** Refuses nulls. */
    public Absence {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(member, "member");
    }
}

package io.membersync.plan;

import io.membersync.conflict.Decision;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.util.Objects;

/**
 * A conflict that a rule decided or that ended by itself, for the audit. Immutable.
 *
 * @param member the host's member
 * @param externalId the registry's id
 * @param decision what was decided and why
 */
public record Resolution(MemberId member, ExternalId externalId, Decision decision) {

    /** Refuses nulls. */
    public Resolution {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(decision, "decision");
    }
}

package io.membersync.matching;

import io.membersync.model.MemberId;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a record belongs to, as a person decided. Immutable.
 *
 * @param member the member; empty to create a new one
 * @param by who decided
 * @param reason why, in the person's words; may be blank
 */
public record MatchDecision(Optional<MemberId> member, String by, String reason) {

    /** Refuses nulls. */
    public MatchDecision {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(reason, "reason");
    }
}

package io.membersync.matching;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A member that a record may belong to. Immutable.
 *
 * @param member the member
 * @param keys what the two have in common; empty for one that a person chose, or that the record is linked to
 * @param takenBy the record of the same integration that the member is linked to already
 */
public record Candidate(MemberId member, Set<MatchKey> keys, Optional<ExternalId> takenBy) {

    /** Copies the keys, in their order. */
    public Candidate {
        Objects.requireNonNull(member, "member");
        keys = java.util.Collections.unmodifiableSet(new TreeSet<>(keys));
        Objects.requireNonNull(takenBy, "takenBy");
    }

    /** {@return true when one of the keys is strong} */
    public boolean strong() {
        return keys.stream().anyMatch(MatchKey::strong);
    }
}

package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.run.PlannedChange.Outcome;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A record in a plan of staged changes. Immutable; {@code toString} shows the id only.
 *
 * @param externalId the registry's id
 * @param member the host's member; empty for one that is yet to be created
 * @param kinds in which ways the member changes; may be empty
 * @param digest stands for what the plan does with the record
 * @param sealed the ciphertext of the record and its changes, which only the engine can open; empty for a record that
 *     was not read and only has to wait with another
 * @param outcome what became of it
 */
public record PlanItem(
        ExternalId externalId,
        Optional<MemberId> member,
        Set<Counted> kinds,
        String digest,
        Optional<String> sealed,
        Outcome outcome) {

    /** Copies the kinds. */
    public PlanItem {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(member, "member");
        kinds = Set.copyOf(kinds);
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(sealed, "sealed");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** {@return the id and the outcome} */
    @Override
    public String toString() {
        return "PlanItem[" + externalId + ", " + outcome + "]";
    }
}

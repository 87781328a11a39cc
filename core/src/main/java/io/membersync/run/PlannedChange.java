package io.membersync.run;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.FieldChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan does with one registry record. Immutable; {@code toString} shows no values.
 *
 * @param externalId the registry's id
 * @param member the host's member; empty for one that is yet to be created
 * @param kinds in which ways the member changes
 * @param fields the fields that change, before and after, by key
 * @param outcome what became of it
 */
public record PlannedChange(
        ExternalId externalId,
        Optional<MemberId> member,
        Set<Counted> kinds,
        List<FieldChange> fields,
        Outcome outcome) {

    /** What became of a planned change. */
    public enum Outcome {
        /** Nothing yet. */
        WAITING,
        /** It was applied. */
        APPLIED,
        /** It was skipped, because member or record had changed since it was planned. */
        STALE
    }

    /** Copies the collections. */
    public PlannedChange {
        Objects.requireNonNull(externalId, "externalId");
        Objects.requireNonNull(member, "member");
        kinds = Set.copyOf(kinds);
        fields = List.copyOf(fields);
        Objects.requireNonNull(outcome, "outcome");
    }
}

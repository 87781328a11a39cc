package io.membersync.internal.pipeline;

import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.util.Map;
import java.util.Set;

/**
 * Whom the records of a batch that are not linked may belong to. Immutable.
 *
 * @param looked false when it was not looked, because the host had no members
 * @param members the members found, with their fields
 * @param taken the records of the integration that members among them are linked to
 * @param unsure those of them that this run has linked by no more than name and contact details
 * @param reviews the open questions of the records, with what was decided
 */
public record Candidates(
        boolean looked,
        Map<MemberId, PageSnapshot.AppSide> members,
        Map<MemberId, ExternalId> taken,
        Set<MemberId> unsure,
        Map<ExternalId, MatchReview> reviews) {

    /** None, and nobody looked. */
    public static final Candidates NONE = new Candidates(false, Map.of(), Map.of(), Set.of(), Map.of());

    /** Copies the maps. */
    public Candidates {
        members = Map.copyOf(members);
        taken = Map.copyOf(taken);
        unsure = Set.copyOf(unsure);
        reviews = Map.copyOf(reviews);
    }
}

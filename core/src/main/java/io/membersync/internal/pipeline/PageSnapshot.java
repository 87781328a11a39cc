package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.RuleSet;
import io.membersync.mapping.MappingSet;
import io.membersync.matching.MatchOrder;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.Link;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything the planner may know of the world: loaded for the records of one batch, immutable.
 *
 * @param integration the integration
 * @param mappings the mappings in force
 * @param rules the conflict rules in force
 * @param matchOrder the match keys in force
 * @param fields the fields that the host keeps
 * @param links the links of the batch's records and of what they were merged into
 * @param members the linked members as the host has them
 * @param conflicts the conflicts of those members, open and ended
 * @param edits when the announced and waiting edits were made, by external id
 * @param again ids that are to be decided on anew, whether or not anything was edited
 * @param outbox what goes out to the batch's records, and what was delivered lately, by external id
 * @param candidates whom the records without a link may belong to
 * @param freshIds ids for members to be created: as many as may be
 * @param now the time of the plan
 */
public record PageSnapshot(
        IntegrationId integration,
        MappingSet mappings,
        RuleSet rules,
        MatchOrder matchOrder,
        Set<MemberField> fields,
        Map<ExternalId, Link> links,
        Map<MemberId, AppSide> members,
        List<Conflict> conflicts,
        Map<ExternalId, Instant> edits,
        Set<ExternalId> again,
        Map<ExternalId, List<OutboxEntry>> outbox,
        Candidates candidates,
        List<MemberId> freshIds,
        Instant now) {

    /**
     * A member as the host has it.
     *
     * @param version the host's version of the row
     * @param state its fields
     * @param elsewhere what its links in other integrations mean for this one
     */
    public record AppSide(long version, MemberState state, Elsewhere elsewhere) {
        /** Refuses nulls. */
        public AppSide {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(elsewhere, "elsewhere");
        }

        /**
         * A member that is linked nowhere else.
         *
         * @param version the host's version of the row
         * @param state its fields
         */
        public AppSide(long version, MemberState state) {
            this(version, state, Elsewhere.NOTHING);
        }
    }

    /** Copies the collections. */
    public PageSnapshot {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(mappings, "mappings");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(matchOrder, "matchOrder");
        Objects.requireNonNull(candidates, "candidates");
        fields = Set.copyOf(fields);
        links = Map.copyOf(links);
        members = Map.copyOf(members);
        conflicts = List.copyOf(conflicts);
        edits = Map.copyOf(edits);
        again = Set.copyOf(again);
        outbox = Map.copyOf(outbox);
        freshIds = List.copyOf(freshIds);
        Objects.requireNonNull(now, "now");
    }
}

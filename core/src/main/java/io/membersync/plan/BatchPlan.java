package io.membersync.plan;

import io.membersync.conflict.Conflict;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.outbox.OutboxEntry;
import java.util.List;
import java.util.Objects;

/**
 * Everything that one batch is going to write, decided and not yet written. The order inside each list is the order in
 * which it is applied. Immutable.
 *
 * @param members changes of host members, at most one for each member
 * @param links the links as they are to stand afterwards, at most one for each external id
 * @param conflicts conflicts to open or to bring up to date
 * @param closed conflicts that have ended, as they are to stand
 * @param resolutions conflicts that a rule decided or that ended by themselves, for the audit
 * @param rejections records for the quarantine
 * @param stale records that are older than what is known; they are read again
 * @param settled external ids whose edit marks this plan has taken into account
 * @param outgoing values that go out to the registry, as they are to stand in the outbox afterwards
 * @param withdrawn values that do not go out after all
 * @param matching what was found out about whom records belong to
 */
public record BatchPlan(
        List<MemberChange> members,
        List<Link> links,
        List<Conflict> conflicts,
        List<Conflict> closed,
        List<Resolution> resolutions,
        List<Rejection> rejections,
        List<ExternalId> stale,
        List<ExternalId> settled,
        List<OutboxEntry> outgoing,
        List<OutboxEntry> withdrawn,
        MatchChanges matching) {

    /** The plan that writes nothing. */
    public static final BatchPlan NOTHING = new BatchPlan(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            MatchChanges.NONE);

    /** Copies the lists. */
    public BatchPlan {
        members = List.copyOf(members);
        links = List.copyOf(links);
        conflicts = List.copyOf(conflicts);
        closed = List.copyOf(closed);
        resolutions = List.copyOf(resolutions);
        rejections = List.copyOf(rejections);
        stale = List.copyOf(stale);
        settled = List.copyOf(settled);
        outgoing = List.copyOf(outgoing);
        withdrawn = List.copyOf(withdrawn);
        Objects.requireNonNull(matching, "matching");
    }

    /**
     * A plan that changes no member: it says which records cannot be used, and of which it is asked whose they are.
     *
     * @param rejections why a record cannot be used
     * @param reviews whose a record is
     * @return the plan
     */
    public static BatchPlan asking(List<Rejection> rejections, List<MatchReview> reviews) {
        return new BatchPlan(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                rejections,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new MatchChanges(reviews, List.of(), List.of()));
    }

    /** {@return true when nothing at all would be written} */
    public boolean isEmpty() {
        return members.isEmpty()
                && links.isEmpty()
                && conflicts.isEmpty()
                && closed.isEmpty()
                && rejections.isEmpty()
                && stale.isEmpty()
                && settled.isEmpty()
                && outgoing.isEmpty()
                && withdrawn.isEmpty()
                && matching.isEmpty();
    }

    /** {@return the numbers only} */
    @Override
    public String toString() {
        return "BatchPlan[" + members.size() + " members, " + links.size() + " links, " + conflicts.size()
                + " conflicts, " + rejections.size() + " rejected]";
    }
}

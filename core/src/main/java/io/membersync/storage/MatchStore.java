package io.membersync.storage;

import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of which it is not clear whom they belong to: at most one question for each. */
public interface MatchStore {

    /**
     * Loads questions.
     *
     * @param integration the integration
     * @param ids the records' ids
     * @return those that are open, by id
     */
    Map<ExternalId, MatchReview> load(IntegrationId integration, Collection<ExternalId> ids);

    /**
     * Opens questions or replaces those of the same record.
     *
     * @param reviews at most one for each record; revision as loaded, 0 for new ones; stored one higher
     * @throws io.membersync.fault.StaleVersionException when one has another revision in the store; the caller's
     *     transaction is to fail
     */
    void save(Collection<MatchReview> reviews);

    /**
     * Removes questions that have ended.
     *
     * @param reviews the questions as loaded
     * @throws io.membersync.fault.StaleVersionException when one has another revision in the store; the caller's
     *     transaction is to fail
     */
    void close(Collection<MatchReview> reviews);

    /**
     * Finds the questions that were decided for a member.
     *
     * @param integration the integration
     * @param member the member
     * @return those whose decision names the member, in any order
     */
    List<MatchReview> decidedFor(IntegrationId integration, MemberId member);

    /**
     * Lists open questions by record id, in code point order.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most
     * @return them
     */
    Slice<MatchReview> list(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Counts open questions.
     *
     * @param integration the integration
     * @return how many
     */
    long count(IntegrationId integration);
}

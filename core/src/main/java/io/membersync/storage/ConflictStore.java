package io.membersync.storage;

import io.membersync.conflict.Conflict;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Open conflicts: at most one for each integration, member and field. */
public interface ConflictStore {

    /**
     * Loads the open conflicts of members.
     *
     * @param integration the integration
     * @param members the members
     * @return their conflicts, in any order
     */
    List<Conflict> load(IntegrationId integration, Collection<MemberId> members);

    /**
     * Opens conflicts or replaces those of the same member and field.
     *
     * @param conflicts the conflicts as they are to stand; revision as loaded, 0 for new ones; stored one higher
     * @throws io.membersync.fault.StaleVersionException when one has another revision in the store
     */
    void save(List<Conflict> conflicts);

    /**
     * Removes conflicts that have ended.
     *
     * @param conflicts the conflicts as loaded
     */
    void close(Collection<Conflict> conflicts);

    /**
     * Lists open conflicts by member and field.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most
     * @return the conflicts
     */
    Slice<Conflict> list(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Counts open conflicts.
     *
     * @param integration the integration
     * @return how many
     */
    long count(IntegrationId integration);
}

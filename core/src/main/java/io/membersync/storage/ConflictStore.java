package io.membersync.storage;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictBacklog;
import io.membersync.conflict.ConflictQuery;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.util.Collection;
import java.util.List;

/** Conflicts, open and ended: at most one for each integration, member and field. */
public interface ConflictStore {

    /**
     * Loads the conflicts of members.
     *
     * @param integration the integration
     * @param members the members
     * @return their conflicts, open and ended, in any order
     */
    List<Conflict> load(IntegrationId integration, Collection<MemberId> members);

    /**
     * Stores conflicts: new ones, changed ones, ended ones, and ended ones that are open again.
     *
     * @param conflicts the conflicts as they are to stand, at most one for each integration, member and field; revision
     *     as loaded, 0 for new ones; stored one higher
     * @throws io.membersync.fault.StaleVersionException when one has another revision in the store
     */
    void save(Collection<Conflict> conflicts);

    /**
     * Lists conflicts by integration, member and field.
     *
     * @param integrations whose; one at least. The query's scope is not looked at
     * @param query which of them
     * @return the conflicts
     */
    Slice<Conflict> find(Collection<IntegrationId> integrations, ConflictQuery query);

    /**
     * Tells how much waits.
     *
     * @param integration the integration
     * @return the numbers of open conflicts
     */
    ConflictBacklog backlog(IntegrationId integration);
}

package io.membersync.conflict;

import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.util.Collection;
import java.util.Optional;

/** The differences that wait for a person. Safe for many threads. */
public interface ConflictQueue {

    /**
     * Lists an integration's open conflicts, by member and field.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return them
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    Slice<Conflict> open(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Lists conflicts, by integration, member and field.
     *
     * @param query which
     * @return a slice of them
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization or integration
     */
    Slice<Conflict> find(ConflictQuery query);

    /**
     * Finds one conflict, open or ended.
     *
     * @param integration the integration
     * @param member the host's member
     * @param field the field's key
     * @return the conflict, or nothing
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    Optional<Conflict> find(IntegrationId integration, MemberId member, String field);

    /**
     * Tells how much waits, and for how long.
     *
     * @param integration the integration
     * @return the numbers
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the integration
     */
    ConflictBacklog backlog(IntegrationId integration);

    /**
     * Decides conflicts: each that stands as it was seen is resolved with its member, what goes out to the registry, and
     * the audit, in one transaction of a few hundred; each that does not is refused and told.
     *
     * @param conflicts the conflicts as seen, any number of them
     * @param how what is decided about all of them
     * @param reason why, for the audit; may be empty, has at most 500 characters
     * @return how many were resolved, and which were refused
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see one of the integrations; nothing is
     *     decided then
     */
    Settled resolve(Collection<Conflict.Ref> conflicts, Settlement how, String reason);
}

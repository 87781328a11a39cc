package io.membersync.member;

import io.membersync.model.MemberId;
import java.util.Collection;

/**
 * Announces that the host has edited members, so that the next run compares them. The announcement belongs into the
 * host's own transaction: with it rolled back, nothing was announced. Safe for many threads.
 */
public interface MemberEdits {

    /**
     * Announces edits. Announcing twice, or announcing a member that no registry knows, does no harm.
     *
     * @param members the members, any number
     * @throws io.membersync.fault.AccessDeniedException when the caller is not the host
     */
    void announce(Collection<MemberId> members);

    /**
     * Announces an edit.
     *
     * @param member the member
     * @throws io.membersync.fault.AccessDeniedException when the caller is not the host
     */
    void announce(MemberId member);
}

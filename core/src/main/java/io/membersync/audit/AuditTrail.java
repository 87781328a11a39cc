package io.membersync.audit;

import io.membersync.model.Slice;

/** Questions to the audit. Safe for many threads. */
public interface AuditTrail {

    /**
     * Looks for entries, newest first.
     *
     * @param query what to look for
     * @return a slice of them
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization
     */
    Slice<AuditEntry> find(AuditQuery query);
}

package io.membersync.storage;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.model.Slice;
import java.util.List;

/** The audit: entries are added and read, never changed. */
public interface AuditStore {

    /**
     * Adds entries, in order.
     *
     * @param entries the entries
     */
    void append(List<AuditEntry> entries);

    /**
     * Looks for entries, newest first.
     *
     * @param query what to look for
     * @return a slice of them; its cursor stays right while new entries arrive
     */
    Slice<AuditEntry> find(AuditQuery query);
}

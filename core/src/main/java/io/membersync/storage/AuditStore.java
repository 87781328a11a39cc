package io.membersync.storage;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.model.Slice;
import java.util.List;

/** The audit: entries are added and read, never changed; only whom they are about and their values can be erased. */
public interface AuditStore {

    /**
     * Adds entries, in order.
     *
     * @param entries the entries
     */
    void add(List<SignedEntry> entries);

    /**
     * Adds entries, in order, as the engine's own code does: the engine's sessions sign them.
     *
     * @param entries the entries
     */
    default void append(List<AuditEntry> entries) {
        add(entries.stream().map(SignedEntry::unsigned).toList());
    }

    /**
     * Looks for entries, newest first.
     *
     * @param query what to look for
     * @return a slice of them; its cursor stays right while new entries arrive
     */
    Slice<AuditEntry> find(AuditQuery query);
}

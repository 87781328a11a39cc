package io.membersync.event;

import io.membersync.audit.AuditEntry;

/** Hears every audit entry after it was committed, in order, on the engine's listener thread. */
@FunctionalInterface
public interface AuditListener {

    /**
     * Takes an entry. What it throws is counted and logged, and changes nothing.
     *
     * @param entry what was done
     */
    void recorded(AuditEntry entry);
}

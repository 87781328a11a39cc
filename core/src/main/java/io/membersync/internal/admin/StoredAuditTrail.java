package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.audit.AuditTrail;
import io.membersync.model.Caller;
import io.membersync.model.Slice;
import io.membersync.storage.Storage;

/** The audit in the storage, as one caller sees it. Safe for many threads. */
final class StoredAuditTrail implements AuditTrail {

    private final Storage storage;
    private final Access access;

    StoredAuditTrail(Storage storage, Caller caller) {
        this.storage = storage;
        this.access = new Access(caller);
    }

    @Override
    public Slice<AuditEntry> find(AuditQuery query) {
        access.organization(query.organization(), "read this audit");
        return storage.inTransaction(session -> session.audit().find(query));
    }
}

package io.membersync.internal.admin;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQueue;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.storage.Storage;
import java.util.Optional;

/** Open conflicts in the storage, as one caller sees them. Safe for many threads. */
final class StoredConflictQueue implements ConflictQueue {

    private static final int MOST = 1_000;

    private final Storage storage;
    private final Access access;

    StoredConflictQueue(Storage storage, Caller caller) {
        this.storage = storage;
        this.access = new Access(caller);
    }

    @Override
    public Slice<Conflict> open(IntegrationId integration, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST);
        return storage.inTransaction(session -> {
            access.integration(session, integration, "see the conflicts of this");
            return session.conflicts().list(integration, cursor, limit);
        });
    }
}

package io.membersync.internal.admin;

import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Quarantine;
import io.membersync.run.QuarantinedRecord;
import io.membersync.storage.Storage;
import java.util.Optional;

/** The quarantine in the storage, as one caller sees it. Safe for many threads. */
final class StoredQuarantine implements Quarantine {

    private static final int MOST = 1_000;

    private final Storage storage;
    private final Access access;

    StoredQuarantine(Storage storage, Caller caller) {
        this.storage = storage;
        this.access = new Access(caller);
    }

    @Override
    public Slice<QuarantinedRecord> list(IntegrationId integration, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST);
        return storage.inTransaction(session -> {
            access.integration(session, integration, "see the quarantine of this");
            return new Cursors("the quarantine of '" + integration + "'")
                    .slice(cursor, from -> session.quarantine().list(integration, from, limit));
        });
    }
}

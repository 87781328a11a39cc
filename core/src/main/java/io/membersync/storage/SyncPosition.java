package io.membersync.storage;

import io.membersync.connector.Cursor;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far an integration is synchronized. Immutable.
 *
 * @param feed where the next delta starts; empty before the first completed full sync, and where there is no feed
 * @param fullSyncAt when the last full sync completed
 * @param syncAt when the last sync of any kind completed
 */
public record SyncPosition(Optional<Cursor> feed, Optional<Instant> fullSyncAt, Optional<Instant> syncAt) {

    /** Nothing yet. */
    public static final SyncPosition NONE = new SyncPosition(Optional.empty(), Optional.empty(), Optional.empty());

    /** Refuses nulls. */
    public SyncPosition {
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(fullSyncAt, "fullSyncAt");
        Objects.requireNonNull(syncAt, "syncAt");
    }
}

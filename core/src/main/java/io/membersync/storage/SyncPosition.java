package io.membersync.storage;

import io.membersync.connector.Cursor;
import io.membersync.run.Standing;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far an integration is synchronized. Immutable.
 *
 * @param feed where the next delta starts; empty before the first completed full sync, and where there is no feed
 * @param fullSyncAt when the last full sync completed
 * @param syncAt when the last sync of any kind completed
 * @param standing how its runs went of late
 */
public record SyncPosition(
        Optional<Cursor> feed, Optional<Instant> fullSyncAt, Optional<Instant> syncAt, Standing standing) {

    /** Nothing yet. */
    public static final SyncPosition NONE =
            new SyncPosition(Optional.empty(), Optional.empty(), Optional.empty(), Standing.NONE);

    /** Refuses nulls. */
    public SyncPosition {
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(fullSyncAt, "fullSyncAt");
        Objects.requireNonNull(syncAt, "syncAt");
        Objects.requireNonNull(standing, "standing");
    }

    /**
     * The same with another standing.
     *
     * @param other how runs went of late
     * @return a new position
     */
    public SyncPosition with(Standing other) {
        return new SyncPosition(feed, fullSyncAt, syncAt, other);
    }

    /** {@return the same without a place in the change feed} */
    public SyncPosition withoutFeed() {
        return new SyncPosition(Optional.empty(), fullSyncAt, syncAt, standing);
    }
}

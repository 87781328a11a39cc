package io.membersync.run;

import java.time.Instant;
import java.util.Objects;

/**
 * The last sync that completed. Immutable.
 *
 * @param at when it completed
 * @param members how many members are linked to the registry now
 */
public record LastSync(Instant at, long members) {

    /** Refuses null. */
    public LastSync {
        Objects.requireNonNull(at, "at");
    }
}

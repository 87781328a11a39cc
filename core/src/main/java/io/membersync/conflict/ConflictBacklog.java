package io.membersync.conflict;

import io.membersync.model.FieldCategory;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How much waits for a person, and for how long. Immutable.
 *
 * @param open how many conflicts are open
 * @param oldest when the oldest of them was opened; empty when there is none
 * @param byCategory how many of each category; categories without any are missing
 */
public record ConflictBacklog(long open, Optional<Instant> oldest, Map<FieldCategory, Long> byCategory) {

    /** Copies the numbers. */
    public ConflictBacklog {
        Objects.requireNonNull(oldest, "oldest");
        byCategory = Map.copyOf(byCategory);
    }
}

package io.membersync.conflict;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When each side last changed one field, where that is known of the field itself and not only of the record. Immutable.
 *
 * @param app when the app's value was changed
 * @param registry when the registry's value was changed
 * @param tolerance how far apart the times must be to be trusted; covers clocks that disagree
 */
public record FieldTimes(Optional<Instant> app, Optional<Instant> registry, Duration tolerance) {

    /** The tolerance that holds where none is configured: two minutes. */
    public static final Duration STANDARD_TOLERANCE = Duration.ofMinutes(2);

    /** Neither time is known. */
    public static final FieldTimes UNKNOWN = new FieldTimes(Optional.empty(), Optional.empty(), STANDARD_TOLERANCE);

    /** Refuses nulls. */
    public FieldTimes {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(tolerance, "tolerance");
    }
}

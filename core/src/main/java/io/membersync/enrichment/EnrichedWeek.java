package io.membersync.enrichment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * How many numbers registries stored in a week. Immutable.
 *
 * @param monday the ISO week's first day, in the organization's time zone
 * @param enriched how many
 * @param latest when the latest of them was stored; empty in a week without any
 */
public record EnrichedWeek(LocalDate monday, long enriched, Optional<Instant> latest) {

    /** Refuses nulls. */
    public EnrichedWeek {
        Objects.requireNonNull(monday, "monday");
        Objects.requireNonNull(latest, "latest");
    }
}

package io.membersync.enrichment;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What enrichment has brought. Holds no personal data and survives the erasure of members. Immutable.
 *
 * @param missingAtStart how many members of the registries had no number when it was activated; empty while that is
 *     being counted, and where a registry does not tell
 * @param membersAtStart how many members the registries had then; empty like the above
 * @param enriched how many numbers registries have stored since
 * @param latest when the latest of them was stored
 * @param weeks how many in each ISO week since the activation, oldest first, empty weeks included
 * @param waiting how many are on their way
 * @param waitingSince when the one of them came that has been waiting longest: how far registries are behind logins
 * @param toReview how many wait for a person's decision
 * @param failed how many failed and wait for follow-up
 */
public record EnrichmentStatistics(
        OptionalLong missingAtStart,
        OptionalLong membersAtStart,
        long enriched,
        Optional<Instant> latest,
        List<EnrichedWeek> weeks,
        long waiting,
        Optional<Instant> waitingSince,
        long toReview,
        long failed) {

    /** Copies the weeks. */
    public EnrichmentStatistics {
        Objects.requireNonNull(missingAtStart, "missingAtStart");
        Objects.requireNonNull(membersAtStart, "membersAtStart");
        Objects.requireNonNull(latest, "latest");
        Objects.requireNonNull(waitingSince, "waitingSince");
        weeks = List.copyOf(weeks);
    }

    /** {@return the share of members with a number now, 0 to 1, of those that there were at the start; empty if unknown} */
    public Optional<Double> share() {
        if (missingAtStart.isEmpty() || membersAtStart.isEmpty() || membersAtStart.getAsLong() == 0) {
            return Optional.empty();
        }
        long members = membersAtStart.getAsLong();
        long filled = members - missingAtStart.getAsLong() + enriched;
        return Optional.of(Math.min(1.0, (double) filled / members));
    }
}

package io.membersync.enrichment;

import java.time.Instant;
import java.util.Objects;

/**
 * An organization's decision about enrichment. Immutable.
 *
 * @param basis on what ground it was switched on last
 * @param on whether it is on now
 * @param activatedAt when it was switched on for the first time
 * @param changedBy who decided last
 * @param changedAt when
 */
public record EnrichmentSetting(
        EnrichmentBasis basis, boolean on, Instant activatedAt, String changedBy, Instant changedAt) {

    /** Refuses nulls. */
    public EnrichmentSetting {
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(activatedAt, "activatedAt");
        Objects.requireNonNull(changedBy, "changedBy");
        Objects.requireNonNull(changedAt, "changedAt");
    }
}

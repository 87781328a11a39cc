package io.membersync.setup;

import java.time.Instant;
import java.util.Objects;

/**
 * How an integration was set up from some moment on. Immutable; holds no secret.
 *
 * @param number 1 for the first, rising by one with each change of anything that is set
 * @param integration the integration as it was set up
 * @param madeBy the name of the caller who set it up so
 * @param madeAt when
 */
public record ConfigurationVersion(long number, Integration integration, String madeBy, Instant madeAt) {

    /** Refuses nulls. */
    public ConfigurationVersion {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(madeBy, "madeBy");
        Objects.requireNonNull(madeAt, "madeAt");
    }
}

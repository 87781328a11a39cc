package io.membersync.setup;

import io.membersync.run.StartAnswer;
import java.util.Objects;

/**
 * An organization that was onboarded. Immutable.
 *
 * @param integration the integration as accepted
 * @param firstSync the first full sync: queued, or already active or done where somebody confirms twice, or not
 *     possible where there is no member system
 */
public record Onboarded(Integration integration, StartAnswer firstSync) {

    /** Refuses nulls. */
    public Onboarded {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(firstSync, "firstSync");
    }
}

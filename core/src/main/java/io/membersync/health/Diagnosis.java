package io.membersync.health;

import java.util.Objects;

/**
 * How an integration is, in words. Immutable; holds no personal data.
 *
 * @param state the state
 * @param reason why it is so, one sentence for an administrator
 * @param nextStep what to do
 */
public record Diagnosis(HealthState state, String reason, String nextStep) {

    /** Refuses nulls. */
    public Diagnosis {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(nextStep, "nextStep");
    }
}

package io.membersync.run;

import java.util.Objects;

/**
 * Names one plan of staged changes: by the run that made it, which makes at most one. Immutable.
 *
 * @param value its text, 1 to 60 letters, digits and hyphens
 */
public record PlanId(String value) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public PlanId {
        Objects.requireNonNull(value, "value");
        if (!value.matches("[A-Za-z0-9-]{1,60}")) {
            throw new IllegalArgumentException("A plan id is 1 to 60 letters, digits and hyphens");
        }
    }

    /**
     * Names the plan of a run.
     *
     * @param run the run that makes it
     * @return its id
     */
    public static PlanId of(RunId run) {
        return new PlanId(run.value());
    }

    /** {@return the text alone} */
    @Override
    public String toString() {
        return value;
    }
}

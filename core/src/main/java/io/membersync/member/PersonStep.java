package io.membersync.member;

import java.util.Objects;

/**
 * One step of a registry's person through the sync. Immutable.
 *
 * @param stage the step
 * @param state how far it came
 * @param finding what was found, in a sentence without personal data
 */
public record PersonStep(Stage stage, State state, String finding) {

    /** The steps, in order. */
    public enum Stage {
        /** The registry is reached. */
        CONNECT,
        /** Its record is read and understood. */
        IMPORT,
        /** The record is one of those to be synchronized. */
        SCOPE,
        /** It is tied to a member. */
        MATCH,
        /** Its fields are decided on. */
        DECIDE,
        /** The member is written. */
        WRITE
    }

    /** How far a step came. */
    public enum State {
        /** It is done. */
        PASSED,
        /** It is done, and something waits. */
        WAITING,
        /** The person got no further. */
        STOPPED,
        /** The person did not come to it. */
        NOT_REACHED
    }

    /** Refuses nulls. */
    public PersonStep {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(finding, "finding");
    }
}

package io.membersync.run;

import java.time.Instant;
import java.util.Objects;

/** What became of the wish to start a run. Immutable. */
public sealed interface StartAnswer {

    /**
     * The run is queued.
     *
     * @param run the run to watch
     */
    record Queued(RunId run) implements StartAnswer {
        /** Refuses null. */
        public Queued {
            Objects.requireNonNull(run, "run");
        }
    }

    /**
     * Another run of the integration is not over yet.
     *
     * @param run the run that is in the way
     * @param state where it stands
     */
    record AlreadyActive(RunId run, RunState state) implements StartAnswer {
        /** Refuses nulls. */
        public AlreadyActive {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(state, "state");
        }
    }

    /**
     * It is too early for another manual run.
     *
     * @param next when the next is possible
     */
    record RefusedUntil(Instant next) implements StartAnswer {
        /** Refuses null. */
        public RefusedUntil {
            Objects.requireNonNull(next, "next");
        }
    }

    /**
     * Such a run is not possible for this integration.
     *
     * @param reason why, for an administrator
     */
    record Unavailable(String reason) implements StartAnswer {
        /** Refuses null. */
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}

package io.membersync.event;

import io.membersync.run.Run;
import io.membersync.run.RunProgress;
import java.util.Objects;

/** Something that happened to a run. Immutable; holds no personal data. */
public sealed interface SyncEvent {

    /** {@return the run as it stood then} */
    Run run();

    /**
     * A worker took the run.
     *
     * @param run the run
     */
    record Started(Run run) implements SyncEvent {
        /** Refuses null. */
        public Started {
            Objects.requireNonNull(run, "run");
        }
    }

    /**
     * A batch was committed.
     *
     * @param progress where the run stands
     */
    record Progressed(RunProgress progress) implements SyncEvent {
        /** Refuses null. */
        public Progressed {
            Objects.requireNonNull(progress, "progress");
        }

        @Override
        public Run run() {
            return progress.run();
        }
    }

    /**
     * The run ended, or was paused.
     *
     * @param run the run
     */
    record Ended(Run run) implements SyncEvent {
        /** Refuses null. */
        public Ended {
            Objects.requireNonNull(run, "run");
        }
    }
}

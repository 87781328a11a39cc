package io.membersync.run;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/** When an integration is synchronized without anybody asking for it. Immutable. */
public sealed interface SyncSchedule {

    /** The fewest minutes between two frequent syncs. */
    int LEAST_MINUTES = 5;

    /** The most minutes between two frequent syncs: a day. */
    int MOST_MINUTES = 1_440;

    /** Only when somebody asks for it. */
    SyncSchedule MANUAL_ONLY = new ManualOnly();

    /**
     * A full sync every night.
     *
     * @param from when the window opens, in local time
     * @param until when it closes; before {@code from} when it reaches over midnight
     * @param zone whose local time
     * @return the schedule
     */
    static Nightly nightly(LocalTime from, LocalTime until, ZoneId zone) {
        return new Nightly(from, until, zone);
    }

    /**
     * A sync every few minutes, and no full sync beside it.
     *
     * @param minutes how many, {@value #LEAST_MINUTES} to {@value #MOST_MINUTES}
     * @return the schedule
     */
    static EveryMinutes everyMinutes(int minutes) {
        return new EveryMinutes(minutes, Optional.empty());
    }

    /**
     * A full sync every night. Each integration has a moment of its own in the window, the same every night. Where two
     * syncs would be more than 24 hours apart, as in the night in which the clocks are set back, there is one in between.
     *
     * @param from when the window opens, in local time
     * @param until when it closes; before {@code from} when it reaches over midnight
     * @param zone whose local time
     */
    record Nightly(LocalTime from, LocalTime until, ZoneId zone) implements SyncSchedule {
        /** Refuses nulls. */
        public Nightly {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(zone, "zone");
        }
    }

    /**
     * A sync every few minutes: a delta where the registry has a change feed and the place in it is known, else a full
     * sync. Without a full sync now and then, what a feed passes over is never found: add one with {@link #and}.
     *
     * @param minutes how many, {@value #LEAST_MINUTES} to {@value #MOST_MINUTES}
     * @param full the nightly full sync beside it
     */
    record EveryMinutes(int minutes, Optional<Nightly> full) implements SyncSchedule {
        /** Refuses null. */
        public EveryMinutes {
            Objects.requireNonNull(full, "full");
        }

        /**
         * The same with a full sync every night beside it.
         *
         * @param nightly when
         * @return a new schedule
         */
        public EveryMinutes and(Nightly nightly) {
            return new EveryMinutes(minutes, Optional.of(nightly));
        }
    }

    /** Only when somebody asks for it: how fresh the members are is nobody's promise, and the health says so. */
    record ManualOnly() implements SyncSchedule {}
}

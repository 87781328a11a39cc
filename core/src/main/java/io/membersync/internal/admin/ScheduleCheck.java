package io.membersync.internal.admin;

import io.membersync.fault.Violation;
import io.membersync.run.SyncSchedule;
import io.membersync.run.SyncSchedule.EveryMinutes;
import io.membersync.run.SyncSchedule.Nightly;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a schedule, by field. */
final class ScheduleCheck {

    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);

    private ScheduleCheck() {}

    static void violations(@Nullable SyncSchedule schedule, List<Violation> found) {
        if (schedule instanceof Nightly nightly) {
            window("schedule", nightly, found);
        } else if (schedule instanceof EveryMinutes frequent) {
            if (frequent.minutes() < SyncSchedule.LEAST_MINUTES || frequent.minutes() > SyncSchedule.MOST_MINUTES) {
                found.add(new Violation(
                        "schedule.minutes",
                        "must be " + SyncSchedule.LEAST_MINUTES + " to " + SyncSchedule.MOST_MINUTES));
            }
            frequent.full().ifPresent(nightly -> window("schedule.full", nightly, found));
        }
    }

    private static void window(String field, Nightly nightly, List<Violation> found) {
        Duration length = Duration.between(nightly.from(), nightly.until());
        if (!length.isNegative() && length.compareTo(SHORTEST_WINDOW) < 0) {
            found.add(new Violation(field + ".until", "must not be when the window opens"));
        }
    }
}

package io.membersync.internal.calendar;

import io.membersync.run.RunKind;
import io.membersync.run.Standing;
import io.membersync.run.Standing.Streak;
import io.membersync.run.SyncSchedule;
import io.membersync.run.SyncSchedule.EveryMinutes;
import io.membersync.run.SyncSchedule.Nightly;
import io.membersync.setup.Integration;
import io.membersync.setup.Timetable;
import io.membersync.storage.SyncPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sync that is due, or is going to be: worked out from what is stored, so that nothing is lost with a process. Pure.
 *
 * @param kind what to read
 * @param at since when, or when, it is due: the first moment that no sync has come to its end for
 * @param next when it is to be tried: later than {@code at} once it has failed
 */
public record Due(RunKind kind, Instant at, Instant next) {

    /** Between two syncs there is never more. */
    public static final Duration LONGEST_GAP = Duration.ofHours(24);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final int DOUBLINGS = 3;
    // A place in the feed that is refused again and again is left behind by a full sync.
    private static final int STUCK = 5;

    /**
     * Works out what is due next.
     *
     * @param integration the integration
     * @param position how far it is synchronized, and how its runs went
     * @return one for each part of its schedule, full syncs first; none where nothing is ever due
     */
    public static List<Due> of(Integration integration, SyncPosition position) {
        Timetable timetable = integration.timetable();
        List<Due> all = new ArrayList<>();
        if (!integration.hasSystem() || !timetable.enabled()) {
            return all;
        }
        Spread spread = Spread.of(integration.id());
        Standing standing = position.standing();
        nightly(timetable.schedule())
                .ifPresent(nightly -> all.add(due(
                        RunKind.FULL,
                        new NightlyWindows(nightly, spread),
                        standing.full().settledAt(),
                        standing.full(),
                        timetable.since())));
        if (timetable.schedule() instanceof EveryMinutes frequent) {
            boolean feed = position.feed().isPresent() && standing.delta().failures() < STUCK;
            all.add(due(
                    feed ? RunKind.DELTA : RunKind.FULL,
                    new EvenSlots(Duration.ofMinutes(frequent.minutes()), spread),
                    standing.settledAt(),
                    feed ? standing.delta() : standing.failing(),
                    timetable.since()));
        }
        return all;
    }

    private static Optional<Nightly> nightly(SyncSchedule schedule) {
        if (schedule instanceof EveryMinutes frequent) {
            return frequent.full();
        }
        return schedule instanceof Nightly nightly ? Optional.of(nightly) : Optional.empty();
    }

    private static Due due(RunKind kind, Slots slots, Optional<Instant> settledAt, Streak streak, Instant since) {
        Instant slot = slots.after(settledAt.filter(since::isBefore).orElse(since));
        Instant at = settledAt
                .map(settled -> later(settled.plus(LONGEST_GAP), since))
                .filter(slot::isAfter)
                .orElse(slot);
        Instant next = streak.failedAt()
                .filter(failed -> !failed.isBefore(at))
                .map(failed -> earlier(failed.plus(pause(streak.failures())), slots.after(failed)))
                .orElse(at);
        return new Due(kind, at, next);
    }

    private static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

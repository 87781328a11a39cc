package io.membersync.examples.host.web.setup;

import io.membersync.run.SyncSchedule;
import io.membersync.run.SyncSchedule.EveryMinutes;
import io.membersync.run.SyncSchedule.Nightly;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When an integration is synchronized, as it is filled in.
 *
 * @param reading the form
 */
record ScheduleForm(Reading reading) {

    static final String WRONG_ZONE = "wrong.zone";

    private static final String KIND = "schedule";
    private static final String NIGHTLY = "nightly";
    private static final String MINUTES = "minutes";
    private static final String MANUAL = "manual";
    private static final String STANDARD_ZONE = "Europe/Oslo";

    /** What stands there before anybody has chosen: every night. */
    static Filled standard() {
        return Filled.empty()
                .with(KIND, NIGHTLY)
                .with("from", "01:00")
                .with("until", "05:00")
                .with(MINUTES, "30")
                .with("full", "on")
                .with("zone", STANDARD_ZONE);
    }

    static Filled filled(SyncSchedule schedule) {
        Filled filled = standard();
        if (schedule instanceof Nightly nightly) {
            return night(filled, nightly);
        } else if (schedule instanceof EveryMinutes often) {
            Filled minutes = filled.with(KIND, MINUTES).with(MINUTES, String.valueOf(often.minutes()));
            return often.full().map(nightly -> night(minutes, nightly)).orElseGet(() -> minutes.with("full", ""));
        }
        return filled.with(KIND, MANUAL);
    }

    private static Filled night(Filled filled, Nightly nightly) {
        return filled.with("from", nightly.from().toString())
                .with("until", nightly.until().toString())
                .with("zone", nightly.zone().getId());
    }

    /** The schedule, if it can be read. */
    Optional<SyncSchedule> schedule() {
        return switch (reading.filled().text(KIND)) {
            case NIGHTLY -> nightly().map(SyncSchedule.class::cast);
            case MINUTES -> minutes();
            case MANUAL -> Optional.of(SyncSchedule.MANUAL_ONLY);
            default -> {
                reading.wrong(KIND, Reading.MISSING);
                yield Optional.empty();
            }
        };
    }

    private Optional<SyncSchedule> minutes() {
        Optional<EveryMinutes> often =
                reading.need(MINUTES, Integer::valueOf, "wrong.number").map(SyncSchedule::everyMinutes);
        return reading.filled().find("full").isEmpty()
                ? often.map(SyncSchedule.class::cast)
                : nightly().flatMap(night -> often.map(each -> each.and(night)));
    }

    private Optional<Nightly> nightly() {
        Optional<LocalTime> from = reading.need("from", LocalTime::parse, "wrong.time");
        Optional<LocalTime> until = reading.need("until", LocalTime::parse, "wrong.time");
        Optional<ZoneId> zone = reading.need("zone", ZoneId::of, WRONG_ZONE);
        return from.flatMap(
                opens -> until.flatMap(closes -> zone.map(where -> SyncSchedule.nightly(opens, closes, where))));
    }
}

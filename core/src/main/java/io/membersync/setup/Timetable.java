package io.membersync.setup;

import io.membersync.run.SyncSchedule;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether an integration works, and when by itself. Immutable.
 *
 * @param schedule when it is synchronized without anybody asking for it
 * @param since when this schedule was chosen
 * @param enabled false when it was switched off: it then takes no webhooks, starts no runs and delivers nothing
 * @param webhooksSince when the secrets that prove its webhooks were set; empty when it expects none
 */
public record Timetable(SyncSchedule schedule, Instant since, boolean enabled, Optional<Instant> webhooksSince) {

    /** Refuses nulls. */
    public Timetable {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(webhooksSince, "webhooksSince");
    }

    /**
     * A timetable on which nothing is due.
     *
     * @param since since when
     * @return the timetable
     */
    public static Timetable manualOnly(Instant since) {
        return new Timetable(SyncSchedule.MANUAL_ONLY, since, true, Optional.empty());
    }

    /**
     * The same with a schedule.
     *
     * @param chosen the schedule
     * @param now when it was chosen
     * @return a new value; this one when it is the schedule that it was
     */
    public Timetable with(SyncSchedule chosen, Instant now) {
        return chosen.equals(schedule) ? this : new Timetable(chosen, now, enabled, webhooksSince);
    }

    /**
     * The same, switched on or off. Whoever is switched on is not late at once.
     *
     * @param on whether it works
     * @param now when this was said
     * @return a new value
     */
    public Timetable enabled(boolean on, Instant now) {
        return new Timetable(schedule, now, on, webhooksSince);
    }

    /**
     * The same with webhooks expected, or not.
     *
     * @param at since when they are; empty for none
     * @return a new value
     */
    public Timetable webhooksSince(Optional<Instant> at) {
        return new Timetable(schedule, since, enabled, at);
    }
}

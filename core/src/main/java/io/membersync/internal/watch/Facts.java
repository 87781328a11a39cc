package io.membersync.internal.watch;

import io.membersync.fault.Fault;
import io.membersync.internal.calendar.Due;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.run.Standing;
import io.membersync.setup.Integration;
import io.membersync.setup.Timetable;
import io.membersync.storage.Overview;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an integration at one moment, and what follows from it. Pure.
 *
 * @param integration the integration
 * @param overview what is stored about it
 * @param due what is due for it
 * @param now the moment
 */
record Facts(Integration integration, Overview overview, List<Due> due, Instant now) {

    private static final Duration LATE = Duration.ofMinutes(50);
    private static final Duration STALE = Duration.ofHours(24);
    // A sync that runs gets this long, so that a night's sync is not called stale for taking longer than the last.
    private static final Duration UNDER_WAY = Duration.ofHours(1);
    private static final Duration SILENT = Duration.ofHours(24);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    static Facts of(Integration integration, Overview overview, Instant now) {
        return new Facts(integration, overview, Due.of(integration, overview.position()), now);
    }

    Timetable timetable() {
        return integration.timetable();
    }

    Standing standing() {
        return overview.position().standing();
    }

    Optional<Run> active() {
        return overview.active();
    }

    boolean active(RunState state) {
        return active().filter(run -> run.state() == state).isPresent();
    }

    boolean everSynced() {
        return overview.position().syncAt().isPresent();
    }

    boolean firstUnderWay() {
        return !everSynced() && failures() == 0 && active().isPresent() && !active(RunState.PAUSED);
    }

    /** Off, or without a member system: nobody waits for anything. */
    boolean idle() {
        return !integration.hasSystem() || !timetable().enabled();
    }

    boolean onDemandOnly() {
        return due.isEmpty();
    }

    Optional<Due> late() {
        return due.stream().filter(some -> !now.isBefore(some.at().plus(LATE))).findFirst();
    }

    Optional<Instant> nextDue() {
        return due.stream().map(Due::next).min(Comparator.naturalOrder());
    }

    /** {@return a moment as people read it in a sentence} */
    static String minute(Instant moment) {
        return MINUTE.format(moment);
    }

    /** Since when there was no success. */
    Instant lastSuccess() {
        return overview.position().syncAt().orElse(timetable().since());
    }

    boolean stale() {
        boolean underWay = active().filter(run ->
                        run.state() != RunState.PAUSED && run.parkedUntil().isEmpty())
                .filter(run -> now.isBefore(run.queuedAt().plus(UNDER_WAY)))
                .isPresent();
        // One that is tried again makes nothing better before it succeeds.
        return !onDemandOnly()
                && !(underWay && failures() == 0)
                && !now.isBefore(lastSuccess().plus(STALE));
    }

    int failures() {
        return Math.max(standing().full().failures(), standing().delta().failures());
    }

    /** Why the run that ended last did so early. */
    Optional<RunFailure> failure() {
        return overview.last().filter(run -> run.state() == RunState.FAILED).flatMap(Run::failure);
    }

    boolean failedWith(Fault fault) {
        return failure().flatMap(RunFailure::fault).filter(fault::equals).isPresent();
    }

    /** What to do about it where a run failed. */
    String advice(String otherwise) {
        return failure().map(RunFailure::advice).orElse(otherwise);
    }

    boolean failsForGood() {
        return failure()
                .flatMap(RunFailure::fault)
                .filter(fault -> !fault.passing())
                .isPresent();
    }

    Optional<Instant> heldUntil() {
        return overview.heldUntil().filter(now::isBefore);
    }

    Optional<Instant> silentUntil() {
        return active().flatMap(Run::parkedUntil).filter(now::isBefore);
    }

    /** A sync found changes, and no webhook had come for a day before it. */
    boolean webhooksSilent() {
        return standing()
                .changedAt()
                .filter(changed -> timetable()
                        .webhooksSince()
                        .map(since ->
                                overview.webhookAt().filter(since::isBefore).orElse(since))
                        .filter(last -> !changed.isBefore(last.plus(SILENT)))
                        .isPresent())
                .isPresent();
    }
}

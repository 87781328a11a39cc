package io.membersync.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.alert.AlertKind;
import io.membersync.fault.Fault;
import io.membersync.health.Backlog;
import io.membersync.health.HealthState;
import io.membersync.http.RateLimit;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchOrder;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Standing;
import io.membersync.run.Standing.Streak;
import io.membersync.run.SyncSchedule;
import io.membersync.run.Trigger;
import io.membersync.setup.Integration;
import io.membersync.setup.SecretMask;
import io.membersync.setup.Timetable;
import io.membersync.storage.Overview;
import io.membersync.storage.SyncPosition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table: what is known of an integration, its state, and what somebody hears of. */
class JudgesTest {

    // A window of a minute: the night's sync is due between 02:00 and 02:01.
    private static final SyncSchedule NIGHTLY =
            SyncSchedule.nightly(LocalTime.of(2, 0), LocalTime.of(2, 1), ZoneOffset.UTC);
    private static final Instant NIGHT = Instant.parse("2026-06-10T02:01:00Z");
    private static final IntegrationId ID = IntegrationId.of("nbf");
    private static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");

    /**
     * Times are hours before the present, which is noon. Columns: schedule, on or off or none; last success; failures;
     * fault of the last run; active run and when it was queued; plan held; errors; the state; the alerts.
     */
    @ParameterizedTest
    @CsvSource({
        // schedule, works, success, failures, fault, active, queued, held, errors, state, alerts
        "nightly, none, , 0, , , , no, 0, NONE, ",
        "nightly, off, 40, 3, CREDENTIALS, , , yes, 9, DISABLED, ",
        "nightly, on, 10, 0, , , , no, 0, HEALTHY, ",
        "nightly, on, 10, 0, , RUNNING, 0, no, 0, HEALTHY, ",
        "nightly, on, 10, 0, , , , no, 2, DEGRADED, ERRORS",
        "nightly, on, 10, 0, , , , yes, 0, HELD, HELD",
        "nightly, on, 10, 0, , PAUSED, 1, yes, 0, PAUSED, HELD",
        "nightly, on, 10, 0, , PARKED, 1, no, 0, DEGRADED, ",
        "nightly, on, 10, 1, NETWORK, , , no, 0, DEGRADED, ",
        "nightly, on, 10, 1, CREDENTIALS, , , no, 0, FAILING, CREDENTIALS",
        "nightly, on, 10, 2, NETWORK, , , no, 0, FAILING, FAILED_TWICE",
        "nightly, on, 10, 2, NETWORK, RUNNING, 0, no, 0, FAILING, FAILED_TWICE",
        // The night's sync was due ten hours ago.
        "nightly, on, 11, 0, , , , no, 0, DEGRADED, LATE",
        "nightly, on, 23, 0, , RUNNING, 9, no, 0, DEGRADED, LATE",
        "nightly, on, 24, 0, , , , no, 0, STALE, LATE STALE",
        "nightly, on, 24, 0, , RUNNING, 0, no, 0, DEGRADED, LATE",
        "nightly, on, 24, 1, NETWORK, RUNNING, 0, no, 0, STALE, LATE STALE",
        "nightly, on, 30, 0, , PAUSED, 9, yes, 5, STALE, LATE STALE HELD ERRORS",
        "nightly, on, 30, 5, CREDENTIALS, , , no, 0, STALE, LATE FAILED_TWICE STALE CREDENTIALS",
        // Only when somebody asks.
        "manual, on, 900, 0, , , , no, 0, HEALTHY, ",
        "manual, on, 900, 2, NETWORK, , , no, 0, FAILING, FAILED_TWICE",
        "manual, on, , 0, , , , no, 0, NOT_YET_SYNCED, ",
        // Nothing yet: the schedule was chosen five hours ago, after the night's window.
        "new, on, , 0, , , , no, 0, NOT_YET_SYNCED, ",
        "new, on, , 0, , QUEUED, 0, no, 0, INITIAL_SYNC, ",
        "new, on, , 0, , RUNNING, 0, no, 0, INITIAL_SYNC, ",
        "new, on, , 0, , PAUSED, 0, no, 0, PAUSED, ",
        "new, on, , 1, NETWORK, , , no, 0, DEGRADED, ",
        "new, on, , 1, NETWORK, RUNNING, 0, no, 0, DEGRADED, ",
        "new, on, , 1, CREDENTIALS, , , no, 0, FAILING, CREDENTIALS",
        "nightly, on, , 0, , , , no, 0, STALE, LATE STALE"
    })
    void everyCombinationHasItsStateAndItsAlerts(
            String schedule,
            String works,
            Integer success,
            int failures,
            Fault fault,
            String active,
            Integer queued,
            String held,
            int errors,
            HealthState state,
            String alerts) {
        Instant now = NIGHT.plus(Duration.ofHours(10));
        Timetable timetable = new Timetable(
                schedule.equals("manual") ? SyncSchedule.MANUAL_ONLY : NIGHTLY,
                now.minus(Duration.ofHours(schedule.equals("new") ? 5 : 1_000)),
                !works.equals("off"),
                Optional.empty());
        Optional<Instant> succeeded = hoursBefore(now, success);
        Streak streak =
                new Streak(succeeded, failures, failures == 0 ? Optional.empty() : Optional.of(now.minusSeconds(60)));
        Standing standing = new Standing(Optional.empty(), streak, Streak.NONE, 0, Optional.empty());
        Overview overview = new Overview(
                ID,
                new SyncPosition(Optional.empty(), succeeded, succeeded, standing),
                Optional.ofNullable(active)
                        .map(text -> active(text, hoursBefore(now, queued).orElseThrow(), now)),
                Optional.ofNullable(fault).map(why -> failed(why, now)),
                new Backlog(errors, 0, 7, 7),
                held.equals("yes") ? Optional.of(now.plusSeconds(60)) : Optional.of(now.minusSeconds(60)),
                Optional.empty());
        Facts facts = Facts.of(integration(works.equals("none") ? "none" : "cornerstone", timetable), overview, now);

        assertThat(HealthJudge.judge(facts, Optional.empty()).state()).isEqualTo(state);
        assertThat(AlertJudge.judge(facts, Set.of()).keySet()).isEqualTo(kinds(alerts));
    }

    private static Set<AlertKind> kinds(String alerts) {
        return alerts == null
                ? Set.of()
                : Arrays.stream(alerts.split(" ")).map(AlertKind::valueOf).collect(Collectors.toSet());
    }

    private static Optional<Instant> hoursBefore(Instant now, Integer hours) {
        return Optional.ofNullable(hours).map(number -> now.minus(Duration.ofHours(number)));
    }

    private static Run run(Instant queuedAt) {
        return new Run(new RunId("run-1"), ORGANIZATION, ID, RunKind.FULL, Trigger.SCHEDULED, "schedule", queuedAt);
    }

    private static Run active(String state, Instant queuedAt, Instant now) {
        RunFailure why = new RunFailure(Optional.of(Fault.THROTTLED), "throttled", "wait");
        return state.equals("PARKED")
                ? run(queuedAt).parked(now.plusSeconds(60), why)
                : run(queuedAt).in(RunState.valueOf(state), now, Optional.empty());
    }

    private static Run failed(Fault fault, Instant now) {
        return run(now.minusSeconds(90))
                .in(
                        RunState.FAILED,
                        now.minusSeconds(60),
                        Optional.of(new RunFailure(Optional.of(fault), "failed", fault.advice())));
    }

    private static Integration integration(String system, Timetable timetable) {
        return new Integration(
                ID,
                ORGANIZATION,
                system,
                URI.create("https://registry.example.org"),
                Map.of(),
                MappingSet.of(),
                Scope.EVERYBODY,
                MatchOrder.STANDARD,
                Safeguards.STANDARD,
                RateLimit.UNLIMITED,
                SecretMask.set(NIGHT, "Kari"),
                timetable);
    }
}

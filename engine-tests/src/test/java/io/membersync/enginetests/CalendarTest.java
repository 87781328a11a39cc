package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncSchedule;
import io.membersync.run.Trigger;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.StoredIntegration;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Syncs that nobody asks for: in their time, made up for, tried again, and never two at once. */
@Requirement({"B1", "B5"})
class CalendarTest {

    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final SyncSchedule.Nightly NIGHTLY =
            SyncSchedule.nightly(LocalTime.of(2, 0), LocalTime.of(3, 0), OSLO);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    private Scene start(HostSide host, SyncSchedule schedule) {
        return Scene.on(host)
                .members(30, 4)
                .pageSize(20)
                .draft(draft -> draft.schedule(schedule))
                .start();
    }

    /** Lets time go by, with a tick after each step. */
    private static List<Run> pass(Scene scene, ManualEngine engine, Duration length, Duration step) {
        Instant end = scene.time().instant().plus(length);
        List<Run> runs = new ArrayList<>();
        while (scene.time().instant().isBefore(end)) {
            scene.time().advance(step);
            runs.addAll(engine.tick());
        }
        return runs;
    }

    private static List<Run> pass(Scene scene, Duration length) {
        return pass(scene, scene.engine(), length, STEP);
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"MEMORY", "H2_FILE"})
    void aNightlySyncRunsOnceANightInItsWindow(Place place) {
        try (Scene scene = start(place.open(folder), NIGHTLY)) {
            // From Monday, 06:00 UTC.
            List<Run> runs = pass(scene, Duration.ofDays(3));

            assertThat(runs).hasSize(3).allSatisfy(run -> {
                assertThat(run.kind()).isEqualTo(RunKind.FULL);
                assertThat(run.state()).isEqualTo(RunState.COMPLETED);
                assertThat(run.startedBy()).isEqualTo("schedule");
                assertThat(run.queuedAt().atZone(OSLO).toLocalTime())
                        .isBetween(LocalTime.of(2, 0), LocalTime.of(3, 15));
            });
            assertThat(runs)
                    .extracting(Run::trigger)
                    .containsExactly(Trigger.INITIAL, Trigger.SCHEDULED, Trigger.SCHEDULED);
            assertThat(scene.activeRows()).hasSize(30);
        }
    }

    @Test
    void whatWasMissedIsMadeUpForOnceAtTheStart() {
        try (Scene scene = start(Place.H2_FILE.open(folder), NIGHTLY)) {
            scene.full();
            scene.engine().close();
            scene.time().advance(Duration.ofDays(4));

            try (ManualEngine next = scene.anotherEngine()) {
                assertThat(next.tick()).extracting(Run::trigger).containsExactly(Trigger.SCHEDULED);
                assertThat(pass(scene, next, Duration.ofHours(10), STEP)).isEmpty();
            }
        }
    }

    @Test
    void whatFailedIsTriedAgainLaterAndLaterUntilItSucceeds() {
        try (Scene scene = start(new MemoryHost(), NIGHTLY)) {
            scene.full();
            scene.registry().faults().on("GET /members").then(Fault.status(500));
            scene.time().set(Instant.parse("2026-03-03T00:59:00Z"));
            List<Run> failed = pass(scene, scene.engine(), Duration.ofMinutes(160), MINUTE);
            scene.registry().faults().clear();
            List<Run> after = pass(scene, Duration.ofHours(2));

            assertThat(failed).isNotEmpty().allMatch(run -> run.state() == RunState.FAILED);
            assertThat(minutesBetween(failed)).startsWith(5L, 10L, 20L, 30L);
            assertThat(after).extracting(Run::state).containsExactly(RunState.COMPLETED);
        }
    }

    private static List<Long> minutesBetween(List<Run> runs) {
        List<Long> minutes = new ArrayList<>();
        for (int i = 1; i < runs.size(); i++) {
            Instant ended = runs.get(i - 1).endedAt().orElseThrow();
            // Looked at once a minute.
            minutes.add(Duration.between(ended, runs.get(i).queuedAt())
                    .minusSeconds(59)
                    .plusMinutes(1)
                    .minusMillis(1)
                    .toMinutes());
        }
        return minutes;
    }

    @Test
    void aRunThatIsLaidAsideIsNotStartedTwice() {
        try (Scene scene = start(new MemoryHost(), NIGHTLY)) {
            scene.registry()
                    .faults()
                    .on("GET /members")
                    .times(1)
                    .then(Fault.answer(429, Map.of("Retry-After", "3600"), ""));

            List<Run> runs = pass(scene, Duration.ofHours(24));

            assertThat(runs).extracting(Run::state).containsOnly(RunState.QUEUED, RunState.COMPLETED);
            assertThat(runs)
                    .extracting(Run::id)
                    .hasSizeGreaterThan(1)
                    .containsOnly(runs.get(0).id());
        }
    }

    @Test
    void everyFewMinutesADeltaAndAtNightAFullSync() {
        try (Scene scene = start(new MemoryHost(), SyncSchedule.everyMinutes(30).and(NIGHTLY))) {
            List<Run> runs = pass(scene, Duration.ofHours(24));

            // The first of all has to be a full one.
            assertThat(runs.get(0).kind()).isEqualTo(RunKind.FULL);
            assertThat(runs.stream().filter(run -> run.kind() == RunKind.FULL)).hasSize(2);
            assertThat(runs).hasSizeBetween(46, 50).allMatch(run -> run.state() == RunState.COMPLETED);
        }
    }

    @Test
    void aSyncThatSomebodyAskedForInTimeIsNotRepeated() {
        try (Scene scene = start(new MemoryHost(), SyncSchedule.everyMinutes(30))) {
            scene.full();
            pass(scene, Duration.ofMinutes(45));
            int before = runs(scene);
            scene.time().advance(Duration.ofMinutes(30));
            Run asked = scene.delta();

            List<Run> after = pass(scene, Duration.ofMinutes(30));

            assertThat(asked.state()).isEqualTo(RunState.COMPLETED);
            assertThat(after).hasSize(1);
            assertThat(runs(scene)).isEqualTo(before + 2);
        }
    }

    @Test
    void ofSeveralNodesOneStartsIt() {
        try (Scene scene = start(Place.H2_FILE.open(folder), NIGHTLY);
                ManualEngine other = scene.anotherEngine()) {
            scene.time().advance(Duration.ofHours(24));

            List<Run> both = new ArrayList<>(scene.engine().tick());
            both.addAll(other.tick());

            assertThat(both).hasSize(1);
            assertThat(runs(scene)).isEqualTo(1);
        }
    }

    @Test
    void oneThatCannotBeStartedKeepsNobodyWaiting() {
        try (Scene scene = start(new MemoryHost(), NIGHTLY)) {
            IntegrationDraft gone = IntegrationDraft.of(
                            IntegrationId.of("a-first"),
                            OrganizationId.of("other"),
                            "cornerstone",
                            scene.registry().baseUrl(),
                            new Credentials.ApiKey("wrong"))
                    .schedule(NIGHTLY);
            scene.engine().host().integrations().add(gone);

            List<Run> runs = pass(scene, Duration.ofHours(20));

            assertThat(runs.stream().filter(run -> run.integration().equals(Scene.INTEGRATION)))
                    .extracting(Run::state)
                    .containsExactly(RunState.COMPLETED);
            assertThat(runs.stream().filter(run -> !run.integration().equals(Scene.INTEGRATION)))
                    .isNotEmpty()
                    .allMatch(run -> run.state() == RunState.FAILED);
        }
    }

    @Test
    @Requirement("D1")
    void aScheduleIsCheckedByField() {
        try (Scene scene = start(new MemoryHost(), SyncSchedule.MANUAL_ONLY)) {
            IntegrationDraft draft = IntegrationDraft.of(
                    Scene.INTEGRATION,
                    HostSide.ORGANIZATION,
                    "cornerstone",
                    scene.registry().baseUrl(),
                    new Credentials.ApiKey(scene.registry().apiKey()));
            SyncSchedule.Nightly never = SyncSchedule.nightly(LocalTime.NOON, LocalTime.NOON, OSLO);

            assertThat(refused(
                            scene, draft.schedule(SyncSchedule.everyMinutes(4).and(never))))
                    .containsExactlyInAnyOrder("schedule.minutes", "schedule.full.until");
            assertThat(refused(scene, draft.schedule(SyncSchedule.everyMinutes(1_441))))
                    .containsExactly("schedule.minutes");
            assertThat(refused(scene, draft.schedule(never))).containsExactly("schedule.until");
            assertThat(refused(
                            scene,
                            IntegrationDraft.none(IntegrationId.of("none"), HostSide.ORGANIZATION)
                                    .schedule(NIGHTLY)))
                    .containsExactly("schedule");
        }
    }

    private static List<String> refused(Scene scene, IntegrationDraft draft) {
        InvalidConfigurationException refusal = Assertions.catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> scene.engine().host().integrations().add(draft));
        return refusal.violations().stream().map(Violation::field).toList();
    }

    @Test
    @Requirement("D6")
    void whatIsDisabledDoesNothingUntilItIsEnabled() {
        try (Scene scene = start(Place.H2_FILE.open(folder), NIGHTLY)) {
            scene.full();
            var runs = scene.engine().host().runs();
            StartAnswer waiting = runs.startFull(Scene.INTEGRATION);
            scene.engine().host().integrations().disable(Scene.INTEGRATION);
            scene.registry().requests().clear();

            assertThat(waiting)
                    .isInstanceOfSatisfying(
                            StartAnswer.Queued.class,
                            queued -> assertThat(
                                            runs.progress(queued.run()).run().state())
                                    .isEqualTo(RunState.CANCELLED));
            assertThat(runs.startFull(Scene.INTEGRATION)).isInstanceOf(StartAnswer.Unavailable.class);
            assertThat(runs.startDelta(Scene.INTEGRATION)).isInstanceOf(StartAnswer.Unavailable.class);
            assertThat(pass(scene, Duration.ofHours(30))).allMatch(run -> run.state() == RunState.CANCELLED);
            assertThat(scene.registry().requests().count()).isZero();
            assertThat(scene.activeRows()).hasSize(30);

            scene.engine().host().integrations().enable(Scene.INTEGRATION);
            assertThat(pass(scene, STEP)).extracting(Run::state).containsExactly(RunState.COMPLETED);
            assertThat(audited(scene)).contains("Integration disabled", "Integration enabled");
        }
    }

    @Test
    void aRunThatWasTakenUpAfterItsIntegrationWasDisabledReadsNothing() {
        try (Scene scene = start(new MemoryHost(), NIGHTLY)) {
            StartAnswer waiting = scene.engine().host().runs().startFull(Scene.INTEGRATION);
            // As on another node, at the same moment.
            scene.host().storage().inTransaction(session -> {
                var stored = session.settings().find(Scene.INTEGRATION).orElseThrow();
                var off = stored.integration()
                        .with(stored.integration()
                                .timetable()
                                .enabled(false, scene.time().instant()));
                session.settings()
                        .save(new StoredIntegration(
                                off, stored.sealedCredentials(), stored.sealedWebhookSecrets(), stored.inForce()));
                return true;
            });

            List<Run> runs = scene.engine().tick();

            assertThat(waiting).isInstanceOf(StartAnswer.Queued.class);
            assertThat(runs).extracting(Run::state).containsExactly(RunState.CANCELLED);
            assertThat(scene.registry().requests().count()).isZero();
        }
    }

    private static int runs(Scene scene) {
        return scene.engine()
                .host()
                .runs()
                .list(Scene.INTEGRATION, Optional.empty(), 200)
                .items()
                .size();
    }

    private static List<String> audited(Scene scene) {
        return scene
                .engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.CONFIGURATION))
                .items()
                .stream()
                .map(AuditEntry::summary)
                .toList();
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.alert.Alert;
import io.membersync.alert.AlertKind;
import io.membersync.alert.AlertQuery;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.AccessDeniedException;
import io.membersync.health.HealthQuery;
import io.membersync.health.HealthState;
import io.membersync.health.IntegrationHealth;
import io.membersync.health.Light;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.JobRunner;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.QuarantineStore;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How integrations are, and who hears of it: silence is an alarm. */
@Requirement({"E1", "E3", "R22"})
class HealthTest {

    private static final SyncSchedule.Nightly NIGHTLY =
            SyncSchedule.nightly(LocalTime.of(2, 0), LocalTime.of(2, 30), ZoneOffset.UTC);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofMinutes(5);
    // Just before the first night's window.
    private static final Instant NIGHT = Instant.parse("2026-03-03T01:55:00Z");

    @TempDir
    Path folder;

    private final List<Alert> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<IntegrationHealth> changes = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Scene opened;

    private Scene start(HostSide host, SyncSchedule schedule) {
        Scene scene = Scene.on(host)
                .members(30, 4)
                .pageSize(20)
                .options(options -> options.onAlert(heard::add).onHealth(changes::add))
                .draft(draft -> draft.schedule(schedule))
                .start();
        opened = scene;
        return scene;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static IntegrationHealth health(Scene scene) {
        return scene.engine().host().health().of(Scene.INTEGRATION);
    }

    private static List<AlertKind> alerts(Scene scene) {
        return scene.engine().host().alerts().find(AlertQuery.open()).items().stream()
                .map(Alert::kind)
                .sorted()
                .toList();
    }

    private static void pass(Scene scene, Duration length) {
        Instant end = scene.time().instant().plus(length);
        while (scene.time().instant().isBefore(end)) {
            scene.time().advance(STEP);
            scene.engine().tick();
        }
    }

    @Test
    void aHealthyLifeFromTheFirstDayOn() {
        Scene scene = start(Place.H2_FILE.open(folder), NIGHTLY);
        IntegrationHealth before = health(scene);
        StartAnswer first = scene.engine().host().runs().startFull(Scene.INTEGRATION);
        IntegrationHealth during = health(scene);
        scene.engine().tick();
        IntegrationHealth after = health(scene);

        assertThat(before.state()).isEqualTo(HealthState.NOT_YET_SYNCED);
        assertThat(before.state().light()).isEqualTo(Light.GREY);
        assertThat(before.freshness().nextDue())
                .hasValueSatisfying(next -> assertThat(next).isBetween(NIGHT, NIGHT.plus(HOUR)));
        assertThat(before.diagnosis().reason())
                .contains(before.freshness().nextDue().orElseThrow().toString());
        assertThat(first).isInstanceOf(StartAnswer.Queued.class);
        assertThat(during.state()).isEqualTo(HealthState.INITIAL_SYNC);
        assertThat(during.current()).isPresent();
        assertThat(after.state()).isEqualTo(HealthState.HEALTHY);
        assertThat(after.state().light()).isEqualTo(Light.GREEN);
        assertThat(after.records()).isEqualTo(30);
        assertThat(after.lastRun()).map(Run::state).contains(RunState.COMPLETED);
        assertThat(after.freshness().lastSuccess()).isPresent();

        pass(scene, Duration.ofHours(47));
        assertThat(health(scene).state()).isEqualTo(HealthState.HEALTHY);
        assertThat(heard).isEmpty();
    }

    @Test
    void aSyncThatIsNeverCarriedOutIsLateWithinTheHourAndStaleAfterADay() {
        Scene scene = start(Place.H2_FILE.open(folder), NIGHTLY);
        scene.full();
        Instant due = health(scene).freshness().nextDue().orElseThrow();
        // Duties go on, but nobody carries a run out any more.
        scene.engine().close();
        NobodyWorks runner = new NobodyWorks();
        try (var engine = scene.engineWith(options -> options.jobRunner(runner))) {
            engine.start();
            scene.time().set(due.plusSeconds(60));
            runner.look();
            scene.time().set(due.plus(HOUR));
            runner.look();

            var host = engine.as(Caller.host());
            assertThat(host.alerts().find(AlertQuery.open()).items())
                    .extracting(Alert::kind)
                    .containsExactly(AlertKind.LATE);
            assertThat(host.health().of(Scene.INTEGRATION).state()).isEqualTo(HealthState.DEGRADED);

            scene.time().set(due.plus(Duration.ofHours(24)));
            runner.look();
            assertThat(host.health().of(Scene.INTEGRATION).state()).isEqualTo(HealthState.STALE);
            assertThat(host.alerts().find(AlertQuery.open()).items())
                    .extracting(Alert::kind)
                    .containsExactlyInAnyOrder(AlertKind.LATE, AlertKind.STALE);
        }
    }

    @Test
    void aRevokedKeyIsAnAlarmAtOnceAndOverWhenItIsRestored() {
        Scene scene = start(Place.H2_FILE.open(folder), NIGHTLY);
        scene.full();
        scene.registry().revokeKey(scene.registry().apiKey());
        scene.time().set(NIGHT);
        pass(scene, Duration.ofHours(2));

        assertThat(health(scene).state()).isEqualTo(HealthState.FAILING);
        assertThat(health(scene).diagnosis().nextStep()).contains("key");
        assertThat(alerts(scene)).containsExactly(AlertKind.LATE, AlertKind.FAILED_TWICE, AlertKind.CREDENTIALS);

        pass(scene, Duration.ofHours(24));
        assertThat(health(scene).state()).isEqualTo(HealthState.STALE);
        assertThat(health(scene).state().light()).isEqualTo(Light.RED);
        assertThat(alerts(scene)).contains(AlertKind.STALE);

        scene.registry().restoreKeys();
        pass(scene, HOUR);
        assertThat(health(scene).state()).isEqualTo(HealthState.HEALTHY);
        assertThat(alerts(scene)).isEmpty();
        assertRaisedAndClosedOnce(scene);
    }

    private void assertRaisedAndClosedOnce(Scene scene) {
        Awaitility.await().untilAsserted(() -> assertThat(heard).hasSize(8));
        assertThat(heard.stream().filter(Alert::open).map(Alert::kind)).doesNotHaveDuplicates();
        assertThat(heard.stream().filter(alert -> !alert.open()).map(Alert::kind))
                .doesNotHaveDuplicates();
        assertThat(changes)
                .extracting(IntegrationHealth::state)
                .containsSubsequence(HealthState.FAILING, HealthState.STALE, HealthState.HEALTHY);
        List<AuditEntry> audit = scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.ALERT))
                .items();
        assertThat(audit).hasSize(8);
        assertThat(audit.toString() + heard).doesNotContain(scene.registry().apiKey());
    }

    @Test
    void aRegistryThatHangsIsAnAlarmWithinTheHour() {
        Scene scene = start(new MemoryHost(), NIGHTLY);
        scene.full();
        scene.registry().faults().on("GET /members").then(Fault.cut());
        scene.time().set(NIGHT);

        pass(scene, Duration.ofMinutes(90));

        assertThat(health(scene).state()).isEqualTo(HealthState.FAILING);
        assertThat(alerts(scene)).containsExactly(AlertKind.LATE, AlertKind.FAILED_TWICE);
    }

    @Test
    void aSyncThatHangsInItsConnectorIsLate() {
        Scene scene = start(new MemoryHost(), NIGHTLY);
        scene.full();
        Run run = queued(scene);
        // As a worker leaves it that waits for an answer that never comes.
        scene.host().storage().inTransaction(session -> {
            session.runs().save(run.taken(scene.time().instant(), 0));
            return true;
        });
        Instant due = health(scene).freshness().nextDue().orElseThrow();
        scene.time().set(due.plus(HOUR));
        scene.engine().tick();

        assertThat(alerts(scene)).containsExactly(AlertKind.LATE);
        scene.time().advance(Duration.ofHours(24));
        scene.engine().tick();
        assertThat(health(scene).state()).isEqualTo(HealthState.STALE);
    }

    private static Run queued(Scene scene) {
        StartAnswer answer = scene.engine().host().runs().startFull(Scene.INTEGRATION);
        RunId id = ((StartAnswer.Queued) answer).run();
        return scene.engine().host().runs().progress(id).run();
    }

    @Test
    void whatIsMadeOnDemandOnlyIsNeverLateAndSaysSo() {
        Scene scene = start(new MemoryHost(), SyncSchedule.MANUAL_ONLY);
        assertThat(health(scene).diagnosis().reason()).contains("until somebody asks");
        scene.full();
        scene.time().advance(Duration.ofDays(30));
        scene.engine().tick();

        assertThat(health(scene).state()).isEqualTo(HealthState.HEALTHY);
        assertThat(health(scene).freshness().onDemandOnly()).isTrue();
        assertThat(health(scene).freshness().nextDue()).isEmpty();
        assertThat(health(scene).diagnosis().reason()).contains("on demand only");
        assertThat(alerts(scene)).isEmpty();
    }

    @Test
    void pausedHeldAndDisabledAreTold() {
        Scene scene = start(new MemoryHost(), NIGHTLY);
        scene.full();
        scene.registry()
                .members()
                .limit(25)
                .map(member -> member.id())
                .toList()
                .forEach(id -> scene.registry().delete(id, "gone"));
        Run held = scene.engine().fullSync(Scene.INTEGRATION);
        scene.engine().tick();
        IntegrationHealth waiting = health(scene);
        List<AlertKind> whileHeld = alerts(scene);
        Run next = queued(scene);
        scene.engine().host().runs().pause(next.id());
        IntegrationHealth paused = health(scene);
        scene.engine().host().integrations().disable(Scene.INTEGRATION);
        scene.engine().tick();

        assertThat(held.state()).isEqualTo(RunState.HELD);
        assertThat(waiting.state()).isEqualTo(HealthState.HELD);
        assertThat(whileHeld).containsExactly(AlertKind.HELD);
        assertThat(paused.state()).isEqualTo(HealthState.PAUSED);
        assertThat(health(scene).state()).isEqualTo(HealthState.DISABLED);
        assertThat(health(scene).freshness().nextDue()).isEmpty();
        assertThat(alerts(scene)).isEmpty();
    }

    @Test
    void badRecordsDegradeAndAreAnAlertUntilTheyAreMended() {
        Scene scene = start(new MemoryHost(), NIGHTLY);
        scene.full();
        quarantine(
                scene,
                session -> session.save(
                        Scene.INTEGRATION,
                        List.of(new QuarantinedRecord(
                                "m_9",
                                Optional.of(ExternalId.of("m_9")),
                                "person.birthDate",
                                "is no date",
                                scene.time().instant(),
                                1,
                                scene.time().instant().plus(HOUR)))));
        scene.engine().tick();

        assertThat(health(scene).state()).isEqualTo(HealthState.DEGRADED);
        assertThat(health(scene).backlog().quarantined()).isEqualTo(1);
        assertThat(alerts(scene)).containsExactly(AlertKind.ERRORS);

        quarantine(scene, session -> session.remove(Scene.INTEGRATION, List.of("m_9")));
        scene.engine().tick();
        assertThat(health(scene).state()).isEqualTo(HealthState.HEALTHY);
        assertThat(alerts(scene)).isEmpty();
    }

    private static void quarantine(Scene scene, Consumer<QuarantineStore> change) {
        scene.host().storage().inTransaction(session -> {
            change.accept(session.quarantine());
            return true;
        });
    }

    @Test
    void webhooksThatStayAwayAreAnAlert() {
        Scene scene = start(new MemoryHost(), NIGHTLY);
        scene.full();
        scene.engine()
                .host()
                .integrations()
                .webhookSecrets(
                        Scene.INTEGRATION, List.of(new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
        scene.registry().applyRandomChanges(3, 1);
        scene.full();
        scene.engine().tick();
        assertThat(alerts(scene)).as("they were set just now").isEmpty();

        pass(scene, Duration.ofHours(22));
        scene.time().advance(Duration.ofHours(3));
        scene.registry().applyRandomChanges(3, 2);
        scene.full();
        scene.engine().tick();

        assertThat(alerts(scene)).containsExactly(AlertKind.WEBHOOKS_SILENT);
    }

    @Test
    void somebodyTakesNoteOfAnAlertOnce() {
        Scene scene = start(new MemoryHost(), NIGHTLY);
        scene.full();
        scene.registry().revokeKey(scene.registry().apiKey());
        scene.engine().fullSync(Scene.INTEGRATION);
        scene.engine().tick();
        Alert alert =
                scene.engine().host().alerts().find(AlertQuery.open()).items().get(0);
        var kari = scene.engine().as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION));
        var ola = scene.engine().as(Caller.globalAdministrator("Ola"));

        kari.alerts().acknowledge(alert.id());
        ola.alerts().acknowledge(alert.id());

        Alert noted =
                ola.alerts().find(AlertQuery.open().of(alert.kind())).items().get(0);
        assertThat(noted.acknowledged()).map(Alert.Acknowledgment::by).contains("Kari");
        assertThat(noted.open()).isTrue();
    }

    @Test
    @Requirement("D8")
    void everyoneSeesTheirOwnAndAGlobalAdministratorAll() {
        Scene scene = start(Place.H2_FILE.open(folder), NIGHTLY);
        scene.full();
        OrganizationId other = OrganizationId.of("other");
        for (int number = 0; number < 5; number++) {
            scene.engine()
                    .host()
                    .integrations()
                    .add(IntegrationDraft.of(
                            IntegrationId.of("other-" + number),
                            other,
                            "cornerstone",
                            scene.registry().baseUrl(),
                            new Credentials.ApiKey(scene.registry().apiKey())));
        }
        scene.engine().host().integrations().add(IntegrationDraft.none(IntegrationId.of("none"), other));
        var global = scene.engine().as(Caller.globalAdministrator("Ola")).health();
        var kari = scene.engine()
                .as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION))
                .health();
        HealthQuery two = new HealthQuery(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), 2);

        List<IntegrationHealth> all = new ArrayList<>();
        var slice = global.find(two);
        all.addAll(slice.items());
        while (slice.next().isPresent()) {
            slice = global.find(two.from(slice.next().get()));
            all.addAll(slice.items());
        }
        assertThat(all)
                .extracting(health -> health.integration().value())
                .containsExactly(
                        Scene.INTEGRATION.value(), "none", "other-0", "other-1", "other-2", "other-3", "other-4");
        assertThat(kari.find(HealthQuery.all()).items())
                .extracting(IntegrationHealth::integration)
                .containsExactly(Scene.INTEGRATION);
        assertThat(global.find(HealthQuery.all().in(HealthState.NONE)).items()).hasSize(1);
        assertThat(global.find(HealthQuery.all().of("cornerstone").in(HealthState.NOT_YET_SYNCED))
                        .items())
                .hasSize(5);
        assertThatThrownBy(() -> kari.find(HealthQuery.all().of(other))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> kari.of(IntegrationId.of("other-1"))).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @Requirement("E4")
    void listenersThatThrowBlockOrCallBackChangeNothing() {
        CountDownLatch never = new CountDownLatch(1);
        List<Throwable> refused = Collections.synchronizedList(new ArrayList<>());
        Scene[] itself = new Scene[1];
        Scene scene = Scene.on(new MemoryHost())
                .members(30, 4)
                .pageSize(20)
                .options(options -> options.onAlert(alert -> {
                            throw new IllegalStateException("A listener that throws");
                        })
                        .onHealth(health -> {
                            throw new AssertionError("A listener that throws");
                        })
                        .onAudit(entry -> callBack(itself[0], refused))
                        .onSync(event -> block(never)))
                .draft(draft -> draft.schedule(NIGHTLY))
                .start();
        opened = scene;
        itself[0] = scene;

        scene.full();
        scene.registry().revokeKey(scene.registry().apiKey());
        scene.engine().fullSync(Scene.INTEGRATION);
        scene.engine().tick();
        scene.registry().restoreKeys();
        scene.full();
        scene.engine().tick();

        assertThat(health(scene).state()).isEqualTo(HealthState.HEALTHY);
        assertThat(scene.activeRows()).hasSize(30);
        assertThat(alerts(scene)).isEmpty();
        never.countDown();
        assertThat(refused).isEmpty();
    }

    private static void callBack(@Nullable Scene scene, List<Throwable> refused) {
        if (scene != null) {
            try {
                scene.engine().host().health().find(HealthQuery.all());
            } catch (RuntimeException failed) {
                refused.add(failed);
            }
        }
    }

    private static void block(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aNoisyOrganizationKeepsNoOtherWaiting() {
        Scene scene = start(new MemoryHost(), NIGHTLY);
        scene.full();
        scene.engine()
                .host()
                .integrations()
                .add(IntegrationDraft.of(
                                IntegrationId.of("a-noisy-one"),
                                OrganizationId.of("noisy"),
                                "cornerstone",
                                scene.registry().baseUrl(),
                                new Credentials.ApiKey("wrong"))
                        .schedule(SyncSchedule.everyMinutes(5)));
        scene.time().set(NIGHT);
        Instant due = health(scene).freshness().nextDue().orElseThrow();

        pass(scene, Duration.ofHours(1));

        Run nightly = health(scene).lastRun().orElseThrow();
        assertThat(nightly.state()).isEqualTo(RunState.COMPLETED);
        assertThat(Duration.between(due, nightly.queuedAt())).isLessThanOrEqualTo(STEP);
        assertThat(scene.engine()
                        .host()
                        .alerts()
                        .find(AlertQuery.open().of(Scene.INTEGRATION))
                        .items())
                .isEmpty();
        assertThat(scene.engine()
                        .host()
                        .alerts()
                        .find(AlertQuery.open().of(IntegrationId.of("a-noisy-one")))
                        .items())
                .isNotEmpty();
    }

    /** Does the duties, and lets every run wait. */
    private static final class NobodyWorks implements JobRunner {

        private final List<Runnable> duties = new ArrayList<>();

        @Override
        public void start(Consumer<RunId> work) {}

        @Override
        public void submit(RunId run) {}

        @Override
        public void repeat(Duration interval, Runnable duty) {
            duties.add(duty);
        }

        @Override
        public void soon(Runnable duty) {}

        void look() {
            List.copyOf(duties).forEach(Runnable::run);
        }

        @Override
        public void close() {}
    }
}

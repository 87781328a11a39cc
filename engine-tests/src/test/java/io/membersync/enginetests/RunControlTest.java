package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.http.RetryPolicy;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunProgress;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.LoggedRequest;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are watched, paused, resumed and cancelled while they go on, with real threads and real time. */
class RunControlTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");
    private static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");
    private static final int MEMBERS = 60;
    private static final int PAGE = 10;
    private static final int BATCH_PAGES = 2;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final InMemoryStorage storage = new InMemoryStorage();
    private final KeyProvider keys = KeyProvider.random();
    private final Gate gate = new Gate();
    private CornerstoneSimulator registry;
    private MemberSyncEngine engine;
    private MemberSync sync;

    @BeforeEach
    void start() {
        registry = CornerstoneSimulator.builder()
                .members(MEMBERS)
                .seed(3)
                .latency(Duration.ofMillis(10))
                .start();
        engine = startedEngine();
        sync = engine.as(Caller.host());
        sync.integrations()
                .add(IntegrationDraft.of(
                                INTEGRATION,
                                ORGANIZATION,
                                "cornerstone",
                                registry.baseUrl(),
                                new Credentials.ApiKey(registry.apiKey()))
                        .setting("pageSize", String.valueOf(PAGE)));
    }

    private MemberSyncEngine startedEngine() {
        MemberSyncEngine started = MemberSyncEngine.builder(storage)
                .keys(keys)
                .testMode()
                .retries(RetryPolicy.STANDARD)
                .batches(1_000, BATCH_PAGES, Duration.ofHours(1))
                .build();
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        gate.open();
        engine.close();
        registry.close();
    }

    @Test
    void aPausedRunGoesOnAtItsCheckpoint() {
        RunId run = startedFullUpToTheGate();

        sync.runs().pause(run);
        Run paused = atRest(run);
        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.counts().read()).isPositive().isLessThan(MEMBERS);
        assertThat(paused.checkpoint().cursor().text()).isNotEmpty();

        gate.open();
        registry.faults().clear();
        assertThat(sync.runs().resume(run)).isEqualTo(new StartAnswer.Queued(run));
        assertCompletedWithoutReadingTwice(run);
    }

    @Test
    void aClosedEngineLeavesTheRunToTheNextOne() {
        RunId run = startedFullUpToTheGate();

        engine.close();
        Run left = storage.inTransaction(session -> session.runs().find(run)).orElseThrow();
        assertThat(left.state()).isEqualTo(RunState.QUEUED);
        assertThat(left.checkpoint().cursor().text()).isNotEmpty();

        gate.open();
        registry.faults().clear();
        engine = startedEngine();
        sync = engine.as(Caller.host());
        assertCompletedWithoutReadingTwice(run);
    }

    private void assertCompletedWithoutReadingTwice(RunId run) {
        Run completed = atRest(run);
        assertThat(completed.state()).as("%s", completed.failure()).isEqualTo(RunState.COMPLETED);
        assertThat(completed.counts().read()).isEqualTo(MEMBERS);
        assertThat(completed.counts().created()).isEqualTo(MEMBERS);
        Map<String, Long> reads = registry.requests().requests("GET /members").stream()
                .collect(Collectors.groupingBy(LoggedRequest::target, Collectors.counting()));
        assertThat(reads).hasSize(MEMBERS / PAGE);
        assertThat(reads.values()).allMatch(times -> times <= 2);
        assertThat(reads.values().stream().filter(times -> times > 1).count()).isLessThanOrEqualTo(BATCH_PAGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /ping", "GET /members", "GET /changes"})
    void cancelEndsARunSoonThoughTheRegistryHangs(String route) {
        if (route.equals("GET /changes")) {
            assertThat(atRest(queued(sync.runs().startFull(INTEGRATION))).state())
                    .isEqualTo(RunState.COMPLETED);
        }
        registry.faults().on(route).then(Fault.hang());
        RunId run = queued(
                route.equals("GET /changes")
                        ? sync.runs().startDelta(INTEGRATION)
                        : sync.runs().startFull(INTEGRATION));
        awaitRunning(run);

        sync.runs().cancel(run);

        assertThat(soonAtRest(run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(sync.runs().resume(run)).isInstanceOf(StartAnswer.Unavailable.class);
    }

    @Test
    void cancelEndsARunSoonThoughTheRegistryIsSlow() {
        registry.faults().on("GET /members").from(2).then(Fault.drip(1, Duration.ofMillis(50)));
        RunId run = queued(sync.runs().startFull(INTEGRATION));
        Awaitility.await().until(() -> sync.runs().progress(run).run().counts().read() == PAGE);

        sync.runs().cancel(run);

        Run cancelled = soonAtRest(run);
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertThat(cancelled.counts().created()).as("what was read stays").isEqualTo(PAGE);
    }

    @Test
    void cancelEndsARunSoonThatTheRegistryToldToWait() {
        registry.faults().on("GET /members").then(Fault.answer(429, Map.of("Retry-After", "20"), ""));
        RunId run = queued(sync.runs().startFull(INTEGRATION));
        Awaitility.await().until(() -> registry.requests().count("GET /members") > 0);

        sync.runs().cancel(run);

        assertThat(soonAtRest(run).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aPausedRunCanBeCancelled() {
        RunId run = startedFullUpToTheGate();
        sync.runs().pause(run);
        assertThat(atRest(run).state()).isEqualTo(RunState.PAUSED);

        sync.runs().cancel(run);

        assertThat(atRest(run).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void progressNeverGoesBackAndTellsTotalRateAndTimeLeft() {
        RunId run = startedFullUpToTheGate();
        RunProgress midway = Awaitility.await()
                .until(
                        () -> sync.runs().progress(run),
                        progress -> progress.run().counts().read() == 4 * PAGE);
        assertThat(midway.total()).contains((long) MEMBERS);
        assertThat(midway.perSecond()).isPositive();
        assertThat(midway.left().orElseThrow()).isPositive();
        assertThat(midway.share().orElseThrow()).isBetween(0.6, 0.7);

        List<Long> seen = new ArrayList<>();
        watch(run, seen, () -> sync.runs().pause(run));
        gate.open();
        registry.faults().clear();
        sync.runs().resume(run);
        watch(run, seen, () -> {});

        assertThat(seen).isSorted().startsWith(4L * PAGE).endsWith((long) MEMBERS);
    }

    private void watch(RunId run, List<Long> seen, Runnable meanwhile) {
        seen.add(sync.runs().progress(run).run().counts().read());
        meanwhile.run();
        Awaitility.await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(() -> {
            Run now = sync.runs().progress(run).run();
            seen.add(now.counts().read());
            return now.state() != RunState.RUNNING && now.state() != RunState.QUEUED;
        });
    }

    @Test
    void aSecondRunIsRefusedWhileOneIsActive() {
        RunId run = startedFullUpToTheGate();
        assertRefused(run, RunState.RUNNING);
        assertThat(sync.runs().resume(run)).isEqualTo(new StartAnswer.AlreadyActive(run, RunState.RUNNING));

        sync.runs().pause(run);
        atRest(run);
        assertRefused(run, RunState.PAUSED);

        sync.runs().cancel(run);
        gate.open();
        registry.faults().clear();
        assertThat(atRest(queued(sync.runs().startFull(INTEGRATION))).state()).isEqualTo(RunState.COMPLETED);
    }

    private void assertRefused(RunId run, RunState state) {
        for (StartAnswer answer :
                List.of(sync.runs().startFull(INTEGRATION), sync.runs().retryFailed(INTEGRATION))) {
            assertThat(answer).isEqualTo(new StartAnswer.AlreadyActive(run, state));
        }
    }

    /** Starts a full sync whose fifth page does not come before the gate is opened. */
    private RunId startedFullUpToTheGate() {
        registry.faults().on("GET /members").from(5).then(gate);
        RunId run = queued(sync.runs().startFull(INTEGRATION));
        gate.awaitRequest();
        return run;
    }

    private void awaitRunning(RunId run) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> sync.runs().progress(run).run().state(), RunState.RUNNING::equals);
    }

    private Run soonAtRest(RunId run) {
        return atRest(run, SOON);
    }

    private Run atRest(RunId run) {
        return atRest(run, Duration.ofSeconds(30));
    }

    private Run atRest(RunId run, Duration atMost) {
        return Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> storage.inTransaction(session -> session.runs().find(run))
                                .orElseThrow(),
                        now -> now.state() != RunState.RUNNING && now.state() != RunState.QUEUED);
    }

    private static RunId queued(StartAnswer answer) {
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        return ((StartAnswer.Queued) answer).run();
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.event.SyncEvent;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Wishes that meet a run at the very moment when its worker takes it. */
class WishAtTheStartTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROUNDS = 15;

    @TempDir
    Path folder;

    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(5).seed(1).start();
    private final Queue<SyncEvent> events = new ConcurrentLinkedQueue<>();

    private MemberSyncEngine engine(Storage storage) {
        return MemberSyncEngine.builder(storage)
                .keys(KeyProvider.random())
                .testMode()
                .onSync(events::add)
                .build();
    }

    private void add(MemberSync sync) {
        sync.integrations()
                .add(IntegrationDraft.of(
                        Scene.INTEGRATION,
                        HostSide.ORGANIZATION,
                        "cornerstone",
                        registry.baseUrl(),
                        new Credentials.ApiKey(registry.apiKey())));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({"MEMORY, true", "H2_FILE, true", "H2_FILE, false", "POSTGRES, true", "POSTGRES, false"})
    void aStoppedRunStaysStopped(Place place, boolean cancel) {
        try (MemberSyncEngine engine = engine(place.open(folder).storage())) {
            MemberSync sync = engine.as(Caller.host());
            add(sync);
            engine.start();
            for (int round = 0; round < ROUNDS; round++) {
                RunId run = queued(sync.runs().startFull(Scene.INTEGRATION));
                if (!cancel) {
                    sync.runs().pause(run);
                    sync.runs().resume(run);
                }
                sync.runs().cancel(run);
                RunState first = rest(sync, run).state();
                assertThat(first).isIn(RunState.CANCELLED, RunState.COMPLETED);

                RunId next = queued(sync.runs().startFull(Scene.INTEGRATION));
                assertThat(rest(sync, next).state()).isEqualTo(RunState.COMPLETED);
                assertThat(sync.runs().progress(run).run().state()).isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"H2_FILE", "POSTGRES"})
    void aRunThatIsQueuedInAHostsTransactionBeginsAfterIt(Place place) {
        HostSide host = place.open(folder);
        try (MemberSyncEngine engine = engine(host.storage())) {
            MemberSync sync = engine.as(Caller.host());
            add(sync);
            engine.start();

            RunId[] run = new RunId[1];
            host.inTransaction(true, () -> run[0] = queued(sync.runs().startFull(Scene.INTEGRATION)));

            assertThat(rest(sync, run[0]).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    @Test
    void aRunThatIsQueuedBeforeTheStartIsTakenOnce() {
        try (MemberSyncEngine engine = engine(Place.H2_FILE.open(folder).storage())) {
            MemberSync sync = engine.as(Caller.host());
            add(sync);
            RunId run = queued(sync.runs().startFull(Scene.INTEGRATION));

            engine.start();

            assertThat(rest(sync, run).state()).isEqualTo(RunState.COMPLETED);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> !of(SyncEvent.Ended.class).isEmpty());
            assertThat(of(SyncEvent.Started.class)).hasSize(1);
        }
    }

    private List<SyncEvent> of(Class<? extends SyncEvent> kind) {
        return events.stream().filter(kind::isInstance).toList();
    }

    private static Run rest(MemberSync sync, RunId run) {
        return Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> sync.runs().progress(run).run(),
                        found -> found.state().over());
    }

    private static RunId queued(StartAnswer answer) {
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        return ((StartAnswer.Queued) answer).run();
    }
}

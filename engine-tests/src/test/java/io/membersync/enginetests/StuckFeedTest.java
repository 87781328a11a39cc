package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.http.Credentials;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.Trigger;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.SyncPosition;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Places in the change feed that are worth nothing, though the registry does not say that they have expired. */
@Requirement({"B2", "R15"})
class StuckFeedTest {

    private static final int MEMBERS = 50;

    private static void refuseFeed(Scene scene) {
        scene.registry()
                .faults()
                .on("GET /changes")
                .then(io.membersync.testkit.simulator.Fault.answer(
                        400, Map.of("Content-Type", "application/problem+json"), "{\"type\":\"no-such-place\"}"));
    }

    private static Optional<String> feed(Scene scene) {
        return scene.host()
                .storage()
                .inTransaction(session -> session.runs().position(Scene.INTEGRATION))
                .feed()
                .map(Cursor::text);
    }

    @Test
    void theNextFullSyncFindsANewPlaceWhereTheStoredOneIsRefused() {
        try (Scene scene = Scene.on(new MemoryHost()).members(MEMBERS, 3).start()) {
            scene.full();
            scene.registry().update("m_1", "{\"contact\":{\"email\":\"one@example.test\"}}");
            Optional<String> before = feed(scene);
            refuseFeed(scene);

            Run delta = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(delta.state()).isEqualTo(RunState.FAILED);
            assertThat(delta.failure().flatMap(RunFailure::fault)).contains(Fault.REJECTED);
            assertThat(delta.failure().orElseThrow().advice()).contains("the next full sync finds a new one");

            scene.full();
            assertThat(feed(scene)).isPresent().isNotEqualTo(before);
            scene.registry().faults().clear();
            scene.registry().update("m_2", "{\"contact\":{\"email\":\"two@example.test\"}}");
            scene.delta();
            Rows.assertSame("after the recovery", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @Test
    void aFullSyncKeepsThePlaceWhileTheFeedOnlyFailsToAnswer() {
        try (Scene scene = Scene.on(new MemoryHost()).members(MEMBERS, 3).start()) {
            scene.full();
            Optional<String> before = feed(scene);
            scene.registry().update("m_1", "{\"contact\":{\"email\":\"one@example.test\"}}");
            scene.registry().faults().on("GET /changes").then(io.membersync.testkit.simulator.Fault.status(500));
            assertThat(scene.engine().deltaSync(Scene.INTEGRATION).state()).isEqualTo(RunState.FAILED);

            scene.full();

            assertThat(feed(scene)).isEqualTo(before);
        }
    }

    @Test
    void aRegistryThatDoesNotKnowThePlaceIsReadInFullByItself() {
        try (Scene scene = Scene.on(new MemoryHost()).members(MEMBERS, 3).start()) {
            scene.full();
            // As after the registry was restored from an earlier copy of another room.
            scene.host().storage().inTransaction(session -> {
                SyncPosition position = session.runs().position(Scene.INTEGRATION);
                session.runs()
                        .savePosition(
                                Scene.INTEGRATION,
                                new SyncPosition(
                                        Optional.of(new Cursor("f_unknown")),
                                        position.fullSyncAt(),
                                        position.syncAt(),
                                        position.standing()));
                return true;
            });

            Run delta = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(delta.failure().flatMap(RunFailure::fault)).contains(Fault.CURSOR_EXPIRED);
            List<Run> runs = scene.engine()
                    .host()
                    .runs()
                    .list(Scene.INTEGRATION, Optional.empty(), 10)
                    .items();
            assertThat(runs)
                    .anyMatch(run -> run.trigger() == Trigger.EXPIRED_FEED
                            && run.kind() == RunKind.FULL
                            && run.state() == RunState.COMPLETED);
            scene.delta();
        }
    }

    @Test
    void aMovedRegistryIsReadInFullBeforeItsFeed() {
        try (Scene scene = Scene.on(new MemoryHost()).members(MEMBERS, 3).start();
                CornerstoneSimulator moved = CornerstoneSimulator.builder()
                        .time(scene.time())
                        .members(MEMBERS)
                        .seed(3)
                        .start()) {
            scene.full();
            URI address = moved.baseUrl();
            scene.engine()
                    .host()
                    .integrations()
                    .add(IntegrationDraft.of(
                                    Scene.INTEGRATION,
                                    HostSide.ORGANIZATION,
                                    "cornerstone",
                                    address,
                                    new Credentials.ApiKey(moved.apiKey()))
                            .moved());

            assertThat(scene.engine().host().runs().startDelta(Scene.INTEGRATION))
                    .isInstanceOf(StartAnswer.Unavailable.class);
            scene.full();
            moved.update("m_1", "{\"contact\":{\"email\":\"one@example.test\"}}");
            scene.delta();

            assertThat(scene.row("m_1")).containsEntry("email", "one@example.test");
        }
    }

    @Test
    void aFeedThatLeadsInACircleEnds() {
        DoctoredConnector.Doctor doctor = new DoctoredConnector.Doctor();
        try (Scene scene = Scene.on(new MemoryHost())
                .members(MEMBERS, 3)
                .options(options -> options.connector(doctor))
                .start()) {
            scene.full();
            scene.registry().applyRandomChanges(20, 1);
            doctor.circling = true;

            Run delta = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(delta.state()).isEqualTo(RunState.FAILED);
            assertThat(delta.failure().flatMap(RunFailure::fault)).contains(Fault.UNREADABLE);
            assertThat(delta.failure().orElseThrow().message()).contains("led back");
            doctor.circling = false;
            scene.full();
            Rows.assertSame("after a full sync", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.fault.Fault;
import io.membersync.model.Caller;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry that asks for a long silence: the run is laid aside, durably, and goes on where it was. */
@Requirement("R14")
class ParkedRunTest {

    private static final int MEMBERS = 60;
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private static Scene start(HostSide host, int status, int from) {
        Scene scene = Scene.on(host).members(MEMBERS, 5).pageSize(25).start();
        scene.registry()
                .faults()
                .on("GET /members")
                .from(from)
                .times(1)
                .then(io.membersync.testkit.simulator.Fault.answer(status, Map.of("Retry-After", "3600"), ""));
        return scene;
    }

    private static Run now(Scene scene, Run run) {
        return scene.engine().host().runs().progress(run.id()).run();
    }

    @ParameterizedTest
    @CsvSource({"429, THROTTLED", "503, REGISTRY_DOWN"})
    void waitsAndGoesOnAtItsCheckpointByItself(int status, Fault fault) {
        try (Scene scene = start(Place.H2_FILE.open(folder), status, 2)) {
            Run parked = scene.engine().fullSync(Scene.INTEGRATION);
            Instant until = parked.parkedUntil().orElseThrow();

            assertThat(parked.state()).isEqualTo(RunState.QUEUED);
            assertThat(parked.failure().flatMap(RunFailure::fault)).contains(fault);
            assertThat(Duration.between(scene.engine().time().instant(), until)).isBetween(HOUR.minusSeconds(9), HOUR);
            long asked = scene.registry().requests().count();
            scene.engine().time().advance(HOUR.minusSeconds(10));
            assertThat(scene.engine().tick()).noneMatch(run -> run.state() == RunState.RUNNING);
            assertThat(scene.registry().requests().count())
                    .as("asked in the silence")
                    .isEqualTo(asked);

            scene.engine().time().advance(Duration.ofSeconds(10));
            scene.engine().tick();

            Run done = now(scene, parked);
            assertThat(done.state()).isEqualTo(RunState.COMPLETED);
            assertThat(done.parkedUntil()).isEmpty();
            assertThat(done.failure()).isEmpty();
            assertThat(done.counts().read()).isEqualTo(MEMBERS);
            assertThat(scene.activeRows()).hasSize(MEMBERS);
        }
    }

    @Test
    void staysLaidAsideWhenTheEngineStartsAnew() {
        try (Scene scene = start(Place.H2_FILE.open(folder), 429, 2)) {
            Run parked = scene.engine().fullSync(Scene.INTEGRATION);
            long asked = scene.registry().requests().count();

            scene.engine().close();
            try (ManualEngine next = scene.anotherEngine()) {
                next.tick();

                assertThat(next.host().runs().progress(parked.id()).run()).isEqualTo(parked);
                assertThat(scene.registry().requests().count()).isEqualTo(asked);
                next.time().advance(HOUR);
                next.tick();
                assertThat(next.host().runs().progress(parked.id()).run().state())
                        .isEqualTo(RunState.COMPLETED);
            }
        }
    }

    @Test
    void isSeenAsWhatItIsAndCanBeCancelled() {
        try (Scene scene = start(new MemoryHost(), 429, 1)) {
            Run parked = scene.engine().fullSync(Scene.INTEGRATION);
            var runs = scene.engine().as(Caller.globalAdministrator("root")).runs();

            assertThat(runs.startFull(Scene.INTEGRATION))
                    .isEqualTo(new StartAnswer.AlreadyActive(parked.id(), RunState.QUEUED));
            runs.cancel(parked.id());

            assertThat(now(scene, parked).state()).isEqualTo(RunState.CANCELLED);
            assertThat(now(scene, parked).parkedUntil()).isEmpty();
        }
    }

    @Test
    void failsWhenADayOfWaitingHasNotBeenEnough() {
        try (Scene scene = start(new MemoryHost(), 429, 1)) {
            scene.registry()
                    .faults()
                    .on("GET /members")
                    .then(io.membersync.testkit.simulator.Fault.answer(429, Map.of("Retry-After", "40000"), ""));
            Run run = scene.engine().fullSync(Scene.INTEGRATION);
            for (int i = 0; i < 3; i++) {
                scene.engine().time().advance(Duration.ofSeconds(40_001));
                scene.engine().tick();
            }

            assertThat(now(scene, run).state()).isEqualTo(RunState.FAILED);
            assertThat(now(scene, run).failure().flatMap(RunFailure::fault)).contains(Fault.THROTTLED);
        }
    }
}

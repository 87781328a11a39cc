package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StaleVersionException;
import io.membersync.http.RetryPolicy;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.Plans;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An approved plan whose run comes to no end waits for a decision again, and nobody is led astray about that. */
@Requirement({"B8", "R3"})
class ApprovedPlanTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void isApprovedAgainAfterItsRunHasFailed(Place place) {
        try (Scene scene = held(place.open(folder))) {
            Plan plan = MassChangeTest.held(scene);
            Map<String, SortedMap<String, String>> before = scene.activeRows();

            Run failed = failed(scene, plan);

            assertThat(failed.failure().orElseThrow().advice()).contains("approve it again", "resume");
            assertThat(look(scene, plan.id())).isEqualTo(PlanState.WAITING);
            Rows.assertSame("untouched", scene.activeRows(), before);

            approve(scene, plan);
            assertThat(scene.engine().tick()).extracting(Run::state).containsExactly(RunState.COMPLETED);
            assertApplied(scene, plan);
        }
    }

    @Test
    void isTurnedDownAfterItsRunHasFailed() {
        try (Scene scene = held(new MemoryHost())) {
            Plan plan = MassChangeTest.held(scene);
            Run failed = failed(scene, plan);

            plans(scene).reject(plan.id(), "They are there after all");

            assertThat(look(scene, plan.id())).isEqualTo(PlanState.REJECTED);
            assertThat(scene.engine().host().runs().resume(failed.id()))
                    .isInstanceOfSatisfying(
                            StartAnswer.Unavailable.class,
                            answer -> assertThat(answer.reason()).contains("rejected"));
        }
    }

    @Test
    void isAppliedWhenItsFailedRunIsResumed() {
        try (Scene scene = held(new MemoryHost())) {
            Plan plan = MassChangeTest.held(scene);
            Run failed = failed(scene, plan);

            assertThat(scene.engine().host().runs().resume(failed.id())).isInstanceOf(StartAnswer.Queued.class);
            assertThat(look(scene, plan.id())).isEqualTo(PlanState.APPROVED);
            assertThat(scene.engine().tick()).extracting(Run::state).containsExactly(RunState.COMPLETED);

            assertApplied(scene, plan);
        }
    }

    @Test
    void waitsAgainWhenItsRunIsCancelled() {
        try (Scene scene = held(new MemoryHost())) {
            Plan plan = MassChangeTest.held(scene);
            RunId run = approve(scene, plan);
            assertThatThrownBy(() -> plans(scene).reject(plan.id(), "Too late"))
                    .isInstanceOf(StaleVersionException.class);
            assertThat(plans(scene).approve(plan.id(), plan.contents().digest(), "Again"))
                    .isInstanceOfSatisfying(
                            StartAnswer.AlreadyActive.class,
                            answer -> assertThat(answer.run()).isEqualTo(run));

            scene.engine().host().runs().cancel(run);

            assertThat(look(scene, plan.id())).isEqualTo(PlanState.WAITING);
            assertThat(scene.engine().host().runs().resume(run))
                    .isInstanceOfSatisfying(
                            StartAnswer.Unavailable.class,
                            answer -> assertThat(answer.reason()).contains("approve its plan"));
            approve(scene, plan);
            assertThat(scene.engine().tick()).extracting(Run::state).endsWith(RunState.COMPLETED);
            assertApplied(scene, plan);
        }
    }

    private static Scene held(HostSide host) {
        return PlanTest.held(Scene.on(host).options(builder -> builder.retries(RetryPolicy.NONE)), MassChange.REMOVED);
    }

    /** Applying it asks the registry for each record once more, which fails. */
    private static Run failed(Scene scene, Plan plan) {
        scene.registry().faults().on("GET *").then(Fault.status(503));
        approve(scene, plan);
        Run run = scene.engine().tick().get(0);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        scene.registry().faults().clear();
        return run;
    }

    private static RunId approve(Scene scene, Plan plan) {
        StartAnswer answer = plans(scene).approve(plan.id(), plan.contents().digest(), "They left");
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        return ((StartAnswer.Queued) answer).run();
    }

    private static void assertApplied(Scene scene, Plan plan) {
        assertThat(look(scene, plan.id())).isEqualTo(PlanState.APPLIED);
        Rows.assertSame("applied", scene.activeRows(), RegistryRow.all(scene.registry()));
    }

    private static PlanState look(Scene scene, PlanId plan) {
        return plans(scene).look(plan).state();
    }

    private static Plans plans(Scene scene) {
        return scene.engine().host().plans();
    }
}

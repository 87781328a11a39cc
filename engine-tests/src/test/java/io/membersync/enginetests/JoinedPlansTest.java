package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.plan.ChangeKind;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Plans;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What successive deltas lead the guard to hold waits as one plan, with one sum. */
@Requirement({"B8", "R2", "R3"})
class JoinedPlansTest {

    private static final int MEMBERS = 40;
    private static final int EACH = 9;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void aLaterPlanHoldsWhatWaitedBefore(Place place) {
        try (Scene scene = MassChangeTest.scene(Scene.on(place.open(folder)), MEMBERS)) {
            for (int i = 0; i < 3; i++) {
                holdMore(scene, MassChange.REMOVED, 1 + i * EACH);
            }

            Plan plan = onlyOneWaits(scene);
            assertThat(plan.contents().counts().count(ChangeKind.REMOVE)).isEqualTo(3 * EACH);
            assertThat(plans(scene).changes(plan.id(), Optional.empty(), 100).items())
                    .hasSize(3 * EACH);

            approve(scene, plan);
            Rows.assertSame("applied", scene.activeRows(), RegistryRow.all(scene.registry()));
            assertThat(plans(scene).look(plan.id()).contents().applied()).isEqualTo(3 * EACH);
        }
    }

    @Test
    void aRecordThatWaitsTwiceWaitsAsItWasReadLast() {
        try (Scene scene = MassChangeTest.scene(Scene.on(new MemoryHost()), MEMBERS)) {
            holdMore(scene, MassChange.PHONE_BLANKED, 1);
            holdMore(scene, MassChange.DEACTIVATED, 5);

            Plan plan = onlyOneWaits(scene);
            assertThat(plan.contents().counts().count(ChangeKind.BLANKING)).isEqualTo(EACH);
            assertThat(plan.contents().counts().count(ChangeKind.DEACTIVATE)).isEqualTo(EACH);
            assertThat(plans(scene).changes(plan.id(), Optional.empty(), 100).items())
                    .hasSize(13);

            approve(scene, plan);
            Rows.assertSame("applied", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @Test
    void whatHasChangedSinceTheFirstWaitedIsSkipped() {
        try (Scene scene = MassChangeTest.scene(Scene.on(new MemoryHost()), MEMBERS)) {
            holdMore(scene, MassChange.PHONE_BLANKED, 1);
            scene.edit("m_2", MemberField.MOBILE, FieldValue.text("+4799999999"));
            holdMore(scene, MassChange.PHONE_BLANKED, 1 + EACH);

            Plan plan = onlyOneWaits(scene);
            approve(scene, plan);

            assertThat(plans(scene).look(plan.id()).contents().applied()).isEqualTo(2 * EACH - 1);
            assertThat(scene.row("m_2")).containsEntry("mobile", "+4799999999");
        }
    }

    @Test
    void whatWasTurnedDownOrHasExpiredDoesNotJoin() {
        try (Scene scene = MassChangeTest.scene(Scene.on(new MemoryHost()), MEMBERS)) {
            holdMore(scene, MassChange.PHONE_BLANKED, 1);
            plans(scene).reject(onlyOneWaits(scene).id(), "They have phones");
            holdMore(scene, MassChange.PHONE_BLANKED, 1 + EACH);
            assertThat(onlyOneWaits(scene).contents().counts().count(ChangeKind.BLANKING))
                    .isEqualTo(EACH);

            scene.time().advance(Duration.ofDays(8));
            holdMore(scene, MassChange.DEACTIVATED, 1 + 2 * EACH);

            assertThat(onlyOneWaits(scene).contents().counts().count(ChangeKind.BLANKING))
                    .isZero();
        }
    }

    private static void holdMore(Scene scene, MassChange what, int first) {
        what.make(scene.registry(), first, EACH);
        assertThat(what.run(scene).state()).isEqualTo(RunState.HELD);
        scene.time().advance(Duration.ofHours(1));
    }

    private static Plan onlyOneWaits(Scene scene) {
        List<Plan> waiting = plans(scene)
                .list(Scene.INTEGRATION, Set.of(PlanState.WAITING), Optional.empty(), 100)
                .items();
        assertThat(waiting).hasSize(1);
        return waiting.get(0);
    }

    private static void approve(Scene scene, Plan plan) {
        assertThat(plans(scene).approve(plan.id(), plan.contents().digest(), "They left"))
                .isInstanceOf(StartAnswer.Queued.class);
        assertThat(scene.engine().tick().get(0).state()).isEqualTo(RunState.COMPLETED);
    }

    private static Plans plans(Scene scene) {
        return scene.engine().host().plans();
    }
}

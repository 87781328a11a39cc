package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many members a registry may change in which way, whole runs over real HTTP. */
@Requirement({"B8", "R2", "D1"})
class MassChangeTest {

    @ParameterizedTest(name = "{1} of {2} {0}: {3}")
    @CsvSource({
        "REMOVED, 59, 300, COMPLETED",
        "REMOVED, 60, 300, COMPLETED",
        "REMOVED, 61, 300, HELD",
        "ABSENT, 59, 300, COMPLETED",
        "ABSENT, 60, 300, COMPLETED",
        "ABSENT, 61, 300, HELD",
        "DEACTIVATED, 60, 300, COMPLETED",
        "DEACTIVATED, 61, 300, HELD",
        "DEACTIVATED_IN_A_LISTING, 61, 300, HELD",
        "PHONE_BLANKED, 60, 300, COMPLETED",
        "PHONE_BLANKED, 120, 300, HELD",
        "ROLELESS, 60, 300, COMPLETED",
        "ROLELESS, 300, 300, HELD",
        "ONE_ROLE_LESS, 61, 300, HELD",
        "BORN_ELSEWHEN, 60, 300, COMPLETED",
        "BORN_ELSEWHEN, 61, 300, HELD",
        "MOVED_HOUSE, 90, 300, COMPLETED",
        "MOVED_HOUSE, 91, 300, HELD",
        "MOVED_HOUSE_IN_A_LISTING, 91, 300, HELD",
        "MOVED_HOUSE, 50, 60, COMPLETED",
        "MOVED_HOUSE, 51, 60, HELD",
        "PAID, 300, 300, COMPLETED",
        "REMOVED, 5, 24, COMPLETED",
        "REMOVED, 6, 24, HELD",
        "ABSENT, 5, 24, COMPLETED",
        "ABSENT, 6, 24, HELD",
        "REMOVED, 5, 25, COMPLETED",
        "REMOVED, 6, 25, HELD",
        "REMOVED, 6, 30, COMPLETED",
        "REMOVED, 7, 30, HELD",
        "DEACTIVATED, 3, 3, COMPLETED",
        "ABSENT, 5, 6, COMPLETED",
        "PHONE_BLANKED, 6, 8, HELD",
        "NONE, 0, 10, COMPLETED",
    })
    void holdsWhatIsMoreThanItsShare(MassChange what, int changed, int members, RunState expected) {
        try (Scene scene = scene(members)) {
            Map<String, SortedMap<String, String>> before = scene.activeRows();
            what.make(scene.registry(), 1, changed);

            Run run = what.run(scene);

            assertThat(run.state()).as("%s", run.failure()).isEqualTo(expected);
            if (expected == RunState.COMPLETED) {
                Rows.assertSame("applied", scene.activeRows(), RegistryRow.all(scene.registry()));
                assertThat(plans(scene)).isEmpty();
            } else {
                assertThat(held(scene).contents().counts().counts().values())
                        .allSatisfy(count -> assertThat(count).isBetween(1L, (long) changed));
                if (what != MassChange.MOVED_HOUSE && what != MassChange.MOVED_HOUSE_IN_A_LISTING) {
                    Rows.assertSame("untouched", scene.activeRows(), before);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}, {2} hours later {3} {4}: {5}")
    @CsvSource({
        "REMOVED, 40, 1, REMOVED, 40, HELD",
        "REMOVED, 40, 1, REMOVED, 20, COMPLETED",
        "REMOVED, 40, 1, REMOVED, 21, HELD",
        "REMOVED, 40, 26, REMOVED, 40, COMPLETED",
        "REMOVED, 40, 26, REMOVED, 53, HELD",
        "REMOVED, 40, 2, ABSENT, 21, HELD",
        "REMOVED, 40, 2, DEACTIVATED, 60, COMPLETED",
        "DEACTIVATED, 30, 23, DEACTIVATED, 31, HELD",
        "MOVED_HOUSE, 45, 3, MOVED_HOUSE, 46, HELD",
        "MOVED_HOUSE, 45, 3, MOVED_HOUSE, 45, COMPLETED",
    })
    void countsWhatTheHoursBeforeLetThrough(
            MassChange first, int firstCount, int hours, MassChange second, int secondCount, RunState expected) {
        try (Scene scene = scene(300)) {
            first.make(scene.registry(), 1, firstCount);
            assertThat(first.run(scene).state()).isEqualTo(RunState.COMPLETED);
            scene.time().advance(Duration.ofHours(hours));
            second.make(scene.registry(), 1 + firstCount, secondCount);

            assertThat(second.run(scene).state()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"MEMORY", "H2_FILE", "POSTGRES"})
    void appliesWhatIsHarmlessWhileItHoldsTheRest(
            Place place, @org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        try (Scene scene = scene(Scene.on(place.open(folder)), 60)) {
            MassChange.REMOVED.make(scene.registry(), 1, 13);
            MassChange.MOVED_HOUSE.make(scene.registry(), 21, 5);
            String fresh = scene.registry().create("{\"person\":{\"firstName\":\"Ny\",\"lastName\":\"Medlem\"}}");

            Run run = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.HELD);
            assertThat(run.counts().removed()).isZero();
            assertThat(run.counts().updated()).isEqualTo(5);
            assertThat(run.counts().created()).isEqualTo(1);
            assertThat(scene.activeRows()).hasSize(61).containsKey(fresh);
            assertThat(scene.row("m_21")).containsEntry("city", "Bodø");
        }
    }

    static Scene scene(int members) {
        return scene(Scene.on(new MemoryHost()), members);
    }

    static Scene scene(Scene.Setup setup, int members) {
        Scene scene = setup.members(members, 5).pageSize(100).start();
        MassChange.fill(scene.registry());
        scene.full();
        return scene;
    }

    static List<Plan> plans(Scene scene) {
        return scene.engine()
                .host()
                .plans()
                .list(Scene.INTEGRATION, Set.of(), Optional.empty(), 100)
                .items();
    }

    static Plan held(Scene scene) {
        Plan plan = plans(scene).get(0);
        assertThat(plan.state()).isEqualTo(PlanState.WAITING);
        return plan;
    }
}

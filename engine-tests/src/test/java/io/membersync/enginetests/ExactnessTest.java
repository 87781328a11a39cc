package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.run.Run;
import io.membersync.testkit.simulator.cornerstone.AppliedChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After every run the host holds exactly what it should. */
class ExactnessTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void holdsExactlyWhatTheRegistryHoldsAfterEveryRun(Place place) {
        try (Scene scene =
                Scene.on(place.open(folder)).members(160, 5).pageSize(40).start()) {
            Run first = scene.full();
            assertThat(first.counts().created()).isEqualTo(160);
            Rows.assertSame("at the end", scene.activeRows(), RegistryRow.all(scene.registry()));
            for (int round = 0; round < 6; round++) {
                scene.time().advance(Duration.ofDays(2));
                scene.registry().applyRandomChanges(30, round);
                scene.delta();
                Rows.assertSame("round " + round, scene.activeRows(), RegistryRow.all(scene.registry()));
            }
            Run quiet = scene.full();
            assertThat(scene.absences(quiet)).isEmpty();
            Rows.assertSame("at the end", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aFullReadAloneBringsEverythingDeletionsAndMergesToo(Place place) {
        try (Scene scene =
                Scene.on(place.open(folder)).members(120, 6).pageSize(25).start()) {
            scene.full();
            for (int round = 0; round < 3; round++) {
                scene.time().advance(Duration.ofDays(2));
                Set<String> gone = new HashSet<>(scene.activeRows().keySet());
                List<AppliedChange> changes = scene.registry().applyRandomChanges(40, 100 + round);
                Run full = scene.full();
                Map<String, SortedMap<String, String>> expected = RegistryRow.all(scene.registry());
                gone.removeAll(expected.keySet());
                assertThat(changes).isNotEmpty();
                assertThat(gone).isNotEmpty();
                assertThat(full.counts().absent()).isEqualTo(gone.size());
                assertThat(full.counts().removed()).isEqualTo(gone.size());
                assertThat(scene.absences(full)).isEmpty();
                Rows.assertSame("full, round " + round, scene.activeRows(), expected);
                scene.delta();
                Rows.assertSame("delta, round " + round, scene.activeRows(), RegistryRow.all(scene.registry()));
            }
        }
    }

    @Test
    void endsAMergedMemberInFavorOfOneThatTheSameDeltaBrought() {
        try (Scene scene = Scene.on(new MemoryHost()).members(20, 7).start()) {
            scene.full();
            var before = scene.member("m_3");
            String fresh = scene.registry().create("{\"person\":{\"firstName\":\"Ny\",\"lastName\":\"Dobbelt\"}}");
            scene.registry().merge("m_3", fresh);
            scene.delta();
            assertThat(scene.member(fresh)).isNotEqualTo(before);
            Rows.assertSame("at the end", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }
}

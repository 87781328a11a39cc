package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.fault.Fault;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A place in the change feed that the registry has forgotten. */
@Requirement("B2")
class ExpiredFeedTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void aFullSyncFollowsByItselfAndFindsANewPlace(Place place) {
        try (Scene scene =
                Scene.on(place.open(folder)).members(50, 3).pageSize(20).start()) {
            scene.full();
            scene.registry().applyRandomChanges(10, 1);
            scene.time().advance(Duration.ofDays(31));
            scene.registry().applyRandomChanges(10, 2);

            Run delta = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(delta.state()).isEqualTo(RunState.FAILED);
            assertThat(delta.failure().flatMap(RunFailure::fault)).contains(Fault.CURSOR_EXPIRED);
            List<Run> runs = scene.engine()
                    .host()
                    .runs()
                    .list(Scene.INTEGRATION, Optional.empty(), 10)
                    .items();
            assertThat(runs)
                    .filteredOn(run -> run.trigger() == Trigger.EXPIRED_FEED)
                    .singleElement()
                    .satisfies(run -> {
                        assertThat(run.kind()).isEqualTo(RunKind.FULL);
                        assertThat(run.state()).isEqualTo(RunState.COMPLETED);
                    });

            scene.registry().applyRandomChanges(10, 4);
            scene.delta();
            var expected = RegistryRow.all(scene.registry());
            var held = scene.activeRows();
            // Deletions that only the forgotten part of the feed told are listed as absent, not applied.
            held.keySet().retainAll(expected.keySet());
            Rows.assertSame("after the recovery", held, expected);
        }
    }
}

package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What lists of runs promise. */
@Requirement("E2")
abstract class RunListContract {

    private final Supplier<StorageRig> rigs;

    RunListContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void runsAreListedNewestFirstInSlices() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            finished("run-" + i, INTEGRATION, NOW.plusSeconds(i / 2));
            expected.add(0, "run-" + i);
        }
        finished("other", OTHER, NOW);

        List<Slice<Run>> slices = rigs.get()
                .slices(cursor -> rigs.get().read(session -> session.runs().list(INTEGRATION, cursor, 3)));

        assertThat(StorageRig.items(slices)).extracting(run -> run.id().value()).containsExactlyElementsOf(expected);
        assertThat(slices).extracting(slice -> slice.items().size()).containsExactly(3, 3, 1);
    }

    @Test
    void aRunKeepsItsPlaceInTheListWhenItIsSaved() {
        finished("run-1", INTEGRATION, NOW);
        finished("run-2", INTEGRATION, NOW.plusSeconds(1));

        save(find(new RunId("run-1")).orElseThrow().in(RunState.CANCELLED, NOW.plusSeconds(9), Optional.empty()));

        assertThat(list()).extracting(run -> run.id().value()).containsExactly("run-2", "run-1");
        assertThat(list().get(1).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aListStaysRightWhileNewRunsArrive() {
        for (int i = 0; i < 4; i++) {
            finished("run-" + i, INTEGRATION, NOW.plusSeconds(i));
        }
        Slice<Run> first = rigs.get().read(session -> session.runs().list(INTEGRATION, Optional.empty(), 2));
        finished("run-9", INTEGRATION, NOW.plusSeconds(9));

        Slice<Run> second = rigs.get().read(session -> session.runs().list(INTEGRATION, first.next(), 2));

        assertThat(second.items()).extracting(run -> run.id().value()).containsExactly("run-1", "run-0");
        assertThat(second.next()).isEmpty();
    }

    @Test
    @Requirement("G1")
    void unfinishedRunsOfAllIntegrationsComeOldestFirst() {
        add(run("young", IntegrationId.of("a"), NOW.plusSeconds(3)));
        Run old = run("old", IntegrationId.of("b"), NOW.plusSeconds(1));
        add(old);
        save(old.taken(NOW.plusSeconds(4), 1));
        add(run("middle", IntegrationId.of("c"), NOW.plusSeconds(2)));
        Run paused = run("paused", IntegrationId.of("d"), NOW);
        add(paused);
        save(paused.in(RunState.PAUSED, NOW, Optional.empty()));
        finished("finished", IntegrationId.of("e"), NOW);

        assertThat(rigs.get().list(session -> session.runs().unfinished()))
                .extracting(run -> run.id().value())
                .containsExactly("old", "middle", "young");
    }

    private void finished(String id, IntegrationId integration, Instant queuedAt) {
        Run run = run(id, integration, queuedAt);
        assertThat(add(run)).isTrue();
        save(run.in(RunState.COMPLETED, queuedAt, Optional.empty()));
    }

    private List<Run> list() {
        return rigs.get()
                .read(session -> session.runs().list(INTEGRATION, Optional.empty(), 10))
                .items();
    }

    private boolean add(Run run) {
        return rigs.get().read(session -> session.runs().add(run));
    }

    private void save(Run run) {
        rigs.get().write(session -> session.runs().save(run));
    }

    private Optional<Run> find(RunId id) {
        return rigs.get().read(session -> session.runs().find(id));
    }
}

package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunFailure;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.storage.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What runs promise. */
@Requirement("B3")
abstract class RunStoreContract {

    private final Supplier<StorageRig> rigs;

    RunStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void aRunComesBackAsItWentInWhateverItHolds() {
        int number = 0;
        for (RunKind kind : RunKind.values()) {
            for (Trigger trigger : Trigger.values()) {
                for (RunState state : RunState.values()) {
                    Run run = full("run-" + number, kind, trigger, state, number);
                    number++;

                    assertThat(add(run)).isTrue();

                    assertThat(find(run.id())).contains(run);
                }
            }
        }
    }

    @Test
    void aNewRunComesBackAsItWentIn() {
        add(run("run-1"));

        assertThat(find(new RunId("run-1"))).contains(run("run-1"));
        assertThat(find(new RunId("run-2"))).isEmpty();
    }

    @Test
    void aSecondActiveRunOfAnIntegrationIsRefused() {
        for (RunState state : List.of(RunState.QUEUED, RunState.RUNNING, RunState.PAUSED)) {
            String name = state.name();
            IntegrationId integration = IntegrationId.of("registry " + name);
            Run first = run(name + "-1", integration, NOW);
            add(first);
            save(first.in(state, NOW, Optional.empty()));

            assertThat(add(run(name + "-2", integration, NOW.plusSeconds(1)))).isFalse();

            assertThat(find(new RunId(name + "-2"))).isEmpty();
            assertThat(active(integration)).map(Run::id).contains(first.id());
        }
    }

    @Test
    void aRunIsTakenOnceTheOneBeforeIsNoLongerActive() {
        Instant at = NOW;
        for (RunState state : List.of(RunState.COMPLETED, RunState.FAILED, RunState.CANCELLED)) {
            at = at.plusSeconds(1);
            Run run = run("after-" + state.name(), INTEGRATION, at);
            assertThat(add(run)).isTrue();
            save(run.in(state, at, Optional.empty()));

            assertThat(active(INTEGRATION)).isEmpty();
        }

        assertThat(add(run("last"))).isTrue();
    }

    @Test
    void aFailedRunCanBecomeActiveAgain() {
        Run run = run("run-1");
        add(run);
        save(run.in(RunState.FAILED, NOW, Optional.empty()));

        save(run.in(RunState.QUEUED, NOW, Optional.empty()));

        assertThat(active(INTEGRATION)).contains(run);
        assertThat(add(run("run-2"))).isFalse();
    }

    @Test
    void integrationsDoNotStandInEachOthersWay() {
        assertThat(add(run("run-1"))).isTrue();

        assertThat(add(run("run-2", OTHER, NOW))).isTrue();

        assertThat(active(OTHER)).map(Run::id).contains(new RunId("run-2"));
    }

    @Test
    @Requirement("B4")
    void aSavedRunStandsAsItWasSavedLast() {
        Run run = run("run-1");
        add(run);
        Run later = run.taken(NOW.plusSeconds(1), 3)
                .expecting(4_711)
                .at(
                        new Run.Checkpoint(
                                        new Cursor("page-2"), "m_17", true, false, Optional.of(new Cursor("f")), true)
                                .pausing(Map.of("email", "stands in no record")),
                        new RunCounts(1, 2, 3, 4, 5, 6, 7, 8));

        save(later);

        assertThat(find(run.id())).contains(later);
        assertThat(active(INTEGRATION)).contains(later);
    }

    @Test
    @Requirement("B4")
    void aCheckpointHoldsTheLongestCursor() {
        Cursor longest = new Cursor("å".repeat(10_000));
        Run run = run("run-1");
        add(run);

        save(run.at(
                new Run.Checkpoint(longest, "😀".repeat(100), false, true, Optional.of(longest), false),
                RunCounts.ZERO));

        assertThat(find(run.id()).orElseThrow().checkpoint().cursor()).isEqualTo(longest);
        assertThat(find(run.id()).orElseThrow().checkpoint().lastId()).isEqualTo("😀".repeat(100));
        assertThat(find(run.id()).orElseThrow().checkpoint().feedPosition()).contains(longest);
    }

    @Test
    void nothingIsAskedOfARunAtFirst() {
        add(run("run-1"));

        assertThat(asked("run-1")).isEqualTo(RunStore.Ask.GO_ON);
    }

    @Test
    void whatWasAskedLastHoldsAndASaveKeepsIt() {
        Run run = run("run-1");
        add(run);
        ask("run-1", RunStore.Ask.PAUSE);
        ask("run-1", RunStore.Ask.CANCEL);

        save(run.taken(NOW, 0));

        assertThat(asked("run-1")).isEqualTo(RunStore.Ask.CANCEL);
        ask("run-1", RunStore.Ask.GO_ON);
        assertThat(asked("run-1")).isEqualTo(RunStore.Ask.GO_ON);
    }

    @Test
    void whatIsAskedOfOneRunIsNotAskedOfAnother() {
        add(run("run-1"));
        add(run("run-2", OTHER, NOW));

        ask("run-1", RunStore.Ask.PAUSE);

        assertThat(asked("run-2")).isEqualTo(RunStore.Ask.GO_ON);
    }

    private static Run full(String id, RunKind kind, Trigger trigger, RunState state, int number) {
        Fault[] faults = Fault.values();
        Optional<Fault> fault = number % 3 == 0 ? Optional.empty() : Optional.of(faults[number % faults.length]);
        return new Run(
                new RunId(id),
                StorageSamples.SOUTH,
                IntegrationId.of("registry " + number),
                kind,
                trigger,
                "Kari «admin» O'Ås 😀",
                state,
                NOW.plusSeconds(number),
                Optional.of(NOW.plusNanos(1_000L * number)),
                state.active() ? Optional.empty() : Optional.of(NOW.plusSeconds(100)),
                new Run.Checkpoint(
                        new Cursor("c"),
                        "m_" + number,
                        number % 2 == 0,
                        number % 3 == 0,
                        Optional.empty(),
                        number % 5 == 0),
                new RunCounts(Long.MAX_VALUE, 1, 2, 3, 4, 5, 6, 7),
                Optional.of(0L),
                Optional.of(new RunFailure(fault, "page 7: the answer was cut\noff", "Nothing needs to be done.")),
                number % 2 == 0 ? Optional.empty() : Optional.of((long) number),
                number % 3 == 0 ? Optional.empty() : Optional.of(number + 1L),
                number % 2 == 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(number)));
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

    private Optional<Run> active(IntegrationId integration) {
        return rigs.get().read(session -> session.runs().active(integration));
    }

    private void ask(String id, RunStore.Ask ask) {
        rigs.get().write(session -> session.runs().ask(new RunId(id), ask));
    }

    private RunStore.Ask asked(String id) {
        return rigs.get().read(session -> session.runs().asked(new RunId(id)));
    }
}

package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.audit.AuditKind;
import io.membersync.event.SyncEvent;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.Malformation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the host's process in a first full sync, in a second one after changes, and in a delta, each at a random moment;
 * what takes the run up has to come to what a run comes to that nobody killed. Every seed is one story;
 * {@code -Dmembersync.seed=N} tells others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {

    private static final int MEMBERS = 3_000;
    private static final int PAGE_SIZE = 50;
    private static final int ROWS = 50;
    private static final int PAGES = 3;
    private static final List<String> CHILD = List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private enum Phase {
        FIRST(RunKind.FULL, "GET /members", 0, 59),
        SECOND(RunKind.FULL, "GET /members", 100, 19),
        DELTA(RunKind.DELTA, "GET /changes", 300, 5);

        private final RunKind kind;
        private final String route;
        private final int changes;
        private final int commits;

        Phase(RunKind kind, String route, int changes, int commits) {
            this.kind = kind;
            this.route = route;
            this.changes = changes;
            this.commits = commits;
        }
    }

    private final CornerstoneSimulator registry = CornerstoneSimulator.builder()
            .members(MEMBERS)
            .seed(7)
            .time(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")))
            .start();

    private final Map<Phase, EndState> uninterrupted = new EnumMap<>(Phase.class);

    private EndState uninterrupted(Phase phase) {
        return Objects.requireNonNull(uninterrupted.get(phase), "the uninterrupted runs come first");
    }

    @BeforeAll
    void runWithoutInterruption() {
        InMemoryStorage storage = new InMemoryStorage();
        fresh();
        TestSync.addIntegration(storage, registry.baseUrl(), registry.apiKey(), PAGE_SIZE);
        for (Phase phase : Phase.values()) {
            registry.applyRandomChanges(phase.changes, phase.changes);
            TestSync.synced(TestSync.engine(storage).batches(ROWS, PAGES, Duration.ofHours(1)), phase.kind);
            uninterrupted.put(phase, EndState.of(storage));
        }
        assertThat(uninterrupted(Phase.FIRST).counts().created()).isEqualTo(MEMBERS - 2);
        assertThat(uninterrupted(Phase.SECOND).counts().absent()).isPositive();
        assertThat(uninterrupted(Phase.SECOND).counts().removed())
                .isEqualTo(uninterrupted(Phase.SECOND).counts().absent());
        assertThat(uninterrupted(Phase.DELTA).counts().removed()).isPositive();
    }

    @AfterAll
    void closeRegistry() {
        registry.close();
    }

    private void fresh() {
        registry.reset();
        registry.room().malform("m_17", Malformation.BROKEN_DATE);
        registry.room().malform("m_1811", Malformation.WRONG_TYPE);
    }

    static LongStream fewSeeds() {
        return LongStream.range(0, 2).map(i -> Long.getLong("membersync.seed", 1) + i);
    }

    static LongStream manySeeds() {
        return LongStream.range(0, 20).map(i -> Long.getLong("membersync.seed", 100) + i);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void survivesAKillOnPostgres(long seed, TestReporter reporter) throws InterruptedException {
        new Story(HostDatabase.postgres(), seed, reporter).tell(one(seed));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void survivesAKillOnH2(long seed, TestReporter reporter, @TempDir Path folder) throws InterruptedException {
        new Story(HostDatabase.h2(folder.resolve("host")), seed, reporter).tell(one(seed));
    }

    @Tag("thorough")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void survivesManyKillsOnPostgres(long seed, TestReporter reporter) throws InterruptedException {
        new Story(HostDatabase.postgres(), seed, reporter).tell(Set.of(Phase.values()));
    }

    @Tag("thorough")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void survivesManyKillsOnH2(long seed, TestReporter reporter, @TempDir Path folder) throws InterruptedException {
        new Story(HostDatabase.h2(folder.resolve("host")), seed, reporter).tell(Set.of(Phase.values()));
    }

    /** A first full sync, a second one, a delta, and so on. */
    private static Set<Phase> one(long seed) {
        return Set.of(Phase.values()[(int) Math.floorMod(seed - 1, (long) Phase.values().length)]);
    }

    /** One database through the phases, with a kill or two in those that are dangerous. */
    private final class Story {

        private final HostDatabase database;
        private final long seed;
        private final Random random;
        private final TestReporter reporter;
        private int kills;

        Story(HostDatabase database, long seed, TestReporter reporter) {
            this.database = database;
            this.seed = seed;
            this.random = new Random(seed);
            this.reporter = reporter;
        }

        void tell(Set<Phase> dangerous) throws InterruptedException {
            fresh();
            try (HostDatabase.Opened opened = database.open()) {
                TestSync.addIntegration(opened.storage(), registry.baseUrl(), registry.apiKey(), PAGE_SIZE);
            }
            for (Phase phase : Phase.values()) {
                registry.applyRandomChanges(phase.changes, phase.changes);
                registry.requests().clear();
                if (dangerous.contains(phase)) {
                    kills = 0;
                    killed(phase, List.of(phase.kind.name()));
                    if (random.nextInt(3) == 0) {
                        killed(phase, List.of());
                    }
                    complete(phase);
                } else {
                    undisturbed(phase);
                }
                if (phase.compareTo(Collections.max(dangerous)) >= 0) {
                    return;
                }
            }
        }

        private void undisturbed(Phase phase) {
            try (HostDatabase.Opened opened = database.open()) {
                TestSync.synced(
                        TestSync.engine(opened.storage()).batches(ROWS, PAGES, Duration.ofHours(1)), phase.kind);
            }
        }

        private void killed(Phase phase, List<String> kinds) throws InterruptedException {
            List<String> arguments = new ArrayList<>(
                    List.of(database.url(), database.user(), String.valueOf(ROWS), String.valueOf(PAGES)));
            arguments.addAll(kinds);
            int acknowledged = random.nextInt(phase.commits);
            Duration more = Duration.ofNanos(random.nextInt(40_000_000));
            reporter.publishEntry(
                    "kill", "seed " + seed + ", " + phase + ", after " + acknowledged + " commits and " + more);
            try (Child child = Child.start(CHILD, SyncChild.class, arguments)) {
                AtomicLong heard = new AtomicLong();
                child.expect(words -> words.startsWith("started"));
                if (acknowledged > 0) {
                    child.expect(words -> words.startsWith("ended")
                            || (words.startsWith("ack") && heard.incrementAndGet() >= acknowledged));
                }
                child.letGoOn(more);
                child.kill();
                kills++;
                nothingAcknowledgedIsLost(child);
            }
        }

        private void nothingAcknowledgedIsLost(Child child) {
            try (HostDatabase.Opened opened = database.open()) {
                Run stored = TestSync.newestRun(opened.storage());
                child.said().stream().filter(words -> words.startsWith("ack")).forEach(words -> {
                    String[] counts = words.split(" ", -1);
                    assertThat(stored.counts().pages()).isGreaterThanOrEqualTo(Long.parseLong(counts[1]));
                    assertThat(stored.counts().created()).isGreaterThanOrEqualTo(Long.parseLong(counts[2]));
                    assertThat(stored.counts().updated()).isGreaterThanOrEqualTo(Long.parseLong(counts[3]));
                    assertThat(stored.counts().removed()).isGreaterThanOrEqualTo(Long.parseLong(counts[4]));
                });
                if (child.said().contains("ended COMPLETED")) {
                    assertThat(stored.state()).isEqualTo(RunState.COMPLETED);
                }
            }
        }

        private void complete(Phase phase) {
            AtomicLong donePages = new AtomicLong(-1);
            long before = registry.requests().count(phase.route);
            try (HostDatabase.Opened opened = database.open()) {
                Run run;
                try (MemberSyncEngine engine = TestSync.engine(opened.storage())
                        .batches(ROWS, PAGES, Duration.ofHours(1))
                        .onSync(event -> {
                            if (event instanceof SyncEvent.Started started) {
                                donePages.set(started.run().counts().pages());
                            }
                        })
                        .build()) {
                    engine.start();
                    MemberSync sync = TestSync.of(engine);
                    run = TestSync.completed(
                            sync, TestSync.newestRun(opened.storage()).id());
                }
                EndState state = EndState.of(opened.storage());
                state.isEqualTo(uninterrupted(phase));
                nothingTwice(opened, state);
                asInTheRegistry(state);
                // The worker that took up read what was not committed, and no more; a killed one had read at most one
                // batch that was lost, one page ahead, and one whose answer it did not see.
                long requests = registry.requests().count(phase.route);
                long pages = run.counts().pages();
                if (donePages.get() >= 0) {
                    assertThat(requests - before).isEqualTo(pages - donePages.get());
                }
                assertThat(requests).isBetween(pages, pages + kills * (PAGES + 2L));
            }
        }

        private void nothingTwice(HostDatabase.Opened opened, EndState state) {
            long members = opened.number("SELECT COUNT(*) FROM ms_member");
            assertThat(members).isEqualTo(state.audited(AuditKind.MEMBER_CREATED));
            assertThat(opened.number("SELECT COUNT(DISTINCT member_id) FROM ms_link"))
                    .isEqualTo(members);
            assertThat(opened.number("SELECT COUNT(*) FROM ms_link WHERE member_id IS NOT NULL"))
                    .isEqualTo(members);
            assertThat(opened.number("SELECT COUNT(*) FROM ms_audit WHERE kind = 'RUN' AND summary LIKE '%COMPLETED'"))
                    .isEqualTo(opened.number("SELECT COUNT(*) FROM ms_run"));
        }

        private void asInTheRegistry(EndState state) {
            Map<String, String> records = state.records();
            registry.members()
                    .filter(member -> records.containsKey(member.id()))
                    .forEach(member -> assertThat(records.get(member.id()))
                            .contains("firstName="
                                    + member.text("/person/firstName").orElse("") + "\n")
                            .contains("lastName="
                                    + member.text("/person/lastName").orElse("") + "\n"));
            long standing = records.values().stream()
                    .filter(text -> text.startsWith("Optional.empty"))
                    .count();
            assertThat(standing).isEqualTo(registry.count() - state.quarantine().size());
        }
    }
}

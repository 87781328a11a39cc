package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.membersync.MemberSyncEngine;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.enginetests.crash.FailingStorage.Moment;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.run.JobRunner;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Lets every single transaction and every single call of the connector fail in turn, for good or once, and carries the
 * run on: it has to come to what an undisturbed one comes to, with one audit entry for every change.
 */
class KillAtEveryCallTest {

    private static final int MEMBERS = 60;
    private static final int PAGE_SIZE = 10;
    private static final int PAGES = 2;

    /** What is done to the registry before the run in question. */
    enum Phase {
        /** A first full sync. */
        FIRST(RunKind.FULL, "GET /members"),
        /** A full sync after changes. */
        SECOND(RunKind.FULL, "GET /members"),
        /** A delta after changes. */
        DELTA(RunKind.DELTA, "GET /changes");

        private final RunKind kind;
        private final String route;

        Phase(RunKind kind, String route) {
            this.kind = kind;
            this.route = route;
        }
    }

    private final CornerstoneSimulator registry = CornerstoneSimulator.builder()
            .members(MEMBERS)
            .seed(5)
            .time(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")))
            .start();

    private final Logger library = (Logger) LoggerFactory.getLogger("io.membersync");

    @BeforeEach
    void expectFailures() {
        library.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        library.setLevel(null);
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST, BEFORE_COMMIT, true",
        "FIRST, AFTER_COMMIT, true",
        "FIRST, BEFORE_COMMIT, false",
        "FIRST, AFTER_COMMIT, false",
        "SECOND, BEFORE_COMMIT, true",
        "SECOND, AFTER_COMMIT, true",
        "SECOND, BEFORE_COMMIT, false",
        "SECOND, AFTER_COMMIT, false",
        "DELTA, BEFORE_COMMIT, true",
        "DELTA, AFTER_COMMIT, true",
        "DELTA, BEFORE_COMMIT, false",
        "DELTA, AFTER_COMMIT, false"
    })
    void comesToTheSameWhicheverTransactionFails(Phase phase, Moment moment, boolean forGood) {
        Storage undisturbed = prepared(phase);
        FailingStorage counted = new FailingStorage(undisturbed, 0, moment, forGood);
        run(counted, phase, new AtomicInteger(), () -> {});
        EndState expected = EndState.of(undisturbed);
        assertThat(counted.done()).isGreaterThan(8);

        for (int n = 1; n <= counted.done(); n++) {
            Storage storage = prepared(phase);
            run(new FailingStorage(storage, n, moment, forGood), phase, new AtomicInteger(), () -> {});
            carryOn(storage);
            check(storage, phase, expected, "transaction " + n + " of " + counted.done());
            assertThat(ends(storage, phase)).as("transaction " + n).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void comesToTheSameWhicheverCallOfTheConnectorFails(Phase phase) {
        Storage undisturbed = prepared(phase);
        AtomicInteger calls = new AtomicInteger();
        run(new FailingStorage(undisturbed, 0, Moment.AFTER_COMMIT, false), phase, calls, () -> {});
        EndState expected = EndState.of(undisturbed);
        int all = calls.get();
        assertThat(all).isGreaterThan(2);

        for (int n = 1; n <= all; n++) {
            Storage storage = prepared(phase);
            AtomicInteger left = new AtomicInteger();
            int failing = n;
            run(new FailingStorage(storage, 0, Moment.AFTER_COMMIT, false), phase, left, () -> {
                if (left.get() == failing) {
                    throw new RegistryException(Fault.NETWORK, "A failure that the test made");
                }
            });
            carryOn(storage);
            check(storage, phase, expected, "call " + n + " of " + all);
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void comesToTheSameWhenTheProcessDiesInACallOfTheConnector(Phase phase) {
        Storage undisturbed = prepared(phase);
        AtomicInteger calls = new AtomicInteger();
        run(new FailingStorage(undisturbed, 0, Moment.AFTER_COMMIT, true), phase, calls, () -> {});
        EndState expected = EndState.of(undisturbed);

        for (int n = 1; n <= calls.get(); n++) {
            Storage storage = prepared(phase);
            FailingStorage dying = new FailingStorage(storage, 0, Moment.AFTER_COMMIT, true);
            AtomicInteger left = new AtomicInteger();
            int failing = n;
            run(dying, phase, left, () -> {
                if (left.get() == failing) {
                    dying.die();
                    throw new IllegalStateException("The process is dead");
                }
            });
            carryOn(storage);
            check(storage, phase, expected, "call " + n);
            assertThat(ends(storage, phase)).as("call " + n).isEqualTo(1);
        }
    }

    @Test
    void crashAtEveryPageRemovesNobody() {
        for (int page = 1; page <= MEMBERS / PAGE_SIZE; page++) {
            Storage storage = prepared(Phase.FIRST);
            run(new FailingStorage(storage, 0, Moment.AFTER_COMMIT, false), Phase.FIRST, new AtomicInteger(), () -> {});
            EndState before = EndState.of(storage);
            registry.requests().clear();

            FailingStorage dying = new FailingStorage(storage, 0, Moment.AFTER_COMMIT, true);
            int at = page;
            // The announcement of the total is asked for first.
            AtomicInteger calls = new AtomicInteger();
            run(dying, Phase.SECOND, calls, () -> {
                if (calls.get() == at + 1) {
                    dying.die();
                    throw new IllegalStateException("The process is dead");
                }
            });
            assertThat(registry.requests().count("GET /members")).isEqualTo(page - 1);
            carryOn(storage);

            Run run = TestSync.newestRun(storage);
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(run.counts().absent()
                            + run.counts().removed()
                            + run.counts().created())
                    .as("page " + page)
                    .isZero();
            assertThat(EndState.of(storage).records()).as("page " + page).isEqualTo(before.records());
        }
    }

    private Storage prepared(Phase phase) {
        registry.reset();
        InMemoryStorage storage = new InMemoryStorage();
        TestSync.addIntegration(storage, registry.baseUrl(), registry.apiKey(), PAGE_SIZE);
        if (phase != Phase.FIRST) {
            run(new FailingStorage(storage, 0, Moment.AFTER_COMMIT, false), Phase.FIRST, new AtomicInteger(), () -> {});
            change();
        }
        registry.requests().clear();
        return storage;
    }

    /** No member changes twice: how often one changes between two batches would depend on where they end. */
    private void change() {
        for (int i = 1; i <= 21; i++) {
            registry.update("m_" + i, "{\"contact\":{\"email\":\"new" + i + "@example.test\"}}");
        }
        registry.delete("m_31", "erased");
        registry.merge("m_32", "m_33");
        registry.create("{\"person\":{\"firstName\":\"Nora\"}}");
        registry.delete("m_44", "erased");
    }

    /** Carries a run out in this thread, until it comes to an end or to its failure. */
    private void run(FailingStorage storage, Phase phase, AtomicInteger calls, Runnable call) {
        Runnable counting = () -> {
            calls.incrementAndGet();
            call.run();
        };
        try (MemberSyncEngine engine = engine(storage, new SameThread(storage::count), counting)) {
            engine.start();
            TestSync.started(TestSync.of(engine), phase.kind);
        }
    }

    /** Starts the host again, which takes up what is left, and resumes what ended by the failure. */
    private static void carryOn(Storage storage) {
        try (MemberSyncEngine engine = engine(storage, new SameThread(on -> {}), () -> {})) {
            engine.start();
            Run run = TestSync.newestRun(storage);
            if (run.state() == RunState.FAILED) {
                TestSync.of(engine).runs().resume(run.id());
            }
        }
    }

    private static MemberSyncEngine engine(Storage storage, JobRunner runner, Runnable call) {
        return TestSync.engine(storage)
                .jobRunner(runner)
                .waiting(length -> {})
                .connector(WatchedConnector.factory(call, declared -> declared))
                .batches(PAGE_SIZE * PAGES, PAGES, Duration.ofHours(1))
                .build();
    }

    private void check(Storage storage, Phase phase, EndState expected, String where) {
        Run run = TestSync.newestRun(storage);
        assertThat(run.state()).as("%s: %s", where, run.failure()).isEqualTo(RunState.COMPLETED);
        EndState.of(storage).isEqualTo(expected, where);
        long pages = run.counts().pages();
        // Read again: at most one batch, and one page ahead of it.
        assertThat(registry.requests().count(phase.route)).as(where).isBetween(pages, pages + PAGES + 1);
    }

    private static long ends(Storage storage, Phase phase) {
        return storage.inTransaction(session ->
                session.audit().find(AuditQuery.of(TestSync.ORGANIZATION).only(AuditKind.RUN)).items().stream()
                        .filter(entry -> entry.run()
                                .equals(Optional.of(
                                        TestSync.newestRun(storage).id().value())))
                        .filter(entry -> entry.summary().equals(phase.kind + " " + RunState.COMPLETED))
                        .count());
    }

    /** Does each run at once, in the thread that submits it. */
    private static final class SameThread implements JobRunner {

        private final Consumer<Boolean> atWork;
        private Consumer<RunId> work = run -> {};

        SameThread(Consumer<Boolean> atWork) {
            this.atWork = atWork;
        }

        @Override
        public void start(Consumer<RunId> doing) {
            work = doing;
        }

        @Override
        public void submit(RunId run) {
            atWork.accept(true);
            try {
                work.accept(run);
            } finally {
                atWork.accept(false);
            }
        }

        @Override
        public void repeat(Duration interval, Runnable duty) {
            // Nothing comes here that would have to be looked for.
        }

        @Override
        public void soon(Runnable duty) {
            // Nothing comes here that would have to be done.
        }

        @Override
        public void close() {
            // There is no thread to stop.
        }
    }
}

package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membersync.MemberSyncEngine;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A worker freezes, another takes its run over and ends it; what the first one commits when it thaws is refused. */
class FencingTest {

    // Six pages in a batch each, and the end of the run.
    private static final int MEMBERS = 60;
    private static final int PAGE_SIZE = 10;

    @TempDir
    Path folder;

    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(MEMBERS).seed(3).start();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger().addAppender(logged);
    }

    @AfterEach
    void close() {
        logger().detachAppender(logged);
        registry.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.membersync");
    }

    @ParameterizedTest(name = "at commit {0}")
    @ValueSource(ints = {1, 4, 7})
    void refusesAFrozenWorkersLateCommitInMemory(int commit) throws InterruptedException {
        freezeAndTakeOver(new InMemoryStorage(), commit);
    }

    @ParameterizedTest(name = "at commit {0}")
    @ValueSource(ints = {4, 7})
    void refusesAFrozenWorkersLateCommitOnH2(int commit) throws InterruptedException {
        try (HostDatabase.Opened opened =
                HostDatabase.h2(folder.resolve("host")).open()) {
            freezeAndTakeOver(opened.storage(), commit);
        }
    }

    @ParameterizedTest(name = "at commit {0}")
    @ValueSource(ints = {4, 7})
    void refusesAFrozenWorkersLateCommitOnPostgres(int commit) throws InterruptedException {
        try (HostDatabase.Opened opened = HostDatabase.postgres().open()) {
            freezeAndTakeOver(opened.storage(), commit);
        }
    }

    // Closing the frozen engine in the middle is what this is about.
    @SuppressWarnings("try")
    private void freezeAndTakeOver(Storage storage, int commit) throws InterruptedException {
        TestSync.addIntegration(storage, registry.baseUrl(), registry.apiKey(), PAGE_SIZE);
        FreezingStorage freezing = new FreezingStorage(storage, commit);
        EndState before;
        Run stored;
        // Closing waits for the thawed worker's thread to end by itself.
        try (MemberSyncEngine frozen = engine(freezing)) {
            frozen.start();
            RunId run = TestSync.started(TestSync.of(frozen), RunKind.FULL);
            freezing.awaitFrozen();
            try (MemberSyncEngine other = engine(storage)) {
                other.start();
                Run done = TestSync.completed(TestSync.of(other), run);
                assertThat(done.counts().created()).isEqualTo(MEMBERS);
            }
            before = EndState.of(storage);
            stored = TestSync.newestRun(storage);
            freezing.thaw();
        }
        assertThat(freezing.refusals()).hasSize(1);
        assertThat(freezing.guarded()).as("it tries no more after the refusal").isEqualTo(commit);
        EndState.of(storage).isEqualTo(before);
        assertThat(TestSync.newestRun(storage)).isEqualTo(stored);
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    private static MemberSyncEngine engine(Storage storage) {
        return TestSync.engine(storage)
                .batches(PAGE_SIZE, 1, Duration.ofHours(1))
                .build();
    }
}

package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.audit.AuditQuery;
import io.membersync.enginetests.crash.FailingStorage.Moment;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.fault.StorageException;
import io.membersync.http.Credentials;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lets each transaction of a confirmation fail in turn: the organization is in, or it is as if nobody had tried. */
@Requirement("D3")
class KilledOnboardingTest {

    @ParameterizedTest
    @CsvSource({"BEFORE_COMMIT, true", "BEFORE_COMMIT, false", "AFTER_COMMIT, true", "AFTER_COMMIT, false"})
    void nothingIsHalfConfigured(Moment moment, boolean forGood) {
        try (CornerstoneSimulator registry =
                CornerstoneSimulator.builder().members(10).seed(2).start()) {
            int transactions = confirm(new FailingStorage(new InMemoryStorage(), 0, moment, forGood), registry);
            assertThat(transactions).isPositive();
            for (int n = 1; n <= transactions; n++) {
                Storage storage = new InMemoryStorage();
                FailingStorage failing = new FailingStorage(storage, n, moment, forGood);
                assertThatThrownBy(() -> confirm(failing, registry)).isInstanceOf(StorageException.class);

                // The last transaction is the one that stores; the library's own keys may be made before it.
                boolean stored = n == transactions && moment == Moment.AFTER_COMMIT;
                assertThat(there(storage)).as("transaction " + n).isEqualTo(stored ? 4 : 0);

                confirm(new FailingStorage(storage, 0, moment, false), registry);
                assertThat(there(storage)).as("confirmed again").isGreaterThanOrEqualTo(4);
                completed(storage);
            }
        }
    }

    private static int confirm(FailingStorage storage, CornerstoneSimulator registry) {
        try (MemberSyncEngine engine = TestSync.engine(storage).build()) {
            MemberSync sync = TestSync.of(engine);
            IntegrationDraft draft = IntegrationDraft.of(
                            TestSync.INTEGRATION,
                            TestSync.ORGANIZATION,
                            "cornerstone",
                            registry.baseUrl(),
                            new Credentials.ApiKey(registry.apiKey()))
                    .schedule(SyncSchedule.everyMinutes(60));
            storage.count(true);
            sync.onboarding()
                    .confirm(
                            draft,
                            Optional.of(new EnrichmentBasis(TestSync.ORGANIZATION, "why", "law", ZoneOffset.UTC)));
            return storage.done();
        } finally {
            storage.count(false);
        }
    }

    /** How many parts of the whole are there: the integration, its run, its enrichment, the audit. */
    private static long there(Storage storage) {
        return storage.inTransaction(session -> session.settings().list().size()
                + session.runs()
                        .list(TestSync.INTEGRATION, Optional.empty(), 10)
                        .items()
                        .size()
                + (session.enrichmentSettings().find(TestSync.ORGANIZATION).isPresent() ? 1 : 0)
                + (session.audit()
                                .find(AuditQuery.of(TestSync.ORGANIZATION))
                                .items()
                                .isEmpty()
                        ? 0
                        : 1));
    }

    private static void completed(Storage storage) {
        try (MemberSyncEngine engine = TestSync.engine(storage).build()) {
            engine.start();
            Run run = TestSync.atRest(
                    TestSync.of(engine), TestSync.newestRun(storage).id());
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(run.counts().created()).isEqualTo(10);
        }
    }
}

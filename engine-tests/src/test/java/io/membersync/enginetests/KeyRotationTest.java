package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSyncEngine;
import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditQuery;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.WebhookSecret;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.fault.AccessDeniedException;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyUse;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host's master key is changed while everything runs. */
@Requirement({"D5", "R17"})
class KeyRotationTest {

    private static final int ORGANIZATIONS = 50;
    private static final int MEMBERS = 8;
    private static final WebhookSecret SECRET = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private final TestKeys keys = new TestKeys();
    private final List<CornerstoneSimulator> registries = new ArrayList<>();

    KeyRotationTest() {
        keys.use("2025", 1);
    }

    @AfterEach
    void close() {
        registries.forEach(CornerstoneSimulator::close);
    }

    @Test
    @Requirement("D5")
    void theMasterKeyIsChangedWhileFiftyOrganizationsSync(@TempDir Path folder) {
        Storage storage = Place.POSTGRES.open(folder).storage();
        try (MemberSyncEngine engine = engine(storage)) {
            for (int i = 0; i < ORGANIZATIONS; i++) {
                add(engine, i);
            }
            engine.as(Caller.host())
                    .enrichments()
                    .activate(new EnrichmentBasis(organization(0), "purpose", "law", ZoneId.of("Europe/Oslo")));
            List<String> before = sealed(storage);
            engine.start();
            everybodySyncs(engine);

            registries.forEach(registry -> registry.faults().on("*").then(Fault.delay(Duration.ofMillis(30))));
            for (int i = 0; i < ORGANIZATIONS; i++) {
                start(engine, i);
                if (i == 5) {
                    keys.use("2026", 2);
                }
                if (i % 10 == 9) {
                    engine.as(Caller.host()).masterKeys().sealAnew();
                }
            }
            untilAllEnded(engine);
            allCompleted(engine);
            engine.as(Caller.host()).masterKeys().sealAnew();

            assertThat(engine.as(Caller.host()).masterKeys().inUse())
                    .singleElement()
                    .satisfies(use -> {
                        assertThat(use.key()).isEqualTo("2026");
                        // Credentials and webhooks of each, the key of the audit, and one of the hashes.
                        assertThat(use.secrets()).isEqualTo(2 * ORGANIZATIONS + 2);
                    });
            assertThat(sealed(storage)).doesNotContainAnyElementsOf(before);
            keys.letGo("2025");
            everybodySyncs(engine);
            assertThat(registries)
                    .allSatisfy(registry -> assertThat(registry.requests().requests(request -> request.status() >= 400))
                            .isEmpty());
            assertThat(engine.as(Caller.host())
                            .audit()
                            .find(AuditQuery.of(organization(7)))
                            .items())
                    .anySatisfy(entry -> assertThat(entry.summary()).contains("sealed under the master key '2026'"));
        }
        try (MemberSyncEngine afterwards = engine(storage)) {
            assertThat(afterwards.as(Caller.host()).audit().verify(organization(0)))
                    .isInstanceOf(AuditCheck.Intact.class);
        }
    }

    @Test
    @Requirement("D5")
    void aCiphertextOfAnotherOrganizationsDoesNotOpen(@TempDir Path folder) {
        Storage storage = Place.MEMORY.open(folder).storage();
        try (MemberSyncEngine engine = engine(storage)) {
            add(engine, 0);
            add(engine, 1);
            keys.use("2026", 2);
            engine.as(Caller.host()).masterKeys().sealAnew();
            StoredIntegration ours = stored(storage, 0);
            StoredIntegration theirs = stored(storage, 1);
            storage.inTransaction(session -> {
                session.settings()
                        .save(new StoredIntegration(
                                ours.integration(),
                                theirs.sealedCredentials(),
                                theirs.sealedWebhookSecrets(),
                                Optional.empty()));
                return true;
            });

            ConnectionReport report = engine.as(Caller.host()).integrations().test(integration(0));

            assertThat(report).isInstanceOfSatisfying(ConnectionReport.Failed.class, failed -> {
                assertThat(failed.fault()).isEqualTo(io.membersync.fault.Fault.CREDENTIALS);
                assertThat(failed.advice()).contains("does not open");
            });
            assertThat(registries.get(0).requests().count()).isZero();
        }
    }

    @Test
    @Requirement("D5")
    void aKeyThatIsGoneIsTold(@TempDir Path folder) {
        Storage storage = Place.MEMORY.open(folder).storage();
        try (MemberSyncEngine engine = engine(storage)) {
            add(engine, 0);
            keys.letGo("2025");
            keys.use("2026", 2);

            assertThat(engine.as(Caller.host()).masterKeys().sealAnew()).isZero();
            assertThat(engine.as(Caller.host()).masterKeys().inUse())
                    .containsExactly(new KeyUse("2025", false, false, 3, 0), new KeyUse("2026", true, true, 0, 0));
            assertThat(engine.as(Caller.host()).integrations().test(integration(0)))
                    .isInstanceOfSatisfying(
                            ConnectionReport.Failed.class,
                            failed -> assertThat(failed.advice()).contains("'2025'", "bring the key back"));
        }
    }

    @Test
    void organizationsDoNotSeeTheHostsKeys(@TempDir Path folder) {
        Caller ours = Caller.organizationAdministrator("Kari", organization(0));
        try (MemberSyncEngine engine = engine(Place.MEMORY.open(folder).storage())) {
            assertThatThrownBy(() -> engine.as(ours).masterKeys().inUse()).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> engine.as(ours).masterKeys().sealAnew()).isInstanceOf(AccessDeniedException.class);
        }
    }

    private MemberSyncEngine engine(Storage storage) {
        return MemberSyncEngine.builder(storage)
                .keys(keys)
                .testMode()
                .manualInterval(Duration.ZERO)
                .parallelRuns(4)
                .build();
    }

    private void add(MemberSyncEngine engine, int number) {
        CornerstoneSimulator registry =
                CornerstoneSimulator.builder().members(MEMBERS).seed(number).start();
        registries.add(registry);
        engine.as(Caller.host())
                .integrations()
                .add(IntegrationDraft.of(
                        integration(number),
                        organization(number),
                        "cornerstone",
                        registry.baseUrl(),
                        new Credentials.ApiKey(registry.apiKey())));
        engine.as(Caller.host()).integrations().webhookSecrets(integration(number), List.of(SECRET));
    }

    private static IntegrationId integration(int number) {
        return IntegrationId.of("registry-" + number);
    }

    private static OrganizationId organization(int number) {
        return OrganizationId.of("organization-" + number);
    }

    private static StoredIntegration stored(Storage storage, int number) {
        return storage.inTransaction(session -> session.settings().find(integration(number)))
                .orElseThrow();
    }

    /** Everything that is sealed of integrations. */
    private static List<String> sealed(Storage storage) {
        List<String> sealed = new ArrayList<>();
        storage.inTransaction(session -> session.settings().list()).forEach(stored -> {
            sealed.add(stored.sealedCredentials());
            sealed.add(stored.sealedWebhookSecrets().orElseThrow());
        });
        return sealed;
    }

    private void everybodySyncs(MemberSyncEngine engine) {
        IntStream.range(0, ORGANIZATIONS).forEach(number -> start(engine, number));
        untilAllEnded(engine);
        allCompleted(engine);
    }

    private static void untilAllEnded(MemberSyncEngine engine) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> runs(engine).stream().noneMatch(run -> run.state().active()));
    }

    private static void start(MemberSyncEngine engine, int number) {
        assertThat(engine.as(Caller.host()).runs().startFull(integration(number)))
                .isInstanceOf(StartAnswer.Queued.class);
    }

    private static void allCompleted(MemberSyncEngine engine) {
        assertThat(runs(engine)).allSatisfy(run -> {
            assertThat(run.state()).as("%s", run.failure()).isEqualTo(RunState.COMPLETED);
            assertThat(run.counts().read()).isEqualTo(MEMBERS);
        });
    }

    /** The newest run of each. */
    private static List<Run> runs(MemberSyncEngine engine) {
        return IntStream.range(0, ORGANIZATIONS)
                .mapToObj(number -> engine.as(Caller.host())
                        .runs()
                        .list(integration(number), Optional.empty(), 1)
                        .items()
                        .get(0))
                .toList();
    }
}

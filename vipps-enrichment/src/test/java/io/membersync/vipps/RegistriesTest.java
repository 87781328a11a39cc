package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSyncEngine;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** From the login to each kind of registry, with the engine's own threads and the real clock. */
@Requirement("F1")
class RegistriesTest {

    private static final IntegrationId REGISTRY = IntegrationId.of("registry");
    private static final String NUMBER = "10915596784";
    private static final String OTHER = "02813299952";

    private final TestReporter reporter;
    private final Storage storage = new InMemoryStorage();
    private final VippsSimulator vipps = VippsSimulator.start(Clock.systemUTC());
    private final MemberSyncEngine engine = MemberSyncEngine.builder(storage)
            .keys(KeyProvider.random())
            .testMode()
            .build();
    private final VippsEnrichment enrichment =
            VippsEnrichment.on(engine, IdentityProfile.vippsAt(vipps.origin(), vipps.clientId()));

    RegistriesTest(TestReporter reporter) {
        this.reporter = reporter;
    }

    @AfterEach
    void close() {
        engine.close();
        vipps.close();
    }

    private void start(IntegrationDraft draft) {
        engine.start();
        var host = engine.as(Caller.host());
        host.integrations().add(draft);
        host.enrichments().activate(new EnrichmentBasis(World.US, "Certain identification", "Law, § 1", World.OSLO));
        host.runs().startFull(REGISTRY);
        await(() -> host.runs().list(REGISTRY, Optional.empty(), 1).items().stream()
                .anyMatch(run -> !run.state().active()));
        await(() -> vipps.keyFetches() > 0);
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(condition::getAsBoolean);
    }

    private EnrichmentAnswer logIn(String record, String number) {
        IssuedLogin login = vipps.logIn(VippsPerson.with(number), World.NONCE, TokenFault.NONE);
        return enrichment.onLogin(
                Caller.host(),
                World.member(storage, REGISTRY, record),
                VippsLogin.of(login.idToken(), World.Json.object(login.userinfo())),
                World.NONCE);
    }

    private EnrichmentState state(String record) {
        MemberId member = World.member(storage, REGISTRY, record);
        return storage.inTransaction(session -> session.enrichments().load(member)).stream()
                .map(EnrichmentTask::state)
                .findFirst()
                .orElseThrow();
    }

    /** Logs in, waits until the registry's answer is noted, and tells how long that took. */
    private void toTheEnd(String record, String number, EnrichmentState end) {
        long start = System.nanoTime();
        assertThat(logIn(record, number)).isEqualTo(new EnrichmentAnswer.Queued(1));
        await(() -> state(record) == end);
        reporter.publishEntry(
                end.name(), Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms after the login began");
    }

    @Test
    void cornerstoneHasIt() {
        try (CornerstoneSimulator registry =
                CornerstoneSimulator.builder().members(20).seed(5).start()) {
            start(IntegrationDraft.of(
                    REGISTRY, World.US, "cornerstone", registry.baseUrl(), new Credentials.ApiKey(registry.apiKey())));
            String record = registry.members()
                    .filter(member -> member.text("/hasNin").orElse("").equals("false"))
                    .findFirst()
                    .orElseThrow()
                    .id();

            toTheEnd(record, NUMBER, EnrichmentState.STORED);

            assertThat(registry.room().holdsNationalId(record, NUMBER)).isTrue();
            registry.assertNoViolations();
        }
    }

    @Test
    @Requirement("F3")
    void consioHasItAndKeepsWhatItHas() {
        try (ConsioSimulator registry =
                ConsioSimulator.builder().members(20).seed(5).start()) {
            start(IntegrationDraft.of(
                    REGISTRY, World.US, "consio", registry.baseUrl(), new Credentials.ApiKey(registry.apiKey())));
            long id = registry.members()
                    .filter(member -> member.text("harPersonnr").orElse("").equals("false"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            String record = String.valueOf(id);
            registry.faults().on("POST /medlemmer/{id}/personnr").times(1).then(Fault.answerLost());

            toTheEnd(record, NUMBER, EnrichmentState.STORED);
            assertThat(registry.holdsNationalId(id, NUMBER)).isTrue();
            toTheEnd(record, OTHER, EnrichmentState.TO_REVIEW);
            assertThat(registry.holdsNationalId(id, NUMBER)).isTrue();
            toTheEnd(record, NUMBER, EnrichmentState.CONFIRMED);
            registry.assertNoViolations();
        }
    }

    @Test
    @Requirement("F3")
    void dataverseHasItAndKeepsWhatItHas() {
        try (DataverseSimulator registry = DataverseSimulator.builder()
                .members(20)
                .seed(5)
                .apiKey("X-API-Key", "portal-key")
                .start()) {
            registry.switches().securedColumns(true);
            start(IntegrationDraft.of(
                            REGISTRY, World.US, "dynamics", registry.baseUrl(), new Credentials.ApiKey("portal-key"))
                    .setting("nationalIdColumn", "hlf_nationalid"));
            String record = registry.ids().iterator().next();

            toTheEnd(record, NUMBER, EnrichmentState.STORED);
            assertThat(registry.value(record, "hlf_nationalid")).contains(NUMBER);
            toTheEnd(record, OTHER, EnrichmentState.TO_REVIEW);
            assertThat(registry.value(record, "hlf_nationalid")).contains(NUMBER);
            assertThat(registry.violations()).isEmpty();
        }
    }
}

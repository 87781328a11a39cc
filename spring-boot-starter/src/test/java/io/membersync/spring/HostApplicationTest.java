package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.connector.WebhookSecret;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.spring.host.Imports;
import io.membersync.spring.host.Members;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.cornerstone.WebhookSender;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole application over a simulated registry: web server, database, Actuator. */
@Requirement("G4")
class HostApplicationTest {

    private static final String HOOKS = "/membersync/webhooks/" + RunningHost.INTEGRATION;
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private static final CornerstoneSimulator REGISTRY =
            CornerstoneSimulator.builder().members(60).start();
    private static final RunningHost HOST = RunningHost.start("host");

    @BeforeAll
    static void synchronizeOnce() {
        HOST.onboard(REGISTRY);
        HOST.sync().runs().startFull(RunningHost.INTEGRATION);
        assertThat(HOST.untilOver()).isEqualTo(RunState.COMPLETED);
    }

    @AfterAll
    static void close() {
        HOST.close();
        REGISTRY.close();
    }

    @Test
    void membersComeIntoTheHostsOwnTable() {
        assertThat(HOST.count("SELECT COUNT(*) FROM app_member WHERE organization = 'our-association'"))
                .isEqualTo(60);
    }

    @Test
    void anEditAndItsAnnouncementStandOrFallTogether() {
        String member = HOST.bean(JdbcClient.class)
                .sql("SELECT id FROM app_member ORDER BY id LIMIT 1")
                .query(String.class)
                .single();
        String changed = "SELECT COUNT(*) FROM app_member WHERE email = 'new@example.org'";
        long marks = HOST.count("SELECT COUNT(*) FROM ms_edit_mark");

        assertThatThrownBy(() -> HOST.bean(Imports.class).failAfterChanging(member, "new@example.org"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(HOST.count(changed)).isZero();
        assertThat(HOST.count("SELECT COUNT(*) FROM ms_edit_mark")).isEqualTo(marks);

        HOST.bean(Members.class).changeEmail(member, "new@example.org");
        assertThat(HOST.count(changed)).isEqualTo(1);
        assertThat(HOST.count("SELECT COUNT(*) FROM ms_edit_mark")).isEqualTo(marks + 1);
    }

    @Test
    void actuatorTellsHowIntegrationsAre() throws IOException, InterruptedException {
        HttpResponse<String> health = HOST.get("/actuator/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"membersync\"", "\"our-cornerstone\"", "\"nextStep\"", "\"lastSuccess\"");
    }

    @Test
    @Requirement("E5")
    void metricsTellOfRunsAndRequests() {
        for (String meter : List.of("run", "run.wait", "records", "request", "sync")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(HOST.get("/actuator/metrics/membersync." + meter)
                                    .body())
                            .as(meter)
                            .contains("\"integration\"", "our-cornerstone"));
        }
    }

    @Test
    void webhooksAreTakenAndStrangersRefused() throws IOException, InterruptedException {
        HOST.sync().integrations().webhookSecrets(RunningHost.INTEGRATION, List.of(new WebhookSecret(SECRET)));
        WebhookSender sender = REGISTRY.webhooks(HOST.address(HOOKS), SECRET);
        WebhookSender stranger = REGISTRY.webhooks(HOST.address(HOOKS), OTHER);
        REGISTRY.applyRandomChanges(1, 3);

        assertThat(stranger.send()).isNotEmpty().containsOnly(401);
        assertThat(sender.send()).isNotEmpty().containsOnly(202);
        assertThat(HOST.post("/membersync/webhooks/nobodys", new byte[2])).isEqualTo(401);
        assertThat(HOST.post("/membersync/webhooks/%20", new byte[2])).isEqualTo(401);
        assertThat(HOST.get(HOOKS).statusCode()).isEqualTo(405);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> HOST.lastRun().trigger() == Trigger.WEBHOOK);
        assertThat(HOST.untilOver()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void webhooksThatAreTooLargeAreRefused() throws IOException, InterruptedException {
        assertThat(HOST.post(HOOKS, new byte[256 * 1024])).isEqualTo(401);
        assertThat(HOST.post(HOOKS, new byte[256 * 1024 + 1])).isEqualTo(413);
        assertThat(HOST.postChunked(HOOKS, new byte[256 * 1024 + 1])).isEqualTo(413);
    }

    @Test
    void actuatorShowsNoSecretEvenWhenItIsToShowValues() throws IOException, InterruptedException {
        for (String endpoint : List.of("env", "configprops")) {
            String shown = HOST.get("/actuator/" + endpoint).body();
            assertThat(shown).as(endpoint).contains("membersync").doesNotContain(Settings.SECRET);
        }
    }

    @Test
    void itStartsLastAndStopsFirst() {
        int ours = HOST.bean(EngineLifecycle.class).getPhase();
        Map<String, SmartLifecycle> parts = HOST.context().getBeansOfType(SmartLifecycle.class);

        assertThat(ours).isEqualTo(MemberSyncAutoConfiguration.PHASE);
        assertThat(parts.values())
                .allSatisfy(part -> assertThat(part.getPhase()).isLessThanOrEqualTo(ours));
        assertThat(parts.entrySet().stream()
                        .filter(part -> part.getKey().startsWith("webServer"))
                        .map(part -> part.getValue().getPhase()))
                .hasSize(2)
                .allMatch(phase -> phase < ours);
    }

    @Test
    void aRedLightIsToldAndTakesNobodyOutOfService() throws IOException, InterruptedException {
        try (CornerstoneSimulator revoked =
                        CornerstoneSimulator.builder().members(3).start();
                RunningHost host = RunningHost.start("revoked")) {
            host.onboard(revoked);
            revoked.revokeKey(revoked.apiKey());
            host.sync().runs().startFull(RunningHost.INTEGRATION);
            assertThat(host.untilOver()).isEqualTo(RunState.FAILED);

            HttpResponse<String> all = host.get("/actuator/health");
            HttpResponse<String> ours = host.get("/actuator/health/membersync");

            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(all.body()).contains("\"status\":\"UP\"");
            assertThat(ours.statusCode()).isEqualTo(200);
            assertThat(ours.body()).contains("\"status\":\"ATTENTION\"", "\"state\":\"failing\"", "\"red\":1");
            host.bean(JdbcClient.class).sql("DROP ALL OBJECTS").update();
            assertThat(host.get("/actuator/health/membersync").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aRunThatIsStoppedInTheMiddleGoesOnAtTheNextStart() {
        try (CornerstoneSimulator slow = CornerstoneSimulator.builder()
                .members(200)
                .latency(Duration.ofMillis(60))
                .start()) {
            long stored;
            try (RunningHost host = RunningHost.start("stopped", "membersync.batches.pages=1")) {
                host.onboard(slow);
                host.sync().runs().startFull(RunningHost.INTEGRATION);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> host.lastRun().counts().created() > 20);
            }
            try (RunningHost host = RunningHost.start("stopped")) {
                stored = host.lastRun().counts().created();
                assertThat(host.untilOver()).isEqualTo(RunState.COMPLETED);
                assertThat(host.lastRun().counts().created()).isEqualTo(200);
                assertThat(host.count("SELECT COUNT(*) FROM app_member")).isEqualTo(200);
                assertThat(host.sync()
                                .runs()
                                .list(RunningHost.INTEGRATION, Optional.empty(), 10)
                                .items())
                        .hasSize(1);
            }
            assertThat(stored).as("stopped in the middle").isBetween(20L, 199L);
        }
    }
}

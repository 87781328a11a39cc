package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.membersync.connector.StandardWebhooks;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.AccessDeniedException;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.WebhookSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks over HTTP into a host's address: hints that end in one read of the feed, and nothing else. */
@Requirement("B2")
class WebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Duration GATHERED = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private @Nullable Scene scene;
    private @Nullable HttpServer host;

    private Scene open(Place place) throws IOException {
        Scene opened = Scene.on(place.open(folder)).members(60, 12).pageSize(20).start();
        scene = opened;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            WebhookRequest request = new WebhookRequest(
                    exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
            IntegrationId integration = IntegrationId.of(path.substring("/hooks/".length()));
            int status = opened.engine().receive(integration, request).status();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        host = server;
        opened.engine().host().integrations().webhookSecrets(Scene.INTEGRATION, List.of(new WebhookSecret(SECRET)));
        opened.full();
        return opened;
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.stop(0);
        }
        if (scene != null) {
            scene.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void manyWebhooksEndInOneReadOfTheFeed(Place place) throws IOException {
        Scene opened = open(place);
        WebhookSender sender = sender(opened);
        opened.registry().applyRandomChanges(40, 1);

        assertThat(sender.sendShuffled(7)).hasSizeGreaterThanOrEqualTo(40).containsOnly(202);
        assertThat(opened.engine().tick()).as("still gathering").isEmpty();
        opened.time().advance(GATHERED);
        List<Run> runs = opened.engine().tick();

        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.trigger()).isEqualTo(Trigger.WEBHOOK);
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
        });
        Rows.assertSame("after the webhooks", opened.activeRows(), RegistryRow.all(opened.registry()));
        assertNothingMore(opened);

        assertThat(sender.sendAgain()).as("replayed").containsOnly(200);
        assertNothingMore(opened);
    }

    private static void assertNothingMore(Scene opened) {
        opened.time().advance(Duration.ofMinutes(10));
        assertThat(opened.engine().tick()).isEmpty();
    }

    @Test
    void webhooksWaitForARunThatSucceeds() throws IOException {
        Scene opened = open(Place.MEMORY);
        WebhookSender sender = sender(opened);
        opened.registry().applyRandomChanges(5, 1);
        sender.send();
        opened.registry().revokeKey(opened.registry().apiKey());
        opened.time().advance(GATHERED);

        assertThat(opened.engine().tick())
                .singleElement()
                .extracting(Run::state)
                .isEqualTo(RunState.FAILED);
        opened.time().advance(Duration.ofSeconds(30));
        assertThat(opened.engine().tick()).as("not at once again").isEmpty();
        opened.registry().restoreKeys();
        opened.time().advance(Duration.ofSeconds(31));

        assertThat(opened.engine().tick())
                .singleElement()
                .extracting(Run::state)
                .isEqualTo(RunState.COMPLETED);
        Rows.assertSame("after the webhooks", opened.activeRows(), RegistryRow.all(opened.registry()));
        assertNothingMore(opened);
    }

    @Test
    void aTrialArrivesAndStartsNothing() throws IOException {
        Scene opened = open(Place.MEMORY);

        assertThat(sender(opened).sendTrial()).isEqualTo(200);

        assertNothingMore(opened);
    }

    @Test
    void whatIsNotGenuineIsRefusedAndStartsNothing() throws IOException {
        Scene opened = open(Place.MEMORY);
        opened.registry().applyRandomChanges(3, 1);
        WebhookSender forger = opened.registry().webhooks(address(Scene.INTEGRATION.value()), OTHER);
        WebhookSender lost = opened.registry().webhooks(address("nobody"), SECRET);
        WebhookSender late = sender(opened);
        late.late(Duration.ofSeconds(301));
        opened.registry().applyRandomChanges(3, 2);

        assertThat(forger.send()).isNotEmpty().containsOnly(401);
        assertThat(lost.send()).isNotEmpty().containsOnly(401);
        assertThat(late.send()).isNotEmpty().containsOnly(401);
        assertThat(opened.engine()
                        .receive(Scene.INTEGRATION, new WebhookRequest(Map.of(), new byte[256 * 1024 + 1]))
                        .status())
                .isEqualTo(413);

        assertNothingMore(opened);
    }

    @Test
    void bothSecretsHoldWhileTheyAreChanged() throws IOException {
        Scene opened = open(Place.MEMORY);
        WebhookSender sender = sender(opened);
        sender.secrets(OTHER);
        opened.registry().applyRandomChanges(1, 1);
        assertThat(sender.send()).containsOnly(401);

        set(opened, SECRET, OTHER);
        assertThat(sender.sendAgain()).containsOnly(202);
        sender.secrets(SECRET);
        opened.registry().applyRandomChanges(1, 2);
        assertThat(sender.send()).containsOnly(202);

        set(opened, OTHER);
        opened.registry().applyRandomChanges(1, 3);
        assertThat(sender.send()).containsOnly(401);
        set(opened);
        sender.secrets(OTHER);
        assertThat(sender.sendAgain()).containsOnly(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "nonsense", ""})
    void aGenuineBodyThatIsNotReadableIsRefused(String body) throws IOException {
        Scene opened = open(Place.MEMORY);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var now = opened.time().instant();
        String signature = StandardWebhooks.sign(new WebhookSecret(SECRET), "msg_1", now, bytes);
        WebhookRequest request = new WebhookRequest(
                Map.of(
                        "webhook-id", List.of("msg_1"),
                        "webhook-timestamp", List.of(String.valueOf(now.getEpochSecond())),
                        "webhook-signature", List.of(signature)),
                bytes);

        assertThat(opened.engine().receive(Scene.INTEGRATION, request).status()).isEqualTo(401);
    }

    @Test
    void aStrangerCannotSetTheSecrets() throws IOException {
        Scene opened = open(Place.MEMORY);
        Caller stranger = Caller.organizationAdministrator("Eve", OrganizationId.of("other"));

        assertThatThrownBy(
                        () -> opened.engine().as(stranger).integrations().webhookSecrets(Scene.INTEGRATION, List.of()))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static void set(Scene opened, String... secrets) {
        opened.engine()
                .host()
                .integrations()
                .webhookSecrets(
                        Scene.INTEGRATION,
                        Arrays.stream(secrets).map(WebhookSecret::new).toList());
    }

    private WebhookSender sender(Scene opened) {
        return opened.registry().webhooks(address(Scene.INTEGRATION.value()), SECRET);
    }

    private URI address(String integration) {
        int port = Optional.ofNullable(host).orElseThrow().getAddress().getPort();
        return URI.create("http://127.0.0.1:" + port + "/hooks/" + integration);
    }
}

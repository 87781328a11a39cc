package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.TokenAuthority;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway gets an OAuth client's access tokens, shares and renews them, and shows them to nobody else. */
class GatewayTokensTest {

    private static final String SECRET = "s3cr3t~CANARY+/&=";

    private final TokenServer server = new TokenServer();
    private final GatewayFixture fixture = new GatewayFixture();

    @AfterEach
    void close() {
        fixture.close();
        server.close();
    }

    private HttpGateway open(String integration, String secret) {
        Credentials client = new Credentials.ClientSecret(
                new TokenAuthority(URI.create(server.url() + "/token"), TokenAuthority.ORIGIN + "/.default"),
                "client-1",
                secret);
        return fixture.gateways.open(
                IntegrationId.of(integration), URI.create(server.url() + "/api"), client, GatewayFixture.OPTIONS);
    }

    private HttpGateway open() {
        return open("hlf", SECRET);
    }

    private RegistryException failure() {
        RegistryException failure =
                catchThrowableOfType(RegistryException.class, () -> open().send(GatewayRequest.get("/members")));
        assertThat(failure).isNotNull();
        return failure;
    }

    private void awaitTokenRequest() {
        while (!server.gate.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void asksForATokenOnceAndSendsItWithEveryRequest() {
        HttpGateway gateway = open();
        gateway.send(GatewayRequest.get("/members"));
        gateway.send(GatewayRequest.of("PATCH", "/members/1", "application/json", new byte[] {'{', '}'}));

        assertThat(server.bearers).containsExactly("Bearer tokenCANARY1", "Bearer tokenCANARY1");
        assertThat(server.forms)
                .containsExactly("grant_type=client_credentials&client_id=client-1&scope=http%3A%2F%2F127.0.0.1%3A"
                        + URI.create(server.url()).getPort()
                        + "%2F.default&client_secret=s3cr3t%7ECANARY%2B%2F%26%3D");
    }

    @Test
    void sharesTheTokenBetweenGatewaysOfOneCredentialAlone() {
        open("hlf", SECRET).send(GatewayRequest.get("/a"));
        open("test", SECRET).send(GatewayRequest.get("/a"));
        assertThat(server.tokens).hasValue(1);

        open("nhf", "another").send(GatewayRequest.get("/a"));
        assertThat(server.tokens).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"3599,3298,3300", "60,47,49", "600,479,481", "1500,1199,1201"})
    void renewsFiveMinutesBeforeTheEndOrAfterFourFifthsOfAShortLife(int lifetime, int kept, int renewed) {
        server.lifetime = lifetime;
        HttpGateway gateway = open();
        gateway.send(GatewayRequest.get("/a"));
        fixture.time.advance(Duration.ofSeconds(kept));
        gateway.send(GatewayRequest.get("/a"));
        assertThat(server.tokens).hasValue(1);

        fixture.time.advance(Duration.ofSeconds(renewed - kept));
        gateway.send(GatewayRequest.get("/a"));
        assertThat(server.bearers).last().isEqualTo("Bearer tokenCANARY2");
    }

    @Test
    @Timeout(30)
    void asksOnceForAllThreadsThatWait() throws Exception {
        server.gate.drainPermits();
        HttpGateway gateway = open();
        List<Future<GatewayResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(fixture.executor.submit(() -> gateway.send(GatewayRequest.get("/a"))));
        }
        awaitTokenRequest();
        server.gate.release();
        for (Future<GatewayResponse> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }

        assertThat(server.tokens).hasValue(1);
        assertThat(server.bearers).hasSize(8).containsOnly("Bearer tokenCANARY1");
    }

    @Test
    @Timeout(30)
    void goesOnWithALastingTokenWhileSomebodyRenewsIt() throws Exception {
        HttpGateway gateway = open();
        gateway.send(GatewayRequest.get("/a"));
        fixture.time.advance(Duration.ofSeconds(3400));
        server.gate.drainPermits();
        Future<GatewayResponse> renewing = fixture.executor.submit(() -> gateway.send(GatewayRequest.get("/b")));
        awaitTokenRequest();

        gateway.send(GatewayRequest.get("/c"));

        assertThat(server.bearers).containsExactly("Bearer tokenCANARY1", "Bearer tokenCANARY1");
        server.gate.release();
        renewing.get();
        assertThat(server.bearers).last().isEqualTo("Bearer tokenCANARY2");
    }

    @Test
    void renewsOnceMoreWhenTheRegistryRefusesTheToken() {
        server.refused = "Bearer tokenCANARY1";

        assertThat(open().send(GatewayRequest.of("POST", "/a", "application/json", new byte[] {1}))
                        .status())
                .isEqualTo(200);
        assertThat(server.bearers).containsExactly("Bearer tokenCANARY1", "Bearer tokenCANARY2");
    }

    @Test
    void givesUpWhenTheNewTokenIsRefusedToo() {
        server.refused = ".*";

        RegistryException failure = failure();

        assertThat(failure.fault()).isEqualTo(Fault.CREDENTIALS);
        assertThat(failure.advice()).contains("environment URL", "application");
        assertThat(server.bearers).hasSize(2);
        assertThat(server.tokens).hasValue(2);
    }

    @Test
    void sendsNothingToAnotherOriginThanTheConfiguredOne() {
        try (TokenServer stranger = new TokenServer()) {
            RegistryException failure = catchThrowableOfType(
                    RegistryException.class,
                    () -> open().send(GatewayRequest.get(stranger.url() + "/api/contacts?$skiptoken=1")));

            assertThat(failure.fault()).isEqualTo(Fault.ENDPOINT);
            assertThat(stranger.bearers).isEmpty();
            assertThat(server.forms).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401,invalid_client,7000215,CREDENTIALS,client secret",
        "401,invalid_client,7000222,CREDENTIALS,expired",
        "401,invalid_client,0,CREDENTIALS,client secret",
        "400,unauthorized_client,700016,CREDENTIALS,client id and the tenant",
        "400,invalid_request,90002,CREDENTIALS,Check the tenant",
        "400,invalid_scope,70011,ENDPOINT,environment URL",
        "400,invalid_resource,500011,ENDPOINT,environment URL",
    })
    void namesWhatTheSignInServiceRefuses(int status, String error, int code, Fault fault, String advice) {
        server.tokenStatus = status;
        server.tokenBody = "{\"error\":\"" + error + "\",\"error_description\":\"AADSTS" + code + " " + SECRET
                + "\",\"error_codes\":[" + code + "],\"trace_id\":\"11111111-1111-1111-1111-111111111111\"}";

        RegistryException failure = failure();

        assertThat(failure.fault()).isEqualTo(fault);
        assertThat(failure.advice()).contains(advice);
        assertThat(failure)
                .hasMessageContaining(error)
                .hasMessageContaining("trace 11111111")
                .hasMessageNotContaining("CANARY");
        assertThat(server.bearers).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200,<html><body>Sign in</body></html>,ENDPOINT",
        "200,{\"access_token\":\"CANARY\"},ENDPOINT",
        "404,{},ENDPOINT",
        "503,{},REGISTRY_DOWN",
    })
    void blamesTheSignInServiceForAnAnswerThatIsNoToken(int status, String body, Fault fault) {
        server.tokenStatus = status;
        server.tokenBody = body;

        RegistryException failure = failure();

        assertThat(failure.fault()).isEqualTo(fault);
        assertThat(failure).hasMessageNotContaining("CANARY");
        assertThat(server.bearers).isEmpty();
    }

    @Test
    void showsNeitherSecretNorToken() {
        HttpGateway gateway = open();
        gateway.send(GatewayRequest.get("/a"));
        Credentials client = new Credentials.ClientSecret(TokenAuthority.entra("hlf.no"), "client-1", SECRET);

        assertThat(gateway + " " + client).doesNotContain("CANARY");
        assertThat(client).isEqualTo(new Credentials.ClientSecret(TokenAuthority.entra("hlf.no"), "client-1", SECRET));
        assertThat(client).isNotEqualTo(new Credentials.ClientSecret(TokenAuthority.entra("hlf.no"), "client-1", "x"));
    }

    @ParameterizedTest
    @CsvSource({"common", "organizations", "a/b", "a?b", "''"})
    void refusesATenantThatIsNone(String tenant) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> TokenAuthority.entra(tenant)))
                .isNotNull();
    }
}

package io.membersync.internal.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayFaultsTest {

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));
    private static final GatewayOptions ONCE =
            new GatewayOptions(GatewayFixture.PATIENT, RetryPolicy.NONE, RateLimit.UNLIMITED);

    private final GatewayFixture fixture = new GatewayFixture();

    @BeforeEach
    void start() {
        SERVER.start();
        SERVER.resetAll();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @ParameterizedTest
    @CsvSource({"400", "403", "404", "410", "500"})
    void aCodeThatTheCallerKnowsStandsForItsFaultWhateverTheStatus(int status) {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(status).withBody("{\"error\":{\"code\":\"0x8004435A\"}}")));
        GatewayRequest request =
                GatewayRequest.get("/members").accepting(400, 403).meaning("0x8004435a", Fault.CURSOR_EXPIRED);

        RegistryException failure = catchThrowableOfType(
                RegistryException.class,
                () -> fixture.open(SERVER.baseUrl() + "/api", ONCE).send(request));

        assertThat(failure.fault()).isEqualTo(Fault.CURSOR_EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED", "401, CREDENTIALS", "403, CREDENTIALS", "404, ENDPOINT", "405, ENDPOINT",
        "408, REGISTRY_DOWN", "409, CHANGED_MEANWHILE", "410, ENDPOINT", "412, CHANGED_MEANWHILE", "413, REJECTED",
        "415, REJECTED", "422, REJECTED", "425, REGISTRY_DOWN", "428, REJECTED", "429, THROTTLED",
        "500, REGISTRY_DOWN", "502, REGISTRY_DOWN", "503, REGISTRY_DOWN", "504, REGISTRY_DOWN", "300, ENDPOINT",
        "301, ENDPOINT", "304, ENDPOINT", "307, ENDPOINT",
    })
    void everyStatusIsAFaultOfItsOwn(int status, Fault expected) {
        RegistryException failure = failureOf(aResponse().withStatus(status));
        assertThat(failure.fault()).isEqualTo(expected);
        assertThat(failure).hasMessageStartingWith("Integration 'hlf': GET /api/members was answered with " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "401, https://errors.test/invalid-key, invalid-key, not known",
        "401, https://errors.test/key-revoked, key-revoked, revoked",
        "401, https://errors.test/key-expired, key-expired, expired",
        "403, https://errors.test/wrong-room, wrong-room, another organization or room",
        "403, https://errors.test/missing-scope, missing-scope, lacks a right",
    })
    void aRefusedKeySaysWhyWhereTheRegistryTells(int status, String type, String code, String meaning) {
        RegistryException failure = failureOf(aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/problem+json")
                .withBody("{\"type\":\"" + type + "\",\"detail\":\"Kari Nordmann\"}"));
        assertThat(failure.fault()).isEqualTo(Fault.CREDENTIALS);
        assertThat(failure).hasMessageContaining("(" + code + ")").hasMessageContaining(meaning);
        assertThat(failure).hasMessageNotContaining("Kari");
    }

    @Test
    void readsTheCodeOfANorwegianEnvelope() {
        assertThat(failureOf(aResponse()
                        .withStatus(403)
                        .withBody("{\"meldinger\":[{\"kode\":\"NOKKEL_STOPPET\",\"tekst\":\"Kari\"}]}")))
                .hasMessageContaining("NOKKEL_STOPPET")
                .hasMessageContaining("revoked")
                .hasMessageNotContaining("Kari");
    }

    @Test
    void namesTheFieldsOfARejectedRequestButNeverANumber() {
        RegistryException failure = failureOf(aResponse()
                .withStatus(422)
                .withBody("{\"type\":\"x/invalid\",\"errors\":[{\"pointer\":\"/contact/email\",\"code\":\"format\","
                        + "\"message\":\"kari@example.test\"},{\"pointer\":\"/members/13097248022\"}]}"));
        assertThat(failure.fault()).isEqualTo(Fault.REJECTED);
        assertThat(failure).hasMessageContaining("(invalid, /contact/email format)");
        assertThat(failure).hasMessageNotContaining("kari").hasMessageNotContaining("13097248022");
    }

    @Test
    void neverShowsAKeyThatTheRegistryRepeats() {
        for (int status : new int[] {400, 401, 422, 429, 503}) {
            answer(aResponse()
                    .withStatus(status)
                    .withBody("{\"type\":\"x/cs_CANARY-7f3a\",\"errors\":[{\"pointer\":\"/a/cs_CANARY-7f3a\","
                            + "\"code\":\"CANARY-7f3a\"},{\"pointer\":\"/contact/email\",\"code\":\"format\"}]}"));
            RegistryException failure = catchThrowableOfType(
                    RegistryException.class,
                    () -> gateway().send(GatewayRequest.get("/members").header("X-API-Key", "cs_CANARY-7f3a")));
            assertThat(failure).hasMessageNotContaining("CANARY").hasMessageContaining("/contact/email format");
        }
    }

    @Test
    void anExpiredCursorIsNotAWrongAddress() {
        assertThat(failureOf(aResponse().withStatus(410).withBody("{\"type\":\"https://errors.test/cursor-expired\"}"))
                        .fault())
                .isEqualTo(Fault.CURSOR_EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <p>Sign in</p>, HTML",
        "200, application/json, <!DOCTYPE html><html>, HTML",
        "200, '', '  <html>', HTML",
        "200, text/xml, <a/>, XML",
        "403, text/html, <p>blocked</p>, HTML",
        "401, text/html, <p>who are you</p>, HTML",
        "400, text/html, <p>bad</p>, HTML",
    })
    void aPageInsteadOfJsonMeansAWrongAddress(int status, String type, String body, String kind) {
        RegistryException failure = failureOf(
                aResponse().withStatus(status).withHeader("Content-Type", type).withBody(body));
        assertThat(failure.fault()).isEqualTo(Fault.ENDPOINT);
        assertThat(failure).hasMessageContaining(kind + " instead of");
    }

    @Test
    void aPageFromAnOverloadedProxyIsAnOverloadAndNoWrongAddress() {
        assertThat(failureOf(aResponse()
                                .withStatus(502)
                                .withHeader("Content-Type", "text/html")
                                .withBody("<html>"))
                        .fault())
                .isEqualTo(Fault.REGISTRY_DOWN);
    }

    @Test
    void aPageWithAnAcceptedStatusProvesNothing() {
        answer(aResponse()
                .withStatus(404)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>nothing here</html>"));
        assertThatThrownBy(() -> gateway().send(GatewayRequest.get("/members").accepting(404)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENDPOINT));
    }

    @Test
    void anAcceptedStatusIsAnAnswer() {
        answer(aResponse().withStatus(404).withHeader("X-Note", "a").withBody("{}"));
        GatewayResponse response = gateway().send(GatewayRequest.get("/members").accepting(404));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).asString().isEqualTo("{}");
        assertThat(response.header("x-note")).contains("a");
        assertThat(response.sentAt()).isEqualTo(fixture.time.instant());
    }

    @Test
    void plainTextIsAnAnswerToWhoAskedForText() {
        answer(aResponse().withHeader("Content-Type", "text/html").withBody("<p>"));
        assertThat(gateway()
                        .send(GatewayRequest.get("/members").header("Accept", "text/html"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCompressedBodyThatWasNotAskedForIsUnreadable() {
        answer(aResponse().withHeader("Content-Encoding", "gzip").withBody("{}"));
        assertThatThrownBy(() -> gateway().send(GatewayRequest.get("/members")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNREADABLE));
    }

    @Test
    void asksForNoCompressionAndForJsonAlsoWithABody() {
        answer(aResponse());
        gateway().send(GatewayRequest.of("PATCH", "/members/1", "application/merge-patch+json", new byte[] {'{', '}'}));
        assertThat(SERVER.getAllServeEvents()).singleElement().satisfies(event -> {
            assertThat(event.getRequest().containsHeader("Accept-Encoding")).isFalse();
            assertThat(event.getRequest().containsHeader("Upgrade")).isFalse();
            assertThat(event.getRequest().getHeader("Accept")).isEqualTo("application/json");
            assertThat(event.getRequest().getHeader("Content-Type")).isEqualTo("application/merge-patch+json");
            assertThat(event.getRequest().getMethod().getName()).isEqualTo("PATCH");
            assertThat(event.getRequest().getBodyAsString()).isEqualTo("{}");
        });
    }

    private HttpGateway gateway() {
        return fixture.open(SERVER.baseUrl() + "/api/", ONCE);
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    private RegistryException failureOf(ResponseDefinitionBuilder answer) {
        answer(answer);
        RegistryException failure = catchThrowableOfType(
                RegistryException.class, () -> gateway().send(GatewayRequest.get("/members?secret=CANARY")));
        assertThat(failure).hasMessageNotContaining("CANARY").hasNoCause();
        return failure;
    }
}

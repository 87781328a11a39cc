package io.membersync.internal.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayRetriesTest {

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().dynamicPort().http2PlainDisabled(true));
    private static final GatewayRequest WRITE =
            GatewayRequest.of("POST", "/members", "application/json", new byte[] {'{', '}'});

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
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void aReadIsRepeatedWithDoublingWaits(int status) {
        answer(aResponse().withStatus(status));
        assertThatThrownBy(() -> gateway().send(GatewayRequest.get("/members"))).isInstanceOf(RegistryException.class);
        assertThat(received()).isEqualTo(4);
        assertThat(fixture.pauses)
                .containsExactly(Duration.ofMillis(500), Duration.ofMillis(1000), Duration.ofMillis(2000));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 412, 422, 501})
    void whatWouldFailAgainIsSentOnce(int status) {
        answer(aResponse().withStatus(status));
        assertThatThrownBy(() -> gateway().send(GatewayRequest.get("/members"))).isInstanceOf(RegistryException.class);
        assertThat(received()).isEqualTo(1);
        assertThat(fixture.pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, '', 4", "429, 1, 4", "503, 1, 4", "503, '', 1", "500, 1, 1", "502, 1, 1", "504, 1, 1", "408, 1, 1"
    })
    void aWriteIsRepeatedOnlyWhereTheRegistrySurelyDidNothing(int status, String retryAfter, int requests) {
        answer(aResponse().withStatus(status).withHeader("Retry-After", retryAfter));
        assertThatThrownBy(() -> gateway().send(WRITE)).isInstanceOf(RegistryException.class);
        assertThat(received()).isEqualTo(requests);
    }

    @Test
    void aRepeatableWriteIsRepeatedLikeARead() {
        answer(aResponse().withStatus(500));
        assertThatThrownBy(() -> gateway().send(WRITE.repeatable())).isInstanceOf(RegistryException.class);
        assertThat(received()).isEqualTo(4);
    }

    @Test
    void aSuccessAfterFailuresIsASuccess() {
        answerInTurn(aResponse().withStatus(503), aResponse().withStatus(429), ok("{}"));
        assertThat(gateway().send(GatewayRequest.get("/members")).status()).isEqualTo(200);
        assertThat(received()).isEqualTo(3);
    }

    @Test
    void anAnswerKnowsWhenItsOwnAttemptWasSent() {
        answerInTurn(aResponse().withStatus(503).withHeader("Retry-After", "10"), ok("{}"));
        assertThat(gateway().send(GatewayRequest.get("/members")).sentAt()).isEqualTo(fixture.time.instant());
    }

    @ParameterizedTest
    @CsvSource({"7, PT7S", "'Thu, 01 Jan 2026 10:00:20 GMT', PT20S", "0, PT0.5S", "garbage, PT0.5S", "-3, PT0.5S"})
    void waitsAsLongAsTheRegistryAsks(String retryAfter, Duration wait) {
        answerInTurn(aResponse().withStatus(429).withHeader("Retry-After", retryAfter), ok("{}"));
        gateway().send(GatewayRequest.get("/members"));
        assertThat(fixture.pauses).containsExactly(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 31, THROTTLED, PT31S",
        "503, 3600, REGISTRY_DOWN, PT1H",
        "429, 99999999999999999999, THROTTLED, PT24H",
        "503, 'Thu, 01 Jan 2026 10:20:00 GMT', REGISTRY_DOWN, PT20M",
    })
    void endsTheCallWhenTheRegistryAsksForLong(int status, String retryAfter, Fault fault, Duration expected) {
        answer(aResponse().withStatus(status).withHeader("Retry-After", retryAfter));
        RegistryException failure =
                catchThrowableOfType(RegistryException.class, () -> gateway().send(GatewayRequest.get("/members")));
        assertThat(failure.fault()).isEqualTo(fault);
        assertThat(failure.retryAfter()).contains(expected);
        assertThat(received()).isEqualTo(1);
        assertThat(fixture.pauses).isEmpty();
    }

    @Test
    void theLastFailureStillTellsThePauseThatWasAskedFor() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "2"));
        RegistryException failure =
                catchThrowableOfType(RegistryException.class, () -> gateway().send(GatewayRequest.get("/members")));
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
    }

    @Test
    void theRandomPartOnlyShortensAWait() {
        RetryPolicy policy = new RetryPolicy(8, Duration.ofSeconds(1), Duration.ofSeconds(4), 0.5);
        answer(aResponse().withStatus(500));
        assertThatThrownBy(() -> fixture.open(
                                SERVER.baseUrl(),
                                new GatewayOptions(GatewayFixture.PATIENT, policy, RateLimit.UNLIMITED))
                        .send(GatewayRequest.get("/members")))
                .isInstanceOf(RegistryException.class);
        List<Long> longest = List.of(1000L, 2000L, 4000L, 4000L, 4000L, 4000L, 4000L);
        assertThat(fixture.pauses).hasSize(7).doesNotHaveDuplicates();
        for (int i = 0; i < longest.size(); i++) {
            assertThat(fixture.pauses.get(i).toMillis()).isBetween(longest.get(i) / 2, longest.get(i));
        }
    }

    @Test
    void aRefusedConnectionIsTriedAgainEvenForAWrite() throws Exception {
        RawServer gone = RawServer.writing("");
        gone.close();
        RegistryException failure = catchThrowableOfType(
                RegistryException.class, () -> fixture.open(gone.url()).send(WRITE));
        assertThat(failure.fault()).isEqualTo(Fault.NETWORK);
        assertThat(failure).hasMessageContaining("was not sent");
        assertThat(fixture.pauses).hasSize(3);
    }

    @Test
    void anUnknownHostIsTheNetworksFault() {
        assertThatThrownBy(() -> fixture.open("http://no-such-host.invalid").send(GatewayRequest.get("/members")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NETWORK))
                .hasMessageContaining("name");
    }

    @Test
    void aWriteWhoseAnswerIsLostIsSentOnce() {
        try (RawServer server = RawServer.writing("")) {
            assertThatThrownBy(() -> fixture.open(server.url()).send(WRITE))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NETWORK));
            assertThat(server.requests()).containsExactly("POST /members HTTP/1.1");
        }
    }

    private HttpGateway gateway() {
        return fixture.open(SERVER.baseUrl());
    }

    private static int received() {
        return SERVER.getAllServeEvents().size();
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static void answerInTurn(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            SERVER.stubFor(any(anyUrl())
                    .inScenario("turns")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "turn " + i)
                    .willSetStateTo("turn " + (i + 1))
                    .willReturn(answers[i]));
        }
    }
}

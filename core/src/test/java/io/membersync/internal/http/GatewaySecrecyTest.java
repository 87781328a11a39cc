package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.HttpGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Nothing secret or personal shows up in a log line, an exception or a text. */
class GatewaySecrecyTest {

    private static final String SECRET = "CANARY-7f3a";

    private final GatewayFixture fixture = new GatewayFixture();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.membersync");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.TRACE);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n\"CANARY-7f3a\"",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n\"CANARY-7f3a\"",
                "HTTP/1.1 200 CANARY-7f3a\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\nCANARY-7f3a",
                "HTTP/1.1 401 No\r\nContent-Length: 22\r\n\r\n{\"detail\":\"CANARY-7f3a",
                "HTTP/1.1 422 No\r\nX-Echo: CANARY-7f3a\r\nContent-Length: 24\r\n\r\n{\"detail\":\"CANARY-7f3a\"}",
                "HTTP/1.1 302 No\r\nLocation: http://other.test/CANARY-7f3a?CANARY-7f3a\r\nContent-Length: 0\r\n\r\n",
                "CANARY-7f3a CANARY-7f3a\r\n\r\n",
                "",
            })
    void noAnswerBringsASecretIntoLogsOrExceptions(String answer) {
        try (RawServer server = RawServer.writing(answer)) {
            HttpGateway gateway = fixture.open(server.url());
            GatewayRequest request = GatewayRequest.of(
                            "POST",
                            "/members?q=" + SECRET,
                            "application/json",
                            SECRET.getBytes(StandardCharsets.US_ASCII))
                    .header("X-API-Key", SECRET);
            Throwable failure = catchThrowable(() -> gateway.send(request));
            assertThat(failure == null ? "" : stackTrace(failure)).doesNotContain(SECRET);
            assertThat(logged()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
            assertThat(gateway + " " + request).doesNotContain(SECRET);
        }
    }

    @Test
    void aLogLineHoldsMethodPathStatusAndTimeAlone() {
        try (RawServer server = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            fixture.open(server.url() + "/api").send(GatewayRequest.get("/members?page=2"));
            assertThat(log.list).singleElement().satisfies(event -> {
                assertThat(event.getFormattedMessage()).isEqualTo("GET /api/members 200 0 ms");
                assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
                assertThat(event.getMDCPropertyMap()).containsEntry("integration", "hlf");
            });
            assertThat(MDC.get("integration")).isNull();
        }
    }

    @Test
    void aLogLineOfAFailureHoldsTheStatusOrTheFault() {
        String busy = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
        GatewayRequest write = GatewayRequest.of("PUT", "/a?b", "text/plain", new byte[1]);
        try (RawServer answering = RawServer.writing(busy);
                RawServer silent = RawServer.writing("")) {
            assertThat(catchThrowable(() -> fixture.open(answering.url()).send(write)))
                    .isNotNull();
            assertThat(catchThrowable(() -> fixture.open(silent.url()).send(write)))
                    .isNotNull();
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("PUT /a 503 0 ms", "PUT /a NETWORK 0 ms");
    }

    @Test
    void aCredentialInAnAddressIsRefusedBeforeAnythingIsSent() {
        try (RawServer server = RawServer.writing("")) {
            HttpGateway gateway = fixture.open(server.url());
            String key = ((Credentials.ApiKey) GatewayFixture.KEY).reveal();
            assertThatThrownBy(() -> gateway.send(GatewayRequest.get("/members?key=" + key)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(key);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aHeaderThatCannotBeSentIsNamedWithoutItsValue() {
        try (RawServer server = RawServer.writing("")) {
            HttpGateway gateway = fixture.open(server.url());
            Throwable failure = catchThrowable(
                    () -> gateway.send(GatewayRequest.get("/members").header("X-API-Key", SECRET + "\r\nX: y")));
            assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("X-API-Key");
            assertThat(stackTrace(failure)).doesNotContain(SECRET);
        }
    }

    @Test
    void whatSharesACredentialIsFoundByAFingerprintThatShowsNothing() {
        CredentialFingerprint fingerprint = CredentialFingerprint.of(GatewayFixture.KEY, "https://h.test:443");
        assertThat(fingerprint.value()).hasSize(64).doesNotContain(SECRET);
        assertThat(fingerprint.toString()).doesNotContain(fingerprint.value());
        assertThat(fingerprint)
                .isNotEqualTo(CredentialFingerprint.of(GatewayFixture.KEY, "https://h.test:8443"))
                .isNotEqualTo(CredentialFingerprint.of(new Credentials.None(), "https://h.test:443"));
    }

    @Test
    void aJvmThatRepeatsWritesUnseenIsWarnedOfOnce() {
        String property = "jdk.httpclient.enableAllMethodRetry";
        System.setProperty(property, "true");
        try (Gateways gateways = gateways()) {
            assertThat(gateways).isNotNull();
            assertThat(log.list)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.WARN));
        } finally {
            System.clearProperty(property);
        }
    }

    private Gateways gateways() {
        return new Gateways(
                fixture.time,
                wait -> {},
                RandomGenerator.getDefault(),
                fixture.executor,
                TargetPolicy.publicTargets(List.of()));
    }

    private List<String> logged() {
        return log.list.stream()
                .map(event -> event.getFormattedMessage() + event.getMDCPropertyMap())
                .toList();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.HttpGateway;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No request and no key reaches anything but the configured origin. */
class GatewayRedirectTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final GatewayFixture fixture = new GatewayFixture();
    private final RawServer other = RawServer.writing(ANSWER);

    @AfterEach
    void close() {
        other.close();
        fixture.close();
    }

    @Test
    void aRedirectToAnotherHostIsNotFollowedAndNamesTheHostOnly() {
        String location = other.url().replace("localhost", "127.0.0.1") + "/steal?token=CANARY";
        try (RawServer server = redirecting(location)) {
            RegistryException failure = catchThrowableOfType(
                    RegistryException.class,
                    () -> fixture.open(server.url())
                            .send(GatewayRequest.get("/members").header("X-API-Key", "secret")));
            assertThat(failure.fault()).isEqualTo(Fault.ENDPOINT);
            assertThat(failure)
                    .hasMessageContaining("the host 127.0.0.1")
                    .hasMessageNotContaining("steal")
                    .hasMessageNotContaining("CANARY");
            assertThat(server.requests()).hasSize(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void anAcceptedRedirectIsAnAnswerAndStillNotFollowed() {
        try (RawServer server = redirecting("/members/m_2")) {
            assertThat(fixture.open(server.url())
                            .send(GatewayRequest.get("/members/m_1").accepting(301))
                            .header("Location"))
                    .contains("/members/m_2");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRedirectToNowhereIsReported() {
        try (RawServer server = redirecting("ht tp:/%")) {
            assertThatThrownBy(() -> fixture.open(server.url()).send(GatewayRequest.get("/members")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("cannot be read");
        }
    }

    @Test
    void anAbsoluteLinkToAnotherOriginIsRefusedBeforeAnythingIsSent() {
        try (RawServer server = RawServer.writing(ANSWER)) {
            HttpGateway gateway = fixture.open(server.url());
            assertThatThrownBy(() -> gateway.send(GatewayRequest.get(other.url() + "/members?page=2")))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENDPOINT));
            assertThat(server.requests()).isEmpty();
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void anAbsoluteLinkToTheOwnOriginIsFollowed() {
        try (RawServer server = RawServer.writing(ANSWER)) {
            fixture.open(server.url() + "/api").send(GatewayRequest.get(server.url() + "/api/members?page=2"));
            assertThat(server.requests()).containsExactly("GET /api/members?page=2 HTTP/1.1");
        }
    }

    @Test
    void aPrivateTargetGetsNoRequestUnlessTheHostAdmitsIt() {
        try (RawServer server = RawServer.writing(ANSWER)) {
            GatewayRequest request = GatewayRequest.get("/members");
            HttpGateway refusing = open(TargetPolicy.publicTargets(List.of()), server);
            assertThatThrownBy(() -> refusing.send(request))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENDPOINT));
            assertThat(server.requests()).isEmpty();
            open(TargetPolicy.publicTargets(List.of("127.0.0.0/8", "::1")), server)
                    .send(request);
            assertThat(server.requests()).hasSize(1);
        }
    }

    private HttpGateway open(TargetPolicy policy, RawServer server) {
        return fixture.with(policy)
                .open(
                        IntegrationId.of("hlf"),
                        URI.create(server.url()),
                        new Credentials.None(),
                        GatewayFixture.OPTIONS);
    }

    private static RawServer redirecting(String location) {
        return RawServer.writing("HTTP/1.1 301 Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }
}

package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits and silences are a credential's, not a gateway's. */
class GatewayRateLimitTest {

    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final RateLimit THREE = new RateLimit(3, Duration.ofSeconds(10));
    private static final GatewayRequest READ = GatewayRequest.get("/members");

    private final GatewayFixture fixture = new GatewayFixture();
    private volatile String answer = FINE;
    private final RawServer server =
            new RawServer((out, talk) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));

    @AfterEach
    void close() {
        server.close();
        fixture.close();
    }

    @Test
    void twoGatewaysOfOneCredentialShareItsLimit() {
        HttpGateway one = open("one", GatewayFixture.KEY, THREE);
        HttpGateway two = open("two", new Credentials.ApiKey("cs_test_CANARY-7f3a"), THREE);
        assertThat(one.rateLimit().available()).isEqualTo(3);
        one.send(READ);
        two.send(READ);
        assertThat(one.rateLimit().available()).isEqualTo(1);
        assertThat(two.rateLimit().available()).isEqualTo(1);
        one.send(READ);
        assertThat(fixture.pauses).isEmpty();
        two.send(READ);
        assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void anotherCredentialHasALimitOfItsOwn() {
        open("one", GatewayFixture.KEY, THREE).send(READ);
        assertThat(open("two", new Credentials.ApiKey("other"), THREE)
                        .rateLimit()
                        .available())
                .isEqualTo(3);
    }

    @Test
    void theStrictestWishGovernsAndANewWishReplacesTheOldOne() {
        HttpGateway one = open("one", GatewayFixture.KEY, THREE);
        RateLimit two = new RateLimit(2, Duration.ofSeconds(10));
        open("two", GatewayFixture.KEY, two);
        assertThat(one.rateLimit().limit()).isEqualTo(two);
        open("two", GatewayFixture.KEY, new RateLimit(50, Duration.ofSeconds(10)));
        assertThat(one.rateLimit().limit()).isEqualTo(THREE);
    }

    @Test
    void theLimitRefillsWithTheEnginesTime() {
        HttpGateway gateway = open("one", GatewayFixture.KEY, THREE);
        for (int i = 0; i < 3; i++) {
            gateway.send(READ);
        }
        assertThat(gateway.rateLimit().available()).isZero();
        fixture.time.advance(Duration.ofSeconds(10));
        assertThat(gateway.rateLimit().available()).isEqualTo(3);
    }

    @Test
    void aClockThatIsSetBackLosesNoMoreThanThePresentPeriod() {
        HttpGateway gateway = open("one", GatewayFixture.KEY, THREE);
        gateway.send(READ);
        fixture.time.advance(Duration.ofHours(-1));
        gateway.send(READ);
        fixture.time.advance(Duration.ofSeconds(10));
        assertThat(gateway.rateLimit().available()).isEqualTo(3);
    }

    @Test
    void aSingleAttemptDoesNotWaitForALimitLongerThanForAnAnswer() {
        RateLimit hourly = new RateLimit(1, Duration.ofHours(1));
        HttpGateway gateway = fixture.gateways.open(
                IntegrationId.of("one"),
                URI.create(server.url()),
                GatewayFixture.KEY,
                new GatewayOptions(GatewayFixture.PATIENT, RetryPolicy.NONE, hourly));
        gateway.send(READ);
        RegistryException failure = catchThrowableOfType(RegistryException.class, () -> gateway.send(READ));
        assertThat(failure.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
        assertThat(server.requests()).hasSize(1);
        assertThat(gateway.rateLimit().available()).isZero();
    }

    @Test
    void aLongSilenceKeepsEveryGatewayOfTheCredentialQuiet() {
        HttpGateway one = open("one", GatewayFixture.KEY, RateLimit.UNLIMITED);
        HttpGateway two = open("two", GatewayFixture.KEY, RateLimit.UNLIMITED);
        answer = "HTTP/1.1 429 Slow\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n";
        assertThatThrownBy(() -> one.send(READ)).isInstanceOf(RegistryException.class);
        assertThat(two.rateLimit().closedUntil())
                .contains(fixture.time.instant().plusSeconds(600));
        fixture.time.advance(Duration.ofSeconds(100));
        RegistryException failure = catchThrowableOfType(RegistryException.class, () -> two.send(READ));
        assertThat(failure.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(500));
        assertThat(server.requests()).hasSize(1);

        answer = FINE;
        fixture.time.advance(Duration.ofSeconds(490));
        two.send(READ);
        assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(10));
        assertThat(two.rateLimit().closedUntil()).isEmpty();
    }

    @Test
    void aRegistryInMaintenanceIsDownForAllAndNotThrottling() {
        HttpGateway one = open("one", GatewayFixture.KEY, RateLimit.UNLIMITED);
        answer = "HTTP/1.1 503 Down\r\nRetry-After: Thu, 01 Jan 2026 10:20:00 GMT\r\nContent-Length: 0\r\n\r\n";
        assertThatThrownBy(() -> one.send(READ)).isInstanceOf(RegistryException.class);
        RegistryException failure = catchThrowableOfType(RegistryException.class, () -> one.send(READ));
        assertThat(failure.fault()).isEqualTo(Fault.REGISTRY_DOWN);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRepetitionCountsAgainstTheLimit() {
        HttpGateway gateway = open("one", GatewayFixture.KEY, new RateLimit(50, Duration.ofHours(1)));
        answer = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
        assertThatThrownBy(() -> gateway.send(READ)).isInstanceOf(RegistryException.class);
        assertThat(gateway.rateLimit().available()).isEqualTo(46);
    }

    private HttpGateway open(String integration, Credentials credentials, RateLimit limit) {
        return fixture.gateways.open(
                IntegrationId.of(integration),
                URI.create(server.url()),
                credentials,
                new GatewayOptions(GatewayFixture.PATIENT, GatewayFixture.STEADY, limit));
    }
}

package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.connector.ConnectionReport.Connected;
import io.membersync.connector.ConnectionReport.Failed;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.http.Credentials;
import io.membersync.http.Credentials.ClientCertificate;
import io.membersync.http.Credentials.ClientCertificate.Signing;
import io.membersync.testkit.contract.LogLines;
import io.membersync.testkit.simulator.dataverse.SelfSignedCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access tokens against a sign-in service that checks everything: secrets, signed assertions, lifetimes. */
class TokensTest {

    private static final SelfSignedCertificate CERTIFICATE = SelfSignedCertificate.create();

    private final Environment environment =
            new Environment(builder -> builder.apiKey("Ocp-Apim-Subscription-Key", "portal-canary-1"));

    @AfterEach
    void close() {
        environment.close();
    }

    private ClientCertificate certificate(SelfSignedCertificate proof, Signing signing) {
        return new ClientCertificate(environment.authority(), environment.simulator.clientId(), proof.pem(), signing);
    }

    @ParameterizedTest
    @EnumSource(Signing.class)
    void provesItselfByACertificate(Signing signing) {
        environment.simulator.registerCertificate(CERTIFICATE.certificate());

        assertThat(environment
                        .connector(certificate(CERTIFICATE, signing), Map.of())
                        .test())
                .isInstanceOf(Connected.class);
        assertThat(environment.requests("POST /token").get(0).request().bodyText())
                .contains("client_assertion=")
                .doesNotContain("client_secret");
    }

    @Test
    void blamesTheCertificateThatIsNotRegistered() {
        environment.simulator.registerCertificate(SelfSignedCertificate.create().certificate());

        assertThat(environment
                        .connector(certificate(CERTIFICATE, Signing.PS256), Map.of())
                        .test())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.advice()).contains("certificate"));
    }

    @Test
    void signsAFreshAssertionForEachToken() {
        environment.simulator.registerCertificate(CERTIFICATE.certificate());
        environment.simulator.tokenLifetime(Duration.ofSeconds(5));
        DynamicsConnector connector = environment.connector(certificate(CERTIFICATE, Signing.PS256), Map.of());
        connector.test();
        environment.time.advance(Duration.ofSeconds(5));

        assertThat(connector.test()).isInstanceOf(Connected.class);
        assertThat(environment.simulator.tokensIssued()).isEqualTo(2);
    }

    @Test
    void readsOnWhileShortLivedTokensExpire() {
        environment.simulator.tokenLifetime(Duration.ofSeconds(5));
        DynamicsConnector connector = environment.connector();
        Page page = connector.fullReader().read(Cursor.START);
        int records = page.records().size();
        while (page.ending() == Page.Ending.MORE) {
            environment.time.advance(Duration.ofSeconds(6));
            page = connector.fullReader().read(page.next().orElseThrow());
            records += page.records().size();
        }

        assertThat(records).isEqualTo(25);
        assertThat(environment.simulator.requests().requests(request -> request.status() == 401))
                .isEmpty();
    }

    @Test
    void sharesOneTokenBetweenManyThreadsAndConnectors() throws Exception {
        List<Future<Page>> pages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            DynamicsConnector connector = environment.connector();
            pages.add(environment.executor.submit(() -> connector.fullReader().read(Cursor.START)));
        }
        for (Future<Page> page : pages) {
            assertThat(page.get().records()).hasSize(10);
        }

        assertThat(environment.simulator.tokensIssued()).isEqualTo(1);
    }

    @Test
    void keepsTokensAndSecretsOutOfTheLog() {
        try (LogLines log = LogLines.start()) {
            environment.readAll(environment.connector());

            assertThat(log.lines())
                    .isNotEmpty()
                    .noneMatch(line ->
                            line.contains("eyJ0eXAiOiJKV1QifQ") || line.contains(environment.simulator.clientSecret()));
        }
    }

    @Test
    void sendsAKeyInItsHeaderWhereAGatewayWantsOne() {
        Credentials key = new Credentials.ApiKey("portal-canary-1");
        Map<String, String> settings = Map.of("keyHeader", "Ocp-Apim-Subscription-Key", "pageSize", "10");

        assertThat(environment.readAll(environment.connector(key, settings))).hasSize(3);
        assertThat(environment.simulator.tokensIssued()).isZero();
        assertThat(environment.connector(key, Map.of()).test())
                .as("in the standard header, which this gateway does not know")
                .isInstanceOf(Failed.class);
    }

    @Test
    void takesACertificateWithItsOwnKeyAlone() {
        String other = SelfSignedCertificate.create().pem();
        String mixed = CERTIFICATE.pem().substring(0, CERTIFICATE.pem().indexOf("-----BEGIN PRIVATE"))
                + other.substring(other.indexOf("-----BEGIN PRIVATE"));

        for (String wrong : List.of("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", mixed)) {
            assertThatThrownBy(() -> new ClientCertificate(environment.authority(), "c", wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause();
        }
        ClientCertificate right = certificate(CERTIFICATE, Signing.PS256);
        assertThat(right.toString()).doesNotContain("BEGIN").doesNotContain("PRIVATE");
        assertThat(new ClientCertificate(right.authority(), right.clientId(), right.revealPem()))
                .isEqualTo(right);
    }
}

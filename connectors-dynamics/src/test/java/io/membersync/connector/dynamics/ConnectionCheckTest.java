package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.ConnectionReport.Connected;
import io.membersync.connector.ConnectionReport.Failed;
import io.membersync.fault.Fault;
import io.membersync.http.Credentials;
import io.membersync.http.TokenAuthority;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection test names one culprit for each step that fails. */
class ConnectionCheckTest {

    private final Environment environment = new Environment();

    @AfterEach
    void close() {
        environment.close();
    }

    private ConnectionReport test(Credentials credentials) {
        return environment.connector(credentials, Map.of()).test();
    }

    private Failed failed() {
        ConnectionReport report = test(environment.secret());
        assertThat(report).isInstanceOf(Failed.class);
        return (Failed) report;
    }

    private Failed failed(TokenAuthority authority, String client, String secret) {
        return (Failed) test(new Credentials.ClientSecret(authority, client, secret));
    }

    @Test
    void tellsTheEnvironmentsNameAndVersion() {
        assertThat(test(environment.secret())).isInstanceOfSatisfying(Connected.class, connected -> {
            assertThat(connected.organizationName()).contains("Landsforbund");
            assertThat(connected.apiVersion()).contains("9.2.25104.196");
            assertThat(connected.members()).isEmpty();
            assertThat(connected.abilities().deltaUnavailable()).isEmpty();
            assertThat(connected.abilities().writeUnavailable()).isEmpty();
        });
        assertThat(environment.simulator.violations()).isEmpty();
    }

    @Test
    void blamesWhatTheSignInServiceRefuses() {
        DataverseSimulator simulator = environment.simulator;
        TokenAuthority authority = environment.authority();
        TokenAuthority otherTenant = TokenAuthority.entra(simulator.loginUrl(), "elsewhere.example");
        TokenAuthority otherScope =
                new TokenAuthority(authority.tokenEndpoint(), "https://other.crm4.dynamics.com/.default");

        assertThat(failed(authority, simulator.clientId(), "wrong").advice()).contains("client secret");
        assertThat(failed(authority, "stranger", "wrong").advice()).contains("client id");
        assertThat(failed(otherTenant, simulator.clientId(), "wrong").advice()).contains("tenant");
        Failed environmentUrl = failed(otherScope, simulator.clientId(), simulator.clientSecret());
        assertThat(environmentUrl.advice()).contains("environment URL");
        assertThat(environmentUrl.fault()).isEqualTo(Fault.ENDPOINT);
        simulator.expireSecret();
        assertThat(failed().advice()).contains("expired");
        assertThat(environment.requests("GET /WhoAmI")).isEmpty();
    }

    @Test
    void blamesTheMissingApplicationUser() {
        environment.simulator.switches().applicationUser(false);

        assertThat(failed().fault()).isEqualTo(Fault.CREDENTIALS);
        assertThat(failed().advice()).contains("not a user of this environment", "add it as an application user");
        assertThat(failed().detail()).contains("0x80072560");
    }

    @Test
    void blamesTheMissingPrivilegeInReads() {
        environment.simulator.switches().privilege(false);

        assertThat(Environment.failure(() -> environment.readAll(environment.connector())))
                .hasMessageContaining("0x80040220")
                .satisfies(failure -> {
                    assertThat(failure.fault()).isEqualTo(Fault.CREDENTIALS);
                    assertThat(failure.advice()).contains("privilege");
                });
    }

    @Test
    void namesTheColumnsThatAreMissing() {
        environment.simulator.switches().removeColumn("hlf_paiduntil");
        environment.simulator.switches().removeColumn("hlf_chapter");

        assertThat(failed().advice()).contains("hlf_paiduntil, hlf_chapter").contains("settings");
        assertThat(environment
                        .connector(environment.secret(), Map.of("columns", "lastname, hlf_memberstatus"))
                        .test())
                .isInstanceOf(Connected.class);
    }

    @Test
    void saysThatThereIsNoDeltaWithoutChangeTracking() {
        environment.simulator.switches().changeTracking(false);
        DynamicsConnector connector = environment.connector();

        assertThat(connector.test()).isInstanceOf(Connected.class);
        assertThat(connector.deltaReader()).isEmpty();
        assertThat(connector.abilities().deltaUnavailable())
                .hasValueSatisfying(why -> assertThat(why).contains("Change tracking"));
    }

    @ParameterizedTest
    @CsvSource({"Failed,same member number", "Pending,being built", "In Progress,being built"})
    void saysWhyNothingIsWrittenWhileNumbersAreNotUnique(String status, String why) {
        environment.simulator.switches().keyStatus(status);
        DynamicsConnector connector = environment.connector();

        assertThat(connector.test()).isInstanceOf(Connected.class);
        assertThat(connector.writer()).isEmpty();
        assertThat(connector.abilities().writeUnavailable())
                .hasValueSatisfying(said -> assertThat(said).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /EntityDefinitions", "GET /EntityDefinitions/Attributes", "GET /EntityDefinitions/Keys"})
    void blamesTheAddressForMetadataThatIsNone(String route) {
        environment.simulator.faults().on(route).then(DataverseSimulator.error(200, "", ""));

        assertThat(failed().fault()).isEqualTo(Fault.ENDPOINT);
    }

    @Test
    void doesWithoutTheNameWhereAGatewayKeepsItBack() {
        environment
                .simulator
                .faults()
                .on("GET /RetrieveCurrentOrganization")
                .then(DataverseSimulator.error(404, "", ""));

        assertThat(test(environment.secret()))
                .isInstanceOfSatisfying(
                        Connected.class,
                        connected -> assertThat(connected.organizationName()).startsWith("0a000000-"));
    }
}

package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.ConnectionReport;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.dataverse.SelfSignedCertificate;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole engine over a simulated environment: credentials are sealed, members and changes come in. */
class EngineTest {

    private static final IntegrationId HLF = IntegrationId.of("hlf");

    private final Environment environment = new Environment(builder -> builder.members(200));
    private final ManualEngine engine =
            ManualEngine.builder(new InMemoryStorage()).time(environment.time).build();

    @AfterEach
    void close() {
        engine.close();
        environment.close();
    }

    private void add(Credentials credentials) {
        engine.host()
                .integrations()
                .add(IntegrationDraft.of(
                        HLF, OrganizationId.of("hlf"), "dynamics", environment.simulator.baseUrl(), credentials));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void opensTheEnvironmentWithSealedCredentials(boolean byCertificate) {
        SelfSignedCertificate certificate = SelfSignedCertificate.create();
        environment.simulator.registerCertificate(certificate.certificate());
        add(
                byCertificate
                        ? new Credentials.ClientCertificate(
                                environment.authority(), environment.simulator.clientId(), certificate.pem())
                        : environment.secret());

        assertThat(engine.host().integrations().test(HLF)).isInstanceOf(ConnectionReport.Connected.class);
    }

    @Test
    void refusesCredentialsThatDataverseDoesNotTake() {
        assertThat(catchThrowableOfType(InvalidConfigurationException.class, () -> add(new Credentials.None()))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("credentials");
    }

    @Test
    void takesInAllMembersAndThenWhatChanged() {
        add(environment.secret());

        Run full = engine.fullSync(HLF);
        assertThat(full.state()).isEqualTo(RunState.COMPLETED);
        assertThat(full.counts().created()).isEqualTo(200);

        String id = environment.anyId();
        environment.simulator.update(id, "{\"address1_city\":\"BODØ\",\"hlf_roles\":\"1,5\"}");
        environment.simulator.delete(environment.simulator.create("{\"lastname\":\"Kortvarig\"}"));
        Run delta = engine.deltaSync(HLF);

        assertThat(delta.state()).isEqualTo(RunState.COMPLETED);
        assertThat(delta.counts().updated()).isEqualTo(1);
        assertThat(environment.simulator.violations()).isEmpty();
    }

    /** Six questions that are each answered in time take longer together than anybody waits. */
    @Test
    @Requirement("D2")
    void testsAConnectionWithinTenSecondsHoweverSlowEachAnswerIs() {
        add(environment.secret());
        environment.simulator.faults().on("GET *").then(Fault.delay(Duration.ofSeconds(4)));
        long start = System.nanoTime();

        ConnectionReport report = engine.host().integrations().test(HLF);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(report)
                .isInstanceOfSatisfying(
                        ConnectionReport.Failed.class,
                        failed -> assertThat(failed.fault()).isEqualTo(io.membersync.fault.Fault.NETWORK));
    }

    @Test
    void takesAMergeInOnce() {
        add(environment.secret());
        engine.fullSync(HLF);
        String id = environment.anyId();
        environment.simulator.merge(
                id, environment.simulator.ids().stream().skip(7).findFirst().orElseThrow());

        Run delta = engine.deltaSync(HLF);
        assertThat(delta.state()).isEqualTo(RunState.COMPLETED);
        assertThat(delta.counts().removed()).isEqualTo(1);

        Run again = engine.fullSync(HLF);
        assertThat(again.state()).isEqualTo(RunState.COMPLETED);
        assertThat(again.counts().removed()).isZero();
        assertThat(again.counts().created()).isZero();
        assertThat(again.counts().quarantined()).isZero();
    }
}

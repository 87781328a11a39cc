package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.fault.Fault;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a connection test promises. */
abstract class ConnectionTestContract {

    private final Supplier<ContractRig> rigs;

    ConnectionTestContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    @Requirement("D2")
    void tellsWhoAnswered() {
        ContractRig rig = rigs.get();
        Connector connector = rig.connector();

        ConnectionReport report = connector.test();

        assertThat(report).isInstanceOfSatisfying(ConnectionReport.Connected.class, connected -> {
            assertThat(connected.organizationName()).isNotBlank();
            assertThat(connected.abilities()).isEqualTo(connector.abilities());
            connected
                    .members()
                    .ifPresent(count ->
                            assertThat(count).isEqualTo(rig.registry.ids().size()));
        });
    }

    @Test
    @Requirement("D2")
    void asksNothingTwice() {
        ContractRig rig = rigs.get();
        Connector connector = rig.hasty();
        long before = rig.registry.requests();

        connector.test();

        assertThat(rig.registry.requests() - before).isEqualTo(rig.registry.testRequests());
    }

    @Test
    @Requirement("D2")
    void blamesTheKey() {
        assertThat(failed(RegistryFault.KEY_REVOKED).fault()).isEqualTo(Fault.CREDENTIALS);
    }

    @Test
    @Requirement("D2")
    void blamesTheAddressForAWebPage() {
        assertThat(failed(RegistryFault.WEB_PAGE).fault()).isEqualTo(Fault.ENDPOINT);
    }

    @Test
    @Requirement("D2")
    void blamesTheAddressForAPageThatIsNotThere() {
        assertThat(failed(RegistryFault.WEB_PAGE_NOT_FOUND).fault()).isEqualTo(Fault.ENDPOINT);
    }

    @Test
    @Requirement("D2")
    void blamesTheAddressForGarbage() {
        assertThat(failed(RegistryFault.GARBAGE).fault()).isEqualTo(Fault.ENDPOINT);
    }

    @Test
    @Requirement("D2")
    void blamesTheAddressForAnAnswerOfAnotherShape() {
        assertThat(failed(RegistryFault.OTHER_SHAPE).fault()).isEqualTo(Fault.ENDPOINT);
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForABrokenConnection() {
        assertThat(failed(RegistryFault.CUT_BODY).fault()).isEqualTo(Fault.NETWORK);
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForSilence() {
        assertThat(failed(RegistryFault.HANGS).fault()).isEqualTo(Fault.NETWORK);
    }

    @Test
    @Requirement("D2")
    void saysThatTheRegistryIsDown() {
        assertThat(failed(RegistryFault.DOWN).fault()).isEqualTo(Fault.REGISTRY_DOWN);
    }

    @Test
    @Requirement("D2")
    void saysThatTheRegistryAsksForAPause() {
        assertThat(failed(RegistryFault.THROTTLED_LONG).fault()).isEqualTo(Fault.THROTTLED);
    }

    @Test
    @Requirement("D2")
    void blamesTheKeyThatTheRegistryDoesNotKnow() {
        ContractRig rig = rigs.get();
        Connector connector =
                rig.tested(rig.registry.endpoint(), rig.registry.wrongCredentials(), Duration.ofSeconds(9));

        assertThat(connector.test()).isInstanceOfSatisfying(ConnectionReport.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(Fault.CREDENTIALS);
            assertUnderstandable(failed);
        });
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForAnAnswerThatDrips() {
        assertThat(failed(RegistryFault.SLOW).fault()).isEqualTo(Fault.NETWORK);
    }

    /** An administrator reads what is to blame in the first sentence, and no programmer's words. */
    static void assertUnderstandable(ConnectionReport.Failed failed) {
        assertThat(failed.detail()).isNotBlank();
        assertThat(failed.advice().split("(?<=[.!?])\\s", 2)[0])
                .as("the first sentence of the advice")
                .containsPattern(
                        switch (failed.fault()) {
                            case CREDENTIALS -> "(?i)key|secret|certificate|client id|tenant|application";
                            case NETWORK -> "(?i)network";
                            case THROTTLED, REGISTRY_DOWN -> "(?i)member system";
                            default -> "(?i)base URL|environment URL|address";
                        })
                .doesNotContainPattern("Exception|null|HTTP|JSON|TLS|\\b[2-5]\\d\\d\\b");
    }

    private ConnectionReport.Failed failed(RegistryFault fault) {
        rigs.get().strike(fault, RegistryRoute.TEST, 0);
        ConnectionReport report = rigs.get().hasty().test();
        assertThat(report).isInstanceOf(ConnectionReport.Failed.class);
        ConnectionReport.Failed failed = (ConnectionReport.Failed) report;
        assertUnderstandable(failed);
        return failed;
    }
}

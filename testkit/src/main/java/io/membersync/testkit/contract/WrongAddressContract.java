package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.fault.Fault;
import io.membersync.testkit.simulator.RequestLog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a connection test promises where no registry answers: it ends in time, and says whether base URL or network is to
 * blame. Where the property is the time, the time that a test has is cut short.
 */
abstract class WrongAddressContract {

    private static final Duration USUAL = Duration.ofSeconds(9);
    private static final Duration SHORT = Duration.ofMillis(800);
    // What a busy machine may take over and above.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Supplier<ContractRig> rigs;
    private final StrangeServers servers = new StrangeServers();

    WrongAddressContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @AfterEach
    final void close() throws IOException {
        servers.close();
    }

    @Test
    @Requirement("D2")
    void blamesTheAddressForAWrongPath() {
        assertBlamed(Fault.ENDPOINT, URI.create(rigs.get().registry.endpoint() + "/elsewhere"), USUAL);
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForAHostThatNobodyKnows() {
        assertBlamed(Fault.NETWORK, URI.create("http://registry.invalid"), USUAL);
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForAClosedPort() throws IOException {
        assertBlamed(Fault.NETWORK, servers.closedPort(), USUAL);
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForAnAddressThatSwallowsEverything() throws IOException {
        assertBlamed(Fault.NETWORK, servers.blackHole(), SHORT);
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForAServerThatHangs() {
        assertBlamed(Fault.NETWORK, servers.hanging(), SHORT);
    }

    @Test
    @Requirement("D2")
    void blamesTheNetworkForAServerThatDrips() {
        assertBlamed(Fault.NETWORK, servers.dripping(), SHORT);
    }

    @Test
    @Requirement("D2")
    void blamesTheAddressForACertificateOfAnotherName() throws IOException {
        OtherName other = OtherName.get();
        URI endpoint = servers.otherName(other);

        assertBlamed(Fault.ENDPOINT, rigs.get().tested(endpoint, other.context(), USUAL), USUAL);
    }

    @Test
    @Requirement({"D2", "A6"})
    void blamesTheAddressForARedirectAndFollowsItNowhere() {
        RequestLog elsewhere = new RequestLog(10);
        URI endpoint = servers.leading(302, servers.noting(elsewhere));

        assertBlamed(Fault.ENDPOINT, endpoint, USUAL);
        assertThat(elsewhere.count()).as("requests to where the redirect leads").isZero();
    }

    private void assertBlamed(Fault fault, URI endpoint, Duration total) {
        ContractRig rig = rigs.get();
        assertBlamed(fault, rig.tested(endpoint, rig.registry.credentialsAt(endpoint), total), total);
    }

    private static void assertBlamed(Fault fault, Connector connector, Duration total) {
        long start = System.nanoTime();
        ConnectionReport report = connector.test();
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(report).isInstanceOfSatisfying(ConnectionReport.Failed.class, failed -> {
            assertThat(failed.fault()).as(failed.detail()).isEqualTo(fault);
            ConnectionTestContract.assertUnderstandable(failed);
        });
        assertThat(taken).as("time until the answer").isLessThan(total.plus(GRACE));
    }
}

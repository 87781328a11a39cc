package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryWrite;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.RawValue;
import io.membersync.testkit.simulator.RequestLog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a connector promises about other origins than the configured one: nothing goes there, least of all its key. */
abstract class OtherOriginContract {

    private static final Duration TOTAL = Duration.ofSeconds(30);

    private final Supplier<ContractRig> rigs;
    private final StrangeServers servers = new StrangeServers();
    private final RequestLog elsewhere = new RequestLog(10);

    OtherOriginContract(Supplier<ContractRig> rigs) {
        this.rigs = rigs;
    }

    @AfterEach
    final void close() throws IOException {
        servers.close();
    }

    @Test
    @Requirement({"A6", "D5"})
    void followsNoRedirectThatMoved() {
        followsNoRedirect(301);
    }

    @Test
    @Requirement({"A6", "D5"})
    void followsNoRedirectThatKeepsTheMethod() {
        followsNoRedirect(307);
    }

    private void followsNoRedirect(int status) {
        ContractRig rig = rigs.get();
        RegistryWrite write = write();
        Optional<Cursor> position = rig.readAll().stream()
                .flatMap(page -> page.feedPosition().stream())
                .findFirst();
        Connector led = at(servers.leading(status, servers.noting(elsewhere)));

        led.test();
        attempt(() -> led.fullReader().read(Cursor.START));
        position.ifPresent(at -> attempt(() -> led.deltaReader().ifPresent(reader -> reader.read(at))));
        attempt(() -> led.singleReader().ifPresent(reader -> reader.read(List.of(write.externalId()))));
        attempt(() -> led.writer().ifPresent(writer -> writer.write(write)));

        assertThat(elsewhere.count()).as("requests to where redirects lead").isZero();
    }

    @Test
    @Requirement({"A6", "D5"})
    void followsNoLinkOfAPageElsewhere() {
        ContractRig rig = rigs.get();
        URI registry = rig.registry.endpoint();
        URI stranger = servers.noting(elsewhere);
        URI relay = servers.answering(new Relay(registry, stranger)::answer);
        Connector connector = at(relay.resolve(registry.getRawPath()));

        attempt(() -> {
            List<Page> pages = ContractRig.readAll(connector.fullReader(), Cursor.START);
            pages.stream()
                    .flatMap(page -> page.feedPosition().stream())
                    .findFirst()
                    .ifPresent(from -> connector.deltaReader().ifPresent(reader -> reader.read(from)));
        });

        assertThat(elsewhere.count()).as("requests to where links lead").isZero();
    }

    private RegistryWrite write() {
        ContractRig rig = rigs.get();
        RawValue value = new RawValue.Text(rig.registry.value(80));
        var member = rig.present(rig.anyId(0));
        return new RegistryWrite(
                member.externalId(), member.version(), "contract-3", Map.of(rig.registry.field(), value));
    }

    private Connector at(URI endpoint) {
        ContractRig rig = rigs.get();
        return rig.tested(endpoint, rig.registry.credentialsAt(endpoint), TOTAL);
    }

    // Whether it fails, and how, is said by other parts of the contract.
    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (RegistryException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}

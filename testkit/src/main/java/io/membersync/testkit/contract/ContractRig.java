package io.membersync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import io.membersync.internal.http.GatewayOptions;
import io.membersync.internal.http.Gateways;
import io.membersync.internal.http.TargetPolicy;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;

/** What every test of the contract works with: the fixture, the real gateway, and connectors over both. */
final class ContractRig implements AutoCloseable {

    static final Duration SHORT_ANSWER = Duration.ofMillis(700);

    static final int MOST_PAGES = 200;
    private static final GatewayOptions PATIENT = new GatewayOptions(
            new GatewayLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), 32 * 1024 * 1024),
            new RetryPolicy(3, Duration.ofMillis(500), Duration.ofSeconds(30), 0.5),
            RateLimit.UNLIMITED);
    private static final GatewayOptions HASTY = new GatewayOptions(
            new GatewayLimits(Duration.ofSeconds(10), SHORT_ANSWER, 32 * 1024 * 1024),
            RetryPolicy.NONE,
            RateLimit.UNLIMITED);

    private static final GatewayOptions TESTING = new GatewayOptions(
            new GatewayLimits(Duration.ofSeconds(4), Duration.ofSeconds(8), 1024 * 1024),
            RetryPolicy.NONE,
            RateLimit.UNLIMITED);

    final ConnectorFixture registry;
    final PatientTime time = new PatientTime();
    private final ExecutorService executor = Executors.newCachedThreadPool(ContractRig::daemon);
    private final Gateways gateways = new Gateways(time, time::pass, new Random(7), executor, TargetPolicy.testMode());
    private final List<Connector> open = new ArrayList<>();

    ContractRig(ConnectorFixture registry) {
        this.registry = registry;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "connector-contract");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return a new connector, as after a restart, whose gateway repeats what may be repeated} */
    Connector connector() {
        return connector(PATIENT);
    }

    /** {@return a new connector whose gateway tries once and gives up after {@link #SHORT_ANSWER}} */
    Connector hasty() {
        return connector(HASTY);
    }

    /** {@return a new connector to another address, as for a connection test: all answers together within a time} */
    Connector tested(URI endpoint, Credentials credentials, Duration total) {
        return connector(gateways, endpoint, credentials, TESTING.within(total));
    }

    /** {@return as above, over a gateway that trusts an authority of its own} */
    Connector tested(URI endpoint, SSLContext trust, Duration total) {
        Gateways trusting = new Gateways(
                time,
                time::pass,
                new Random(7),
                executor,
                TargetPolicy.testMode(),
                () -> HttpClient.newBuilder().sslContext(trust));
        return connector(trusting, endpoint, registry.credentialsAt(endpoint), TESTING.within(total));
    }

    private Connector connector(GatewayOptions options) {
        return connector(gateways, registry.endpoint(), registry.credentials(), options);
    }

    private Connector connector(Gateways over, URI endpoint, Credentials credentials, GatewayOptions options) {
        IntegrationId integration = new IntegrationId("contract");
        ConnectorContext context = new ConnectorContext(
                integration,
                over.open(integration, endpoint, credentials, options),
                credentials,
                registry.settings(),
                time);
        Connector connector = registry.factory().open(context);
        open.add(connector);
        return connector;
    }

    /** Lets something go wrong; aborts the test where that cannot happen. */
    void strike(RegistryFault fault, RegistryRoute route, int after) {
        Assumptions.assumeTrue(
                registry.strike(fault, route, after),
                () -> fault + " on " + route + " cannot happen with this registry");
    }

    /** Reads a listing from a place to its end. */
    static List<Page> readAll(FullReader reader, Cursor from) {
        List<Page> pages = new ArrayList<>();
        Cursor at = from;
        while (true) {
            Page page = reader.read(at);
            pages.add(page);
            if (page.ending() != Page.Ending.MORE) {
                return pages;
            }
            assertThat(pages)
                    .as("pages of one listing: it leads in a circle, or has no end")
                    .hasSizeLessThan(MOST_PAGES);
            at = page.next().orElseThrow();
        }
    }

    /** Reads the whole listing with a new connector. */
    List<Page> readAll() {
        return readAll(connector().fullReader(), Cursor.START);
    }

    /** {@return the ids of all members that are present on the pages, in order} */
    static List<String> ids(List<Page> pages) {
        return pages.stream()
                .flatMap(page -> page.records().stream())
                .filter(RegistryRecord.Present.class::isInstance)
                .map(record -> ((RegistryRecord.Present) record).externalId().value())
                .toList();
    }

    /** {@return a member as a full listing has it now} */
    RegistryRecord.Present present(String id) {
        return readAll().stream()
                .flatMap(page -> page.records().stream())
                .filter(RegistryRecord.Present.class::isInstance)
                .map(RegistryRecord.Present.class::cast)
                .filter(record -> record.externalId().equals(ExternalId.of(id)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The listing lacks " + id));
    }

    /** {@return one of the registry's members, the same for the same number} */
    String anyId(int number) {
        return registry.ids().stream().sorted().skip(number).findFirst().orElseThrow();
    }

    /** {@return what stands in the fixture's field of a record} */
    RawValue valueIn(RegistryRecord.Present record) {
        return record.body().read(registry.field());
    }

    /** {@return how a call fails; fails itself when it does not} */
    static RegistryException failure(ThrowingCallable call) {
        RegistryException failure = catchThrowableOfType(RegistryException.class, call);
        if (failure == null) {
            throw new AssertionError("The call succeeded where a RegistryException was promised");
        }
        return failure;
    }

    @Override
    public void close() {
        open.forEach(Connector::close);
        gateways.close();
        executor.shutdownNow();
        registry.close();
    }
}

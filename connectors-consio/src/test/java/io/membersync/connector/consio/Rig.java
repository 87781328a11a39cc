package io.membersync.connector.consio;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import io.membersync.internal.http.GatewayOptions;
import io.membersync.internal.http.Gateways;
import io.membersync.internal.http.TargetPolicy;
import io.membersync.model.IntegrationId;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.consio.ConsioSimulatorBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A simulated registry and connectors to it over the real gateway, all with one clock. */
final class Rig implements AutoCloseable {

    static final String KEY = "consio_test_41c07d2be94a";

    final SettableTime time;
    final ConsioSimulator registry;
    private final ExecutorService executor = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "consio-test");
        thread.setDaemon(true);
        return thread;
    });
    private final Gateways gateways;

    Rig(Instant start, UnaryOperator<ConsioSimulatorBuilder> setup) {
        this.time = SettableTime.at(start);
        this.gateways = new Gateways(time, time.waiting()::waitFor, new Random(7), executor, TargetPolicy.testMode());
        this.registry = setup.apply(ConsioSimulator.builder()
                        .apiKey(KEY)
                        .time(time)
                        .webhooks(true)
                        .strict(true))
                .start();
    }

    Connector connector() {
        return connector(new ConsioConnectorFactory(), Map.of());
    }

    Connector connector(ConnectorFactory factory, Map<String, String> settings) {
        IntegrationId integration = IntegrationId.of("hlf");
        Credentials.ApiKey key = new Credentials.ApiKey(KEY);
        GatewayOptions options = new GatewayOptions(GatewayLimits.STANDARD, RetryPolicy.STANDARD, RateLimit.UNLIMITED);
        return factory.open(new ConnectorContext(
                integration, gateways.open(integration, registry.baseUrl(), key, options), key, settings, time));
    }

    /** Reads the whole listing and gives its pages. */
    static List<Page> listing(Connector connector) {
        List<Page> pages = new ArrayList<>(List.of(connector.fullReader().read(Cursor.START)));
        while (last(pages).ending() == Page.Ending.MORE) {
            pages.add(connector.fullReader().read(last(pages).next().orElseThrow()));
        }
        return pages;
    }

    /** {@return where changes are to be read from after a listing that is read now} */
    static Cursor position(Connector connector) {
        return connector.fullReader().read(Cursor.START).feedPosition().orElseThrow();
    }

    /** Reads all changes and gives their pages. */
    static List<Page> changes(Connector connector, Cursor from) {
        List<Page> pages =
                new ArrayList<>(List.of(connector.deltaReader().orElseThrow().read(from)));
        while (last(pages).ending() == Page.Ending.MORE) {
            pages.add(connector
                    .deltaReader()
                    .orElseThrow()
                    .read(last(pages).next().orElseThrow()));
        }
        return pages;
    }

    static Page last(List<Page> pages) {
        return pages.get(pages.size() - 1);
    }

    static List<RegistryRecord> records(List<Page> pages) {
        return pages.stream().flatMap(page -> page.records().stream()).toList();
    }

    static List<String> ids(List<Page> pages) {
        return records(pages).stream()
                .filter(RegistryRecord.Present.class::isInstance)
                .map(record -> ((RegistryRecord.Present) record).externalId().value())
                .toList();
    }

    @Override
    public void close() {
        gateways.close();
        executor.shutdownNow();
        registry.close();
    }
}

package io.membersync.connector.dynamics;

import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import io.membersync.http.TokenAuthority;
import io.membersync.internal.http.GatewayOptions;
import io.membersync.internal.http.Gateways;
import io.membersync.internal.http.TargetPolicy;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.LoggedRequest;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulatorBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A simulated environment and connectors to it, in one time that waiting moves. */
final class Environment implements AutoCloseable {

    private static final GatewayOptions OPTIONS = new GatewayOptions(
            new GatewayLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), 32 * 1024 * 1024),
            new RetryPolicy(4, Duration.ofMillis(500), Duration.ofMinutes(10), 0),
            RateLimit.UNLIMITED);

    final SettableTime time = SettableTime.at(Instant.parse("2026-03-02T10:00:00Z"));
    final DataverseSimulator simulator;
    final ExecutorService executor = Executors.newCachedThreadPool();
    private final Gateways gateways =
            new Gateways(time, time::advance, new Random(7), executor, TargetPolicy.testMode());

    Environment(UnaryOperator<DataverseSimulatorBuilder> setup) {
        this.simulator = setup.apply(
                        DataverseSimulator.builder().members(25).time(time).strict(true))
                .start();
    }

    Environment() {
        this(builder -> builder);
    }

    TokenAuthority authority() {
        return TokenAuthority.entra(simulator.loginUrl(), simulator.tenant());
    }

    Credentials secret() {
        return new Credentials.ClientSecret(authority(), simulator.clientId(), simulator.clientSecret());
    }

    DynamicsConnector connector() {
        return connector(secret(), Map.of("pageSize", "10"));
    }

    DynamicsConnector connector(Credentials credentials, Map<String, String> settings) {
        IntegrationId integration = IntegrationId.of("hlf");
        return (DynamicsConnector) new DynamicsConnectorFactory()
                .open(new ConnectorContext(
                        integration,
                        gateways.open(integration, simulator.baseUrl(), credentials, OPTIONS),
                        credentials,
                        settings,
                        time));
    }

    List<Page> readAll(DynamicsConnector connector) {
        List<Page> pages = new ArrayList<>();
        Cursor at = Cursor.START;
        while (true) {
            Page page = connector.fullReader().read(at);
            pages.add(page);
            if (page.ending() != Page.Ending.MORE) {
                return pages;
            }
            at = page.next().orElseThrow();
        }
    }

    Cursor feedPosition() {
        List<Page> pages = readAll(connector());
        return pages.get(pages.size() - 1).feedPosition().orElseThrow();
    }

    Page changes(Cursor after) {
        return connector().deltaReader().orElseThrow().read(after);
    }

    RegistryRecord single(String id) {
        return connector().singles().read(ExternalId.of(id));
    }

    RegistryRecord.Present present(String id) {
        return (RegistryRecord.Present) single(id);
    }

    static RawValue value(RegistryRecord record, String path) {
        return ((RegistryRecord.Present) record).body().read(FieldPath.parse(path));
    }

    WriteReceipt write(RegistryRecord.Present record, Map<String, RawValue> values) {
        Map<FieldPath, RawValue> places = new java.util.HashMap<>();
        values.forEach((path, value) -> places.put(FieldPath.parse(path), value));
        return connector()
                .writer()
                .orElseThrow()
                .write(new RegistryWrite(record.externalId(), record.version(), "key-1", places));
    }

    String anyId() {
        return simulator.ids().iterator().next();
    }

    List<LoggedRequest> requests(String route) {
        return simulator.requests().requests(route);
    }

    static String header(LoggedRequest request, String name) {
        return request.request().header(name).orElse("");
    }

    static RegistryException failure(ThrowingCallable call) {
        RegistryException failure = Assertions.catchThrowableOfType(RegistryException.class, call);
        if (failure == null) {
            throw new AssertionError("The call succeeded where a RegistryException was expected");
        }
        return failure;
    }

    @Override
    public void close() {
        gateways.close();
        executor.shutdownNow();
        simulator.close();
    }
}

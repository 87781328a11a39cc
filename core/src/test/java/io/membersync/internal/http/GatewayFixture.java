package io.membersync.internal.http;

import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.http.RetryPolicy;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Gateways in a time of their own: a pause is written down and moves the time. */
final class GatewayFixture implements AutoCloseable {

    static final Credentials KEY = new Credentials.ApiKey("cs_test_CANARY-7f3a");
    static final RetryPolicy STEADY = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(30), 0);
    static final GatewayLimits PATIENT = new GatewayLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 100_000);
    static final GatewayOptions OPTIONS = new GatewayOptions(PATIENT, STEADY, RateLimit.UNLIMITED);

    final SettableTime time = new SettableTime();
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final ExecutorService executor = Executors.newCachedThreadPool();
    final Gateways gateways = with(TargetPolicy.testMode());

    Gateways with(TargetPolicy policy) {
        return new Gateways(time, this::pause, new Random(42), executor, policy);
    }

    private void pause(Duration wait) {
        pauses.add(wait);
        time.advance(wait);
    }

    HttpGateway open(String endpoint) {
        return open(endpoint, OPTIONS);
    }

    HttpGateway open(String endpoint, GatewayOptions options) {
        return gateways.open(IntegrationId.of("hlf"), URI.create(endpoint), KEY, options);
    }

    @Override
    public void close() {
        gateways.close();
        executor.shutdownNow();
    }
}

package io.membersync.testkit.contract;

import io.membersync.connector.ConnectorContext;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimitState;
import io.membersync.model.IntegrationId;
import java.time.InstantSource;
import java.util.Map;

/** What a factory gets in tests that only open connectors: a gateway that must not be used. */
public final class OpeningContext {

    private OpeningContext() {}

    /** Fails at every use. */
    private static final class Unused implements HttpGateway {

        @Override
        public GatewayResponse send(GatewayRequest request) {
            throw new AssertionError("A request was sent: " + request);
        }

        @Override
        public RateLimitState rateLimit() {
            throw new AssertionError("The rate limit was asked for");
        }
    }

    /**
     * Makes a context.
     *
     * @param credentials what the connector gets to open its registry with
     * @param settings the connector's settings
     * @return a context whose gateway throws an {@link AssertionError} at every use
     */
    public static ConnectorContext of(Credentials credentials, Map<String, String> settings) {
        return new ConnectorContext(
                IntegrationId.of("opening"), new Unused(), credentials, settings, InstantSource.system());
    }
}

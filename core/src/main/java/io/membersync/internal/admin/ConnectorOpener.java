package io.membersync.internal.admin;

import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimitState;
import io.membersync.http.RetryPolicy;
import io.membersync.internal.http.GatewayOptions;
import io.membersync.internal.http.Gateways;
import io.membersync.internal.http.Urgency;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.setup.Integration;
import io.membersync.storage.StoredIntegration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Opens the way to an integration's registry: unseals its credentials, opens its gateway and its connector. */
public final class ConnectorOpener {

    private static final GatewayLimits TEST_LIMITS =
            new GatewayLimits(Duration.ofSeconds(4), Duration.ofSeconds(8), 1024 * 1024);
    // Under the ten seconds in which a test has to answer, whatever and however often it asks.
    private static final Duration TEST_TOTAL = Duration.ofSeconds(9);

    private final Map<String, ConnectorFactory> factories;
    private final SecretSealer sealer;
    private final Gateways gateways;
    private final GatewayLimits limits;
    private final RetryPolicy retries;
    private final InstantSource time;

    /**
     * Makes an opener.
     *
     * @param factories the connectors by system id
     * @param sealer opens credentials
     * @param gateways the engine's gateways
     * @param limits what one request may take
     * @param retries how failed requests are repeated
     * @param time the engine's time
     */
    public ConnectorOpener(
            Map<String, ConnectorFactory> factories,
            SecretSealer sealer,
            Gateways gateways,
            GatewayLimits limits,
            RetryPolicy retries,
            InstantSource time) {
        this.factories = Map.copyOf(factories);
        this.sealer = sealer;
        this.gateways = gateways;
        this.limits = limits;
        this.retries = retries;
        this.time = time;
    }

    /**
     * Opens an integration's connector.
     *
     * @param stored the integration as it was just read
     * @return the connector, to be closed by the caller
     */
    public Connector open(StoredIntegration stored) {
        return open(stored, Urgency.BACKGROUND);
    }

    /**
     * Opens an integration's connector.
     *
     * @param stored the integration as it was just read
     * @param urgency who waits for what it reads
     * @return the connector, to be closed by the caller
     */
    public Connector open(StoredIntegration stored, Urgency urgency) {
        return open(
                stored.integration(),
                credentials(stored),
                usual(stored.integration()).waitedForBy(urgency));
    }

    /** Opens it for a test that has to answer quickly and is not repeated. */
    Connector openForTest(StoredIntegration stored) {
        return openForTest(stored.integration(), credentials(stored));
    }

    /** Opens what is not stored, or not with these credentials. */
    Connector openForTest(Integration integration, Credentials credentials) {
        GatewayOptions options = new GatewayOptions(TEST_LIMITS, RetryPolicy.NONE, integration.rateLimit());
        return open(integration, credentials, options.within(TEST_TOTAL).waitedForBy(Urgency.PERSON_WAITS));
    }

    /** Opens it for somebody who waits for what is read. */
    Connector openBriefly(StoredIntegration stored) {
        return openBriefly(stored.integration(), credentials(stored));
    }

    /** Opens what is not stored, for somebody who waits for what is read. */
    Connector openBriefly(Integration integration, Credentials credentials) {
        GatewayOptions options = usual(integration).within(MemberCounter.LONGEST);
        return open(integration, credentials, options.waitedForBy(Urgency.PERSON_WAITS));
    }

    /** {@return what is left of the rate limit of an integration's credential} */
    RateLimitState rateLimit(StoredIntegration stored) {
        return gateway(stored.integration(), credentials(stored), usual(stored.integration()))
                .rateLimit();
    }

    private GatewayOptions usual(Integration integration) {
        return new GatewayOptions(limits, retries, integration.rateLimit());
    }

    private Connector open(Integration integration, Credentials credentials, GatewayOptions options) {
        HttpGateway gateway = gateway(integration, credentials, options);
        return factory(integration.system())
                .open(new ConnectorContext(integration.id(), gateway, credentials, integration.settings(), time));
    }

    private Credentials credentials(StoredIntegration stored) {
        if (!stored.integration().hasSystem()) {
            throw NoSystem.failure();
        }
        return opened(() -> SealedCredentials.open(sealer, stored.integration(), stored.sealedCredentials()));
    }

    /** What does not open is a failure of the credentials, with what to do about it. */
    private static <T> T opened(Supplier<T> secret) {
        try {
            return secret.get();
        } catch (UnopenableSecretException sealed) {
            throw new RegistryException(Fault.CREDENTIALS, "The stored credentials do not open", null, sealed)
                    .advising(String.valueOf(sealed.getMessage()));
        }
    }

    private HttpGateway gateway(Integration integration, Credentials credentials, GatewayOptions options) {
        return gateways.open(integration.id(), integration.endpoint(), credentials, options);
    }

    /**
     * Opens the secrets that prove an integration's webhooks.
     *
     * @param stored the integration as it was just read
     * @return the secrets; none when it expects no webhooks
     * @throws RegistryException with {@code CREDENTIALS} when what is stored does not open
     */
    public List<WebhookSecret> webhookSecrets(StoredIntegration stored) {
        return opened(() -> SealedWebhookSecrets.open(sealer, stored.integration(), stored.sealedWebhookSecrets()));
    }

    private ConnectorFactory factory(String system) {
        ConnectorFactory factory = factories.get(system);
        if (factory == null) {
            throw new RegistryException(
                    Fault.REJECTED,
                    "There is no connector for the system '" + system + "' on the class path; known are "
                            + factories.keySet());
        }
        return factory;
    }
}

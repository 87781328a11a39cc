package io.membersync.connector;

import io.membersync.http.Credentials;
import io.membersync.http.HttpGateway;
import io.membersync.model.IntegrationId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * What the engine lends a connector. All HTTP goes through the gateway, which knows the endpoint.
 *
 * @param integration the integration, for messages
 * @param gateway the gateway to the integration's endpoint
 * @param credentials what opens it; {@code toString} masks it
 * @param settings the settings of the {@link SettingsForm}, by key; without empty ones
 * @param time the engine's time
 */
public record ConnectorContext(
        IntegrationId integration,
        HttpGateway gateway,
        Credentials credentials,
        Map<String, String> settings,
        InstantSource time) {

    /** Copies the settings. */
    public ConnectorContext {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(credentials, "credentials");
        settings = Map.copyOf(settings);
        Objects.requireNonNull(time, "time");
    }
}

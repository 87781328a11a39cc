package io.membersync.enrichment;

import io.membersync.http.HttpGateway;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What the engine lends a login provider.
 *
 * @param gateway the gateway to the provider, which knows its origin
 * @param time the engine's time
 * @param testMode whether synthetic persons are welcome
 * @param desk where to hand in what logins brought
 */
public record LoginContext(HttpGateway gateway, InstantSource time, boolean testMode, LoginDesk desk) {

    /** Refuses nulls. */
    public LoginContext {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(desk, "desk");
    }
}

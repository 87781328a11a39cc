package io.membersync.spring;

import io.membersync.http.GatewayLimits;
import io.membersync.http.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a host may set as {@code membersync.*}. Immutable; {@code toString} shows no secret.
 *
 * @param enabled Whether the engine is configured at all.
 * @param autoStartup Whether the engine starts with the application. An engine that was not started answers everything, and
 *     leaves runs to others.
 * @param name Names the engine's threads.
 * @param parallelRuns How many runs may go on at once in this process, 1 to 64.
 * @param manualInterval How long a person has to wait between two manual runs of an integration.
 * @param testMode Admits registries over plain http and on this machine, for simulators.
 * @param allowTargets Registries that are not public: host names, addresses, and ranges such as 10.1.0.0/16.
 * @param installTables Whether the library's tables are created, or brought up to date, at the start.
 * @param keys The master keys that seal credentials at rest.
 * @param batches When a batch is committed: whatever comes first.
 * @param requests What one request to a registry may take.
 * @param retries How failed requests to a registry are repeated.
 * @param webhooks The address for webhooks.
 * @param vipps Vipps Login, where enrichment is on the class path.
 */
@ConfigurationProperties("membersync")
public record MemberSyncProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean autoStartup,
        @DefaultValue("membersync") String name,
        @DefaultValue("2") int parallelRuns,
        @DefaultValue("5m") Duration manualInterval,
        @DefaultValue("false") boolean testMode,
        @DefaultValue List<String> allowTargets,
        @DefaultValue("true") boolean installTables,
        @DefaultValue Keys keys,
        @DefaultValue Batches batches,
        @DefaultValue Requests requests,
        @DefaultValue Retries retries,
        @DefaultValue Webhooks webhooks,
        @DefaultValue Vipps vipps) {

    private static final String MASK = "•••••";

    /** Copies the targets. */
    public MemberSyncProperties {
        allowTargets = List.copyOf(allowTargets);
        Objects.requireNonNull(keys, "keys");
    }

    /**
     * Master keys. Nothing shows them.
     *
     * @param current The id of the key that new secrets are sealed with.
     * @param known All keys by id, each 32 random bytes in base64, as "openssl rand -base64 32" prints them. An id is 1 to
     *     40 letters, digits, dots and hyphens.
     */
    public record Keys(
            @Nullable String current, @DefaultValue Map<String, String> known) {

        /** Copies the keys. */
        public Keys {
            known = Map.copyOf(known);
        }

        /** {@return the ids only} */
        @Override
        public String toString() {
            return "Keys[known=" + known.keySet() + "]";
        }
    }

    /**
     * When a batch is committed.
     *
     * @param rows Rows to be looked at closely.
     * @param pages Pages read.
     * @param age Time since the last commit.
     */
    public record Batches(
            @DefaultValue("500") int rows,
            @DefaultValue("20") int pages,
            @DefaultValue("2s") Duration age) {}

    /**
     * What one request to a registry may take.
     *
     * @param connect The longest wait for a connection.
     * @param answer The longest wait for the whole answer.
     * @param maxBody The largest body that is read.
     */
    public record Requests(
            @DefaultValue("5s") Duration connect,
            @DefaultValue("30s") Duration answer,
            @DefaultValue("32MB") DataSize maxBody) {

        GatewayLimits limits() {
            return new GatewayLimits(connect, answer, Math.toIntExact(maxBody.toBytes()));
        }
    }

    /**
     * How failed requests to a registry are repeated.
     *
     * @param maxAttempts How often a request is sent in all.
     * @param firstDelay The wait before the second attempt; it doubles from then on.
     * @param maxDelay The longest wait between two attempts, and the longest Retry-After that is waited out.
     * @param jitter The random share of each wait, 0 to 1.
     */
    public record Retries(
            @DefaultValue("4") int maxAttempts,
            @DefaultValue("500ms") Duration firstDelay,
            @DefaultValue("30s") Duration maxDelay,
            @DefaultValue("0.5") double jitter) {

        RetryPolicy policy() {
            return new RetryPolicy(maxAttempts, firstDelay, maxDelay, jitter);
        }
    }

    /**
     * The address for webhooks.
     *
     * @param enabled Whether the application takes webhooks: POST to the path, a slash and the integration's id.
     * @param path The path before the integration's id.
     */
    public record Webhooks(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/membersync/webhooks") String path) {}

    /**
     * Vipps Login.
     *
     * @param clientId The sales unit's client id; without it, and without an IdentityProfile of your own, nothing is
     *     configured.
     * @param testEnvironment Whether it is Vipps' test environment.
     * @param callbackSecret What the Authorization header of messages about withdrawn consents has to say, if agreed on.
     */
    public record Vipps(
            @Nullable String clientId,
            @DefaultValue("false") boolean testEnvironment,
            @Nullable String callbackSecret) {

        /** {@return all but the secret} */
        @Override
        public String toString() {
            return "Vipps[clientId=" + clientId + ", testEnvironment=" + testEnvironment + ", callbackSecret="
                    + (callbackSecret == null ? "none" : MASK) + "]";
        }
    }
}

package io.membersync.internal.http;

import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayLimits;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimit;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the gateways of one engine. Gateways that use the same credential at the same origin share one rate limit and
 * one silence; the credential itself is not kept here, only its fingerprint.
 *
 * <p>Threads: safe for many.
 */
public final class Gateways implements AutoCloseable {

    /** Waits. */
    @FunctionalInterface
    public interface Pause {

        /**
         * Waits.
         *
         * @param wait how long, positive
         * @throws InterruptedException when the thread is to stop
         */
        void waitFor(Duration wait) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);
    private static final Duration SHORT_ANSWER = Duration.ofSeconds(1);
    private static final String RETRY_ALL = "jdk.httpclient.enableAllMethodRetry";

    private final InstantSource time;
    private final Pause pause;
    private final RandomGenerator random;
    private final Executor executor;
    private final TargetPolicy targets;
    private final Supplier<HttpClient.Builder> clientBuilder;
    private final Map<CredentialFingerprint, CredentialGovernor> governors = new ConcurrentHashMap<>();
    private final Map<CredentialFingerprint, AccessTokens> tokens = new ConcurrentHashMap<>();
    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile RequestWatch watch = RequestWatch.NONE;

    /**
     * Makes the gateways of an engine.
     *
     * @param time the engine's time: for rate limits, {@code Retry-After} dates and when a request was sent. Time-outs
     *     run in real time
     * @param pause how the engine waits
     * @param random the random part of waits
     * @param executor where answers are read and names looked up; stays the caller's to close. It must not be the one
     *     whose threads call the gateways, or they may wait for each other until the time-out
     * @param targets where requests may go
     */
    public Gateways(InstantSource time, Pause pause, RandomGenerator random, Executor executor, TargetPolicy targets) {
        this(time, pause, random, executor, targets, HttpClient::newBuilder);
    }

    /**
     * Makes the gateways of an engine over clients of another kind, such as such that trust another authority.
     *
     * @param time as above
     * @param pause as above
     * @param random as above
     * @param executor as above
     * @param targets as above
     * @param clientBuilder begins each client; time-outs, protocol and redirects are set here
     */
    public Gateways(
            InstantSource time,
            Pause pause,
            RandomGenerator random,
            Executor executor,
            TargetPolicy targets,
            Supplier<HttpClient.Builder> clientBuilder) {
        this.time = Objects.requireNonNull(time, "time");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.random = Objects.requireNonNull(random, "random");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.targets = Objects.requireNonNull(targets, "targets");
        this.clientBuilder = clientBuilder;
        warnOfHiddenRepetitions();
    }

    /**
     * Has somebody hear of every request of the gateways that are opened from now on.
     *
     * @param heard who
     */
    public void watchedBy(RequestWatch heard) {
        watch = heard;
    }

    /**
     * Opens an integration's gateway. Opening it again with other options replaces the integration's wish for a rate
     * limit; nothing is sent.
     *
     * @param integration whose gateway it is
     * @param endpoint the base URL
     * @param credentials what opens the registry: decides which gateways share a rate limit and an access token. The
     *     gateway signs the requests of an OAuth client; a key the connector puts into a header. A request that carries
     *     a credential in its address is refused
     * @param options how the gateway behaves
     * @return the gateway
     * @throws RegistryException with {@code ENDPOINT} when the base URL is not a plain http or https address
     * @throws IllegalStateException after {@link #close()}
     */
    public HttpGateway open(IntegrationId integration, URI endpoint, Credentials credentials, GatewayOptions options) {
        if (closed) {
            throw new IllegalStateException("The gateways have been closed");
        }
        Endpoint base = Endpoint.of(JdkHttpGateway.who(integration), endpoint);
        Deadline deadline = options.total().map(Deadline::in).orElse(Deadline.NONE);
        Optional<BearerTokens> bearer = credentials instanceof Credentials.OAuthClient client
                ? Optional.of(bearer(integration, base, client, options, deadline))
                : Optional.empty();
        return gateway(integration, base, credentials, options, new Ends(bearer, deadline));
    }

    /** What a gateway has besides what all have: where its tokens come from, and when it ends. */
    private record Ends(Optional<BearerTokens> bearer, Deadline deadline) {}

    private JdkHttpGateway gateway(
            IntegrationId integration, Endpoint base, Credentials credentials, GatewayOptions options, Ends ends) {
        CredentialGovernor governor = governors.computeIfAbsent(
                CredentialFingerprint.of(credentials, base.origin()), fingerprint -> new CredentialGovernor(time));
        governor.wish(integration, options.rate());
        HttpClient client = clients.computeIfAbsent(options.limits().connect(), this::client);
        JdkHttpGateway.Parts parts = new JdkHttpGateway.Parts(
                new Exchange.Wires(client, targets, executor, time),
                pause,
                new Retries(options.retries(), random),
                governor,
                ends.bearer(),
                ends.deadline(),
                () -> closed,
                watch);
        return new JdkHttpGateway(integration, base, credentials, options, parts);
    }

    // The way to the authority is a gateway of its own: as bounded, as patient and as silent when it is asked to be.
    private BearerTokens bearer(
            IntegrationId integration,
            Endpoint base,
            Credentials.OAuthClient client,
            GatewayOptions options,
            Deadline deadline) {
        String who = JdkHttpGateway.who(integration);
        Endpoint authority = Endpoint.of(who, client.authority().tokenEndpoint());
        JdkHttpGateway way =
                gateway(integration, authority, client, forTokens(options), new Ends(Optional.empty(), deadline));
        AccessTokens shared = tokens.computeIfAbsent(
                CredentialFingerprint.of(client, base.origin()), fingerprint -> new AccessTokens(time));
        return new BearerTokens(
                shared,
                new TokenRequest(who, client, base.origin(), way, time),
                options.limits().connect().plus(options.limits().answer()),
                deadline);
    }

    // A single attempt is somebody's question, who waits for token and answer together.
    private static GatewayOptions forTokens(GatewayOptions options) {
        GatewayLimits limits = options.limits();
        Duration answer = limits.answer();
        if (options.retries().maxAttempts() == 1 && answer.compareTo(SHORT_ANSWER) > 0) {
            Duration quarter = answer.dividedBy(4);
            answer = quarter.compareTo(SHORT_ANSWER) > 0 ? quarter : SHORT_ANSWER;
        }
        return new GatewayOptions(
                new GatewayLimits(limits.connect(), answer, limits.maxBodyBytes()),
                options.retries(),
                RateLimit.UNLIMITED);
    }

    /**
     * Ends the use of all gateways: further calls are refused. Requests under way end by themselves; whoever owns their
     * threads interrupts them.
     */
    @Override
    public void close() {
        closed = true;
        clients.clear();
        governors.clear();
        tokens.clear();
    }

    private HttpClient client(Duration connectTimeout) {
        return clientBuilder
                .get()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(executor)
                .build();
    }

    private static void warnOfHiddenRepetitions() {
        String value = System.getProperty(RETRY_ALL);
        if (value != null && (value.isEmpty() || Boolean.parseBoolean(value))) {
            LOG.warn(
                    "The JVM property {} is on: the JDK may send a write twice when a connection breaks. Switch it off",
                    RETRY_ALL);
        }
    }
}

package io.membersync.internal.http;

import io.github.resilience4j.retry.Retry;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import io.membersync.http.RateLimitState;
import io.membersync.model.IntegrationId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.MDC;

/** One integration's gateway over {@code java.net.http}. Safe for many threads. */
final class JdkHttpGateway implements HttpGateway {

    private static final String MDC_INTEGRATION = "integration";
    // Longer than any queue of requests that each end in time.
    private static final Duration LONGEST_QUEUE = Duration.ofHours(1);
    private static final String REFUSED_TOKEN = "The member system refuses the token that the sign-in service has just"
            + " given. Check the environment URL, and that the application is registered there.";

    /**
     * What a gateway works with.
     *
     * @param wires sends requests
     * @param pause waits
     * @param retries decides about repetitions
     * @param governor what all gateways of the credential share
     * @param bearer where access tokens come from; nothing for credentials that the connector sends itself
     * @param deadline the end of all requests together
     * @param closed whether the owner has been closed
     */
    record Parts(
            Exchange.Wires wires,
            Gateways.Pause pause,
            Retries retries,
            CredentialGovernor governor,
            Optional<BearerTokens> bearer,
            Deadline deadline,
            BooleanSupplier closed,
            RequestWatch watch) {}

    @FunctionalInterface
    private interface Sending {
        Attempt once() throws InterruptedException;
    }

    private final String integration;
    private final String who;
    private final Endpoint endpoint;
    private final Credentials credentials;
    private final GatewayOptions options;
    private final Parts parts;

    JdkHttpGateway(
            IntegrationId integration,
            Endpoint endpoint,
            Credentials credentials,
            GatewayOptions options,
            Parts parts) {
        this.integration = integration.value();
        this.who = who(integration);
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.options = options;
        this.parts = parts;
    }

    static String who(IntegrationId integration) {
        return "Integration '" + integration + "'";
    }

    @Override
    public GatewayResponse send(GatewayRequest request) {
        if (parts.closed().getAsBoolean()) {
            throw new IllegalStateException("The engine that owns this gateway has been closed");
        }
        URI address = endpoint.resolve(request.target());
        refuseSecretIn(address);
        boolean named = MDC.get(MDC_INTEGRATION) != null;
        if (!named) {
            MDC.put(MDC_INTEGRATION, integration);
        }
        try {
            return sendUntilAnswered(request, address, parts.retries().begin(request.mayRepeat()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(who + ": interrupted while a request was under way");
        } finally {
            if (!named) {
                MDC.remove(MDC_INTEGRATION);
            }
        }
    }

    @Override
    public RateLimitState rateLimit() {
        return parts.governor().state();
    }

    private GatewayResponse sendUntilAnswered(GatewayRequest request, URI address, Retry.AsyncContext<Attempt> attempts)
            throws InterruptedException {
        String what = Exchange.what(who, request, address);
        Duration delay = Duration.ZERO;
        boolean renewed = false;
        boolean sentAway = false;
        while (true) {
            pause(longer(delay, silence(what)));
            awaitTurn(what);
            // Asking for a token waits for others, and has a way, and lanes, of its own.
            Optional<AccessTokens.Token> token = token();
            Attempt attempt = inLane(what, sentAway, () -> once(request, address, token));
            boolean refused = token.isPresent() && attempt.status() == 401;
            if (refused && !renewed) {
                parts.bearer().orElseThrow().tokens().refuse(token.get());
                renewed = true;
                delay = Duration.ZERO;
                continue;
            }
            if (attempt instanceof Attempt.Answered answered) {
                attempts.onComplete();
                return answered.response();
            }
            RegistryException failure = ((Attempt.Failed) attempt).failure();
            sentAway = failure.fault() == Fault.THROTTLED;
            long millis = attempts.onResult(attempt);
            if (millis < 0) {
                throw refused ? failure.advising(REFUSED_TOKEN) : failure;
            }
            delay = Duration.ofMillis(millis);
        }
    }

    // A silence that others were asked for meanwhile is waited out in the lane: who gave it up would lose the turn.
    private Attempt inLane(String what, boolean sentAway, Sending sending) throws InterruptedException {
        Lanes lanes = parts.governor().lanes();
        enter(what, lanes, sentAway);
        try {
            for (Duration left = silence(what); !left.isZero(); left = silence(what)) {
                pause(left);
            }
            Attempt attempt = sending.once();
            heed(attempt);
            return attempt;
        } finally {
            lanes.leave();
        }
    }

    private void enter(String what, Lanes lanes, boolean sentAway) throws InterruptedException {
        if (parts.deadline().passed()) {
            throw new RegistryException(
                    Fault.NETWORK, what + " was not sent: the answers before it took all the time that there was");
        }
        Duration patience = parts.deadline().atMost(LONGEST_QUEUE);
        // Who comes again goes first: else some would be sent away each time until their attempts are used up.
        boolean entered =
                sentAway ? lanes.enterAgain(options.urgency(), patience) : lanes.enter(options.urgency(), patience);
        if (!entered) {
            throw tooMany(what);
        }
    }

    private static RegistryException tooMany(String what) {
        return new RegistryException(
                Fault.THROTTLED, what + " was not sent: too many wait for their turn with this credential");
    }

    private Optional<AccessTokens.Token> token() throws InterruptedException {
        return parts.bearer().isPresent() ? Optional.of(parts.bearer().get().current()) : Optional.empty();
    }

    private Attempt once(GatewayRequest request, URI address, Optional<AccessTokens.Token> token)
            throws InterruptedException {
        GatewayRequest signed =
                token.map(held -> BearerTokens.signed(request, held)).orElse(request);
        long start = System.nanoTime();
        Attempt attempt = new Exchange(parts.wires(), options.limits(), parts.deadline(), signed, address, who).once();
        parts.watch().sent(integration, attempt.outcome(), System.nanoTime() - start);
        return attempt;
    }

    /** How long the registry still wants silence from this credential. */
    private Duration silence(String what) {
        Optional<CredentialGovernor.Closure> closure = parts.governor().closure();
        if (closure.isEmpty()) {
            return Duration.ZERO;
        }
        Duration left =
                Duration.between(parts.wires().time().instant(), closure.get().until());
        if (left.compareTo(parts.retries().patience()) > 0) {
            throw new RegistryException(
                    closure.get().fault(),
                    what + " was not sent: the registry has asked for a pause of another " + left.toSeconds() + " s",
                    left,
                    null);
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    // The wait is spent in the queue: whoever comes next takes a later request out of the limit.
    private void awaitTurn(String what) throws InterruptedException {
        Turns pacing = parts.governor().pacing();
        if (!pacing.enter(options.urgency(), parts.deadline().atMost(LONGEST_QUEUE))) {
            throw tooMany(what);
        }
        try {
            pause(turn(what));
        } finally {
            pacing.leave();
        }
    }

    /** How long this credential's own limit makes the request wait. */
    private Duration turn(String what) {
        // A single attempt is somebody's question; a run is better served by waiting for the next period.
        Duration patience = options.retries().maxAttempts() == 1
                ? parts.deadline().atMost(options.limits().answer())
                : longer(parts.retries().patience(), options.rate().period());
        Duration wait = parts.governor().reserve(patience);
        if (wait.compareTo(patience) > 0) {
            throw new RegistryException(
                    Fault.THROTTLED,
                    what + " was not sent: the integration's own rate limit is used up for " + wait.toSeconds() + " s",
                    wait,
                    null);
        }
        return wait;
    }

    // A silence that one call was asked for is everybody's, the call's own next attempt included.
    private void heed(Attempt attempt) {
        if (attempt instanceof Attempt.Failed failed) {
            RegistryException failure = failed.failure();
            failure.retryAfter()
                    .filter(pause -> !pause.isZero())
                    .ifPresent(pause -> parts.governor().close(pause, failure.fault()));
            if (failure.fault() == Fault.THROTTLED) {
                parts.governor().lanes().throttled();
            }
        } else {
            parts.governor().lanes().served();
        }
    }

    private void pause(Duration wait) throws InterruptedException {
        if (!wait.isZero()) {
            parts.pause().waitFor(wait);
        }
    }

    private void refuseSecretIn(URI address) {
        String text = address.toString();
        boolean told = (credentials instanceof Credentials.ApiKey key && text.contains(key.reveal()))
                || (credentials instanceof Credentials.ClientSecret client && text.contains(client.reveal()));
        if (told) {
            throw new IllegalArgumentException(
                    who + ": a credential must not be part of an address; send it in a header");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** {@return the integration and the origin, never the credential} */
    @Override
    public String toString() {
        return "JdkHttpGateway[" + integration + ", " + endpoint.origin() + "]";
    }
}

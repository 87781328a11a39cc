package io.membersync.internal.http;

import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayLimits;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.http.Attempt.Repetition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way: sends it once, bounded in time and size, and reads what became of it.
 *
 * <p>A GET whose connection dies before the answer is sent a second time by the JDK itself, unseen.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(JdkHttpGateway.class);
    private static final int ERROR_BODY_BYTES = 64 * 1024;

    /**
     * What every request is sent with.
     *
     * @param client the client
     * @param targets where requests may go
     * @param executor looks up names
     * @param time the engine's time
     */
    record Wires(HttpClient client, TargetPolicy targets, Executor executor, InstantSource time) {}

    private final Wires wires;
    private final GatewayLimits limits;
    private final Deadline deadline;
    private final GatewayRequest request;
    private final URI address;
    private final String what;
    private final HttpRequest prepared;

    Exchange(Wires wires, GatewayLimits limits, Deadline deadline, GatewayRequest request, URI address, String who) {
        this.wires = wires;
        this.limits = limits;
        this.deadline = deadline;
        this.request = request;
        this.address = address;
        this.what = what(who, request, address);
        this.prepared = prepare(request, address);
    }

    /** {@return what is tried, for messages: integration, method and path} */
    static String what(String who, GatewayRequest request, URI address) {
        return who + ": " + request.method() + " " + address.getRawPath();
    }

    /**
     * Sends the request once.
     *
     * @return the answer or the fault
     * @throws InterruptedException when the thread is to stop; the exchange is given up
     */
    Attempt once() throws InterruptedException {
        Instant sentAt = wires.time().instant();
        Attempt attempt = attempt(sentAt);
        log(attempt, Duration.between(sentAt, wires.time().instant()));
        return attempt;
    }

    private Attempt attempt(Instant sentAt) throws InterruptedException {
        Optional<Attempt> refusal = admission();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Duration patience = deadline.atMost(limits.answer());
        CompletableFuture<HttpResponse<byte[]>> answer = wires.client().sendAsync(prepared, this::bodyOf);
        try {
            HttpResponse<byte[]> response = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            GatewayResponse read = new GatewayResponse(
                    response.statusCode(), response.headers().map(), response.body(), sentAt);
            return new FaultReader(address, what)
                    .read(request, read, wires.time().instant());
        } catch (TimeoutException e) {
            return TransportFaultReader.failed(
                    Fault.NETWORK, what + " got no whole answer within " + patience.toMillis() + " ms", null, false);
        } catch (ExecutionException e) {
            return TransportFaultReader.read(what, ioFailure(e));
        } finally {
            // Closes the connection of an answer that nobody waits for any more; does nothing to a finished one.
            answer.cancel(true);
        }
    }

    // Names are looked up on the executor because a look-up heeds neither time-outs nor interrupts.
    private Optional<Attempt> admission() throws InterruptedException {
        CompletableFuture<Optional<String>> judged = CompletableFuture.supplyAsync(this::judge, wires.executor());
        try {
            return judged.get(deadline.atMost(limits.connect()).toNanos(), TimeUnit.NANOSECONDS)
                    .map(objection -> Attempt.Failed.withoutAnswer(
                            new RegistryException(Fault.ENDPOINT, what + " was not sent: " + objection),
                            Repetition.USELESS));
        } catch (TimeoutException e) {
            return Optional.of(TransportFaultReader.failed(
                    Fault.NETWORK, what + " was not sent: the host's name could not be looked up in time", null, true));
        } catch (ExecutionException e) {
            return Optional.of(TransportFaultReader.read(what, ioFailure(e)));
        }
    }

    private Optional<String> judge() {
        try {
            return wires.targets().resolvedObjection(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BoundedBody bodyOf(HttpResponse.ResponseInfo info) {
        int status = info.statusCode();
        OptionalLong announced = info.headers().firstValueAsLong("Content-Length");
        boolean wanted = status / 100 == 2 || request.accepted().contains(status);
        return wanted
                ? BoundedBody.refusingOver(limits.maxBodyBytes(), announced)
                : BoundedBody.cutAt(Math.min(ERROR_BODY_BYTES, limits.maxBodyBytes()), announced);
    }

    private static IOException ioFailure(ExecutionException failure) {
        Throwable cause = failure.getCause();
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof IOException io) {
            return io;
        }
        throw new IllegalStateException("The HTTP client failed in a way that it should not", cause);
    }

    private static HttpRequest prepare(GatewayRequest request, URI address) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address);
        byte[] body = request.body();
        builder.method(
                request.method(),
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        request.headers().forEach((name, value) -> {
            try {
                builder.setHeader(name, value);
            } catch (IllegalArgumentException e) {
                // The JDK's own message repeats the value.
                throw new IllegalArgumentException(
                        "The header '" + name + "' is reserved, or its value holds characters that no header may hold");
            }
        });
        return builder.build();
    }

    private void log(Attempt attempt, Duration taken) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} {} {} {} ms", request.method(), address.getRawPath(), attempt.outcome(), taken.toMillis());
        }
    }
}

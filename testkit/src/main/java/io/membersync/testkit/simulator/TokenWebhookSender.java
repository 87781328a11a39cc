package io.membersync.testkit.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends a registry's webhooks over HTTP when it is told to: one for each change, with a shared token in a header and
 * nothing that proves age or origin. It can repeat them and mix them up. Threads: changes may be noted by any thread, all
 * else is for one.
 */
public final class TokenWebhookSender {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);

    private record Hint(Map<String, String> headers, String json) {}

    private final URI target;
    private final String header;
    private final int attempts;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Queue<Hint> waiting = new ConcurrentLinkedQueue<>();
    private final List<Hint> sent = new ArrayList<>();
    private String token;

    /**
     * Makes a sender; for simulators.
     *
     * @param target the host's address for webhooks
     * @param header the header that carries the token
     * @param token the token
     * @param attempts how often one is sent in all while the answer is 502, 503 or 504
     */
    public TokenWebhookSender(URI target, String header, String token, int attempts) {
        this.target = Objects.requireNonNull(target, "target");
        this.header = Objects.requireNonNull(header, "header");
        this.token = Objects.requireNonNull(token, "token");
        this.attempts = attempts;
    }

    /**
     * Notes a change that is to be told; for simulators.
     *
     * @param headers further headers
     * @param json the body
     */
    public void changed(Map<String, String> headers, String json) {
        waiting.add(new Hint(Map.copyOf(headers), json));
    }

    /**
     * Sends with another token from now on.
     *
     * @param other the token
     */
    public void token(String other) {
        this.token = Objects.requireNonNull(other, "other");
    }

    /** {@return the answers' statuses, one for each change since the last time, sent in order} */
    public List<Integer> send() {
        return deliver(fresh());
    }

    /**
     * Sends what is new in an order of its own.
     *
     * @param seed draws the order
     * @return the answers' statuses
     */
    public List<Integer> sendShuffled(long seed) {
        List<Hint> shuffled = fresh();
        Collections.shuffle(shuffled, new Random(seed));
        return deliver(shuffled);
    }

    /** {@return the answers' statuses to everything that was ever sent, sent again just as it was} */
    public List<Integer> sendAgain() {
        return deliver(List.copyOf(sent));
    }

    private List<Hint> fresh() {
        List<Hint> fresh = new ArrayList<>();
        for (Hint hint = waiting.poll(); hint != null; hint = waiting.poll()) {
            fresh.add(hint);
        }
        sent.addAll(fresh);
        return fresh;
    }

    private List<Integer> deliver(List<Hint> hints) {
        return hints.stream().map(this::deliver).toList();
    }

    private int deliver(Hint hint) {
        int status = post(hint);
        for (int attempt = 1; attempt < attempts && PASSING.contains(status); attempt++) {
            status = post(hint);
        }
        return status;
    }

    private int post(Hint hint) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header(header, token)
                .POST(HttpRequest.BodyPublishers.ofString(hint.json(), StandardCharsets.UTF_8));
        hint.headers().forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending a webhook", stopped);
        }
    }
}

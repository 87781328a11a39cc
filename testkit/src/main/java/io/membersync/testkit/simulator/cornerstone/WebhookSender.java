package io.membersync.testkit.simulator.cornerstone;

import io.membersync.connector.StandardWebhooks;
import io.membersync.connector.WebhookSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Sends a room's webhooks over HTTP when it is told to: one thin body for each entry of the feed, signed by <i>Standard
 * Webhooks</i>. It can repeat them, mix them up, send them late, and sign with two secrets while they are changed.
 * Threads: for one thread.
 */
public final class WebhookSender {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MANY = 100_000;

    private record Delivery(String id, String json) {
        byte[] body() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    private final CornerstoneRoom room;
    private final URI target;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<Delivery> sent = new ArrayList<>();
    private List<WebhookSecret> secrets;
    private Duration late = Duration.ZERO;
    private long lastSeq;
    private int trials;

    WebhookSender(CornerstoneRoom room, URI target, List<String> secrets) {
        this.room = room;
        this.target = Objects.requireNonNull(target, "target");
        this.secrets = secrets(secrets);
        this.lastSeq = room.lastSeq();
    }

    /**
     * Changes the secrets that sign from now on.
     *
     * @param others each {@code whsec_} and Base64; with two, each webhook has two signatures
     */
    public void secrets(String... others) {
        this.secrets = secrets(List.of(others));
    }

    /**
     * Sends with a time that lies in the past from now on.
     *
     * @param by how far
     */
    public void late(Duration by) {
        this.late = by;
    }

    /** {@return the answers' statuses, one for each entry of the feed since the last time, sent in order} */
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
        List<Delivery> shuffled = fresh();
        Collections.shuffle(shuffled, new Random(seed));
        return deliver(shuffled);
    }

    /** {@return the answers' statuses to everything that was ever sent, sent again with the same ids} */
    public List<Integer> sendAgain() {
        return deliver(List.copyOf(sent));
    }

    /** {@return the answer's status to a webhook that only tries out whether it arrives} */
    public int sendTrial() {
        trials++;
        return post(new Delivery("msg_trial_" + room.id() + "_" + trials, body("webhook.test", "", 0)));
    }

    private List<Delivery> fresh() {
        List<FeedEvent> events = room.read(() -> room.feed().after(lastSeq, MANY));
        List<Delivery> deliveries = new ArrayList<>();
        for (FeedEvent event : events) {
            lastSeq = event.seq();
            String type = switch (event.kind()) {
                case UPSERT -> "member.changed";
                case DELETE -> "member.deleted";
                case MERGE -> "member.merged";
            };
            deliveries.add(new Delivery("msg_" + room.id() + "_" + event.seq(), body(type, event.id(), event.seq())));
        }
        sent.addAll(deliveries);
        return deliveries;
    }

    private String body(String type, String id, long seq) {
        return "{\"type\":\"" + type + "\",\"timestamp\":\"" + room.now() + "\",\"data\":{\"room\":\"" + room.id()
                + "\",\"id\":\"" + id + "\",\"seq\":" + seq + "}}";
    }

    private List<Integer> deliver(List<Delivery> deliveries) {
        return deliveries.stream().map(this::post).toList();
    }

    private int post(Delivery delivery) {
        Instant at = room.now().minus(late);
        String signatures = secrets.stream()
                .map(secret -> StandardWebhooks.sign(secret, delivery.id(), at, delivery.body()))
                .collect(Collectors.joining(" "));
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header(StandardWebhooks.ID, delivery.id())
                .header(StandardWebhooks.TIMESTAMP, String.valueOf(at.getEpochSecond()))
                .header(StandardWebhooks.SIGNATURE, signatures)
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending a webhook", stopped);
        }
    }

    private static List<WebhookSecret> secrets(List<String> texts) {
        return texts.stream().map(WebhookSecret::new).toList();
    }
}

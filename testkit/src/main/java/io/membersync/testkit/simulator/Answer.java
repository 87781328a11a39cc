package io.membersync.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the simulator answers, and how it goes out. Threads: immutable, apart from the body array, which nobody
 * changes.
 */
public final class Answer {

    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Delivery delivery;

    private final Runnable afterwards;

    private Answer(int status, Map<String, String> headers, byte[] body, Delivery delivery, Runnable afterwards) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delivery = delivery;
        this.afterwards = afterwards;
    }

    /**
     * Makes an answer without a body.
     *
     * @param status HTTP status
     * @return the answer
     */
    public static Answer of(int status) {
        return new Answer(status, Map.of(), NOTHING, Delivery.PLAIN, Answer::nothingMore);
    }

    /**
     * Makes an answer with a body.
     *
     * @param status HTTP status
     * @param contentType value of the {@code Content-Type} header
     * @param body the bytes, which the caller must not change afterwards
     * @return the answer
     */
    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body, Delivery.PLAIN, Answer::nothingMore);
    }

    /**
     * Makes an answer with a body of text, sent in UTF-8.
     *
     * @param status HTTP status
     * @param contentType value of the {@code Content-Type} header
     * @param body the body
     * @return the answer
     */
    public static Answer of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes an answer that never comes: the connection is closed without a byte.
     *
     * @return the answer
     */
    public static Answer none() {
        return Answer.of(0).delivered(Delivery.CUT);
    }

    /** {@return the HTTP status, 0 when nothing is answered} */
    public int status() {
        return status;
    }

    /** {@return the headers, without those the server adds itself (length, date, connection)} */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** {@return the body; callers must not change it} */
    public byte[] body() {
        return body;
    }

    /**
     * {@return the same answer with one header more, or another value for it}
     *
     * @param name name of the header
     * @param value its value
     */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, delivery, afterwards);
    }

    /**
     * {@return the same answer with another body}
     *
     * @param other the new body
     */
    public Answer withBody(byte[] other) {
        return new Answer(status, headers, other, delivery, afterwards);
    }

    /**
     * {@return the same answer, sent this much later}
     *
     * @param delay how much later
     */
    public Answer after(Duration delay) {
        return delivered(delivery.after(delay));
    }

    /**
     * Follows the same answer by an action, run once its last byte has gone out.
     *
     * @param action what to do then
     * @return the answer
     */
    public Answer followedBy(Runnable action) {
        return new Answer(status, headers, body, delivery, action);
    }

    private static void nothingMore() {}

    void sent() {
        afterwards.run();
    }

    Delivery delivery() {
        return delivery;
    }

    Answer delivered(Delivery other) {
        return new Answer(status, headers, body, other, afterwards);
    }

    /** Tells status and length, never the body. */
    @Override
    public String toString() {
        return "Answer[status=" + status + ", bytes=" + body.length + "]";
    }
}

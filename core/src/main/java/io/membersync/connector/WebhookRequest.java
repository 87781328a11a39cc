package io.membersync.connector;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A webhook as it arrived at the host: headers, and the body's bytes as they came, before anything was made of them.
 * Immutable; {@code toString} shows the body's length only.
 */
public final class WebhookRequest {

    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Takes a request.
     *
     * @param headers the headers; their names may be in any case
     * @param body the body's bytes, unchanged: a signature covers each of them
     */
    public WebhookRequest(Map<String, List<String>> headers, byte[] body) {
        Map<String, List<String>> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> ignoringCase.put(name, List.copyOf(values)));
        this.headers = ignoringCase;
        this.body = Objects.requireNonNull(body, "body").clone();
    }

    /**
     * Finds a header.
     *
     * @param name its name, in any case
     * @return its value; empty when it is missing, blank, or there more than once
     */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)).filter(value -> !value.isBlank()) : Optional.empty();
    }

    /** {@return a copy of the body} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return the body's length in bytes} */
    public int length() {
        return body.length;
    }

    /** {@return the body's length only} */
    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes]";
    }
}

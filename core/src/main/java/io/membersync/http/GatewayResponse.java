package io.membersync.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A registry's answer, read to its end. Immutable apart from the body's bytes, which belong to the reader;
 * {@code toString} shows status and size only.
 *
 * @param status the HTTP status
 * @param headers the headers; names compare ignoring case
 * @param body the whole body, bounded by the gateway's limits
 * @param sentAt when the request was sent: what the answer says was true then or later
 */
// The array is handed over, not shared: a copy of every page would double the largest allocation of a sync.
@SuppressWarnings("ArrayRecordComponent")
public record GatewayResponse(int status, Map<String, List<String>> headers, byte[] body, Instant sentAt) {

    /** Refuses nulls. */
    public GatewayResponse {
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(sentAt, "sentAt");
    }

    /**
     * Finds a header.
     *
     * @param name its name, in any case
     * @return its first value
     */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .flatMap(e -> e.getValue().stream())
                .findFirst();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** {@return status and size, never the body} */
    @Override
    public String toString() {
        return "GatewayResponse[" + status + ", " + body.length + " bytes]";
    }
}

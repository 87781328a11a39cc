package io.membersync.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One request in the {@link RequestLog}. Immutable.
 *
 * @param route the route's name, such as {@code GET /members/{id}}
 * @param request what came
 * @param status what was answered; 0 when the connection was closed without an answer
 * @param answerBytes bytes of the answer's body
 * @param receivedAt when it came, by the machine's clock
 * @param work time from the last byte of the request to the first of the answer, without any delay switched on
 */
public record LoggedRequest(
        String route, SimulatedRequest request, int status, long answerBytes, Instant receivedAt, Duration work) {

    /** {@return the method} */
    public String method() {
        return request.method();
    }

    /** {@return path and query as sent} */
    public String target() {
        return request.target();
    }

    /** {@return the headers by name, ignoring case; values are shown as sent, keys included} */
    public Map<String, List<String>> headers() {
        return request.headers();
    }

    /** {@return the length of the request's body in bytes} */
    public int bodyBytes() {
        return request.body().length;
    }

    /** Tells everything but the query, the body and the values of headers, which may hold a key or a person's data. */
    @Override
    public String toString() {
        return request + " headers=" + request.headers().keySet() + " bodyBytes=" + bodyBytes() + " -> " + status + " ("
                + answerBytes + " bytes, " + work.toMillis() + " ms)";
    }
}

package io.membersync.testkit.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as it came over the wire. Threads: immutable, apart from the body array, which nobody changes.
 */
public final class SimulatedRequest {

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Makes a request.
     *
     * @param method the method, upper case as sent
     * @param target path and query exactly as sent
     * @param headers all headers, each with its values in order
     * @param body the whole body; empty when there was none
     */
    public SimulatedRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        this.method = method;
        this.target = target;
        this.headers = Collections.unmodifiableMap(sorted);
        this.body = body;
    }

    /** {@return the method, as sent} */
    public String method() {
        return method;
    }

    /** {@return path and query, exactly as sent} */
    public String target() {
        return target;
    }

    /** {@return all headers, by name ignoring case} */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** {@return the body, which callers must not change} */
    public byte[] body() {
        return body;
    }

    /** {@return the target up to its question mark, not decoded} */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** {@return the query parameters, decoded, in order; of a repeated one the first value} */
    public Map<String, String> query() {
        Map<String, String> parameters = new LinkedHashMap<>();
        int question = target.indexOf('?');
        if (question >= 0 && question < target.length() - 1) {
            for (String pair : target.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /**
     * {@return the first value of a header, whatever the case of its name}
     *
     * @param name name of the header
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }

    /** {@return the body read as UTF-8} */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Tells method and path only: a query, a header or a body may hold what no log should. */
    @Override
    public String toString() {
        return method + " " + path();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformedEscape) {
            return text;
        }
    }
}

package io.membersync.http;

import io.membersync.fault.Fault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request to a registry. Immutable; {@code toString} shows method and path without query.
 */
public final class GatewayRequest {

    private static final byte[] NO_BODY = new byte[0];

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Set<Integer> accepted;
    private final Map<String, Fault> meanings;
    private final boolean repeatable;

    private GatewayRequest(
            String method,
            String target,
            Map<String, String> headers,
            byte[] body,
            Set<Integer> accepted,
            Map<String, Fault> meanings,
            boolean repeatable) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.accepted = accepted;
        this.meanings = meanings;
        this.repeatable = repeatable;
    }

    /**
     * A reading request; may be repeated.
     *
     * @param target a path with query, already encoded, relative to the endpoint; or an absolute link on its origin
     * @return the request
     */
    public static GatewayRequest get(String target) {
        return of("GET", target, null, NO_BODY, true);
    }

    /**
     * A request with a body; sent once unless {@link #repeatable()} says that the registry tolerates a repetition.
     *
     * @param method {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
     * @param target as for {@link #get}
     * @param contentType the body's media type, or null without a body
     * @param body the body's bytes
     * @return the request
     */
    public static GatewayRequest of(String method, String target, @Nullable String contentType, byte[] body) {
        return of(method, target, contentType, body, false);
    }

    private static GatewayRequest of(
            String method, String target, @Nullable String contentType, byte[] body, boolean repeatable) {
        Map<String, String> headers = contentType == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "Content-Type", contentType);
        return new GatewayRequest(
                Objects.requireNonNull(method, "method"),
                Objects.requireNonNull(target, "target"),
                headers,
                body.clone(),
                Set.of(),
                Map.of(),
                repeatable);
    }

    /**
     * Adds a header, replacing one of the same name.
     *
     * @param name its name
     * @param value its value; never logged
     * @return a new request
     */
    public GatewayRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new GatewayRequest(method, target, Map.copyOf(more), body, accepted, meanings, repeatable);
    }

    /**
     * Says which statuses beside 2xx are answers to the caller and not failures.
     *
     * @param statuses HTTP statuses
     * @return a new request
     */
    public GatewayRequest accepting(Integer... statuses) {
        Set<Integer> more = new LinkedHashSet<>(accepted);
        more.addAll(Arrays.asList(statuses));
        return new GatewayRequest(method, target, headers, body, Set.copyOf(more), meanings, repeatable);
    }

    /**
     * Says what an error code of this registry stands for, whatever the status that it comes with.
     *
     * @param code the code in the error's body, in any case
     * @param fault what it stands for; the request is not repeated
     * @return a new request
     */
    public GatewayRequest meaning(String code, Fault fault) {
        Map<String, Fault> more = new HashMap<>(meanings);
        more.put(code.toLowerCase(Locale.ROOT), Objects.requireNonNull(fault, "fault"));
        return new GatewayRequest(method, target, headers, body, accepted, Map.copyOf(more), repeatable);
    }

    /**
     * Says that the registry tolerates this request twice, so that it may be retried after a lost answer.
     *
     * @return a new request
     */
    public GatewayRequest repeatable() {
        return new GatewayRequest(method, target, headers, body, accepted, meanings, true);
    }

    /** {@return the HTTP method in capitals} */
    public String method() {
        return method;
    }

    /** {@return path and query relative to the endpoint, or an absolute link} */
    public String target() {
        return target;
    }

    /** {@return the headers by name} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return a copy of the body; empty without one} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return statuses beside 2xx that are answers} */
    public Set<Integer> accepted() {
        return accepted;
    }

    /** {@return what error codes stand for, by code in lower case} */
    public Map<String, Fault> meanings() {
        return meanings;
    }

    /** {@return true when the request may be sent again after an unknown outcome} */
    public boolean mayRepeat() {
        return repeatable;
    }

    /** {@return method and path, without the query and without headers} */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }
}

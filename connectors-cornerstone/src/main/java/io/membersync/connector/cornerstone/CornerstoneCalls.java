package io.membersync.connector.cornerstone;

import io.membersync.connector.ConnectorContext;
import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.model.ExternalId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Sends the requests of one integration, each with its key. Safe for many threads. */
final class CornerstoneCalls {

    // Servers differ in what they make of these in a path, encoded or not, and the gateway sends none that climbs.
    private static final Pattern UNADDRESSABLE = Pattern.compile("\\.{1,2}|.*[/\\\\%;].*", Pattern.DOTALL);
    private static final byte[] NO_BODY = {};

    private final CornerstoneProfile profile;
    private final ConnectorContext context;
    private final Credentials.ApiKey key;

    CornerstoneCalls(CornerstoneProfile profile, ConnectorContext context, Credentials.ApiKey key) {
        this.profile = profile;
        this.context = context;
        this.key = key;
    }

    /** Asks who the registry is, once: a test must answer soon. */
    GatewayResponse ping() {
        return send(
                GatewayRequest.of("GET", profile.paths().ping(), null, NO_BODY).accepting(401, 403));
    }

    /** Reads a page of the listing. */
    GatewayResponse members(Cursor after) {
        String query = "?" + profile.parameters().limit() + "=" + profile.pageSize();
        if (!after.equals(Cursor.START)) {
            query += "&" + profile.parameters().cursor() + "=" + encoded(after.text());
        }
        return send(GatewayRequest.get(profile.paths().members() + query).accepting(410));
    }

    /** Reads a page of the feed. */
    GatewayResponse changes(Cursor after) {
        String query = "?" + profile.parameters().after() + "=" + encoded(after.text()) + "&"
                + profile.parameters().limit() + "=" + profile.pageSize();
        return send(GatewayRequest.get(profile.paths().changes() + query)
                .meaning(profile.problem().unknownCursor(), Fault.CURSOR_EXPIRED)
                .accepting(410));
    }

    /** {@return whether a member's id can stand in a path} */
    boolean addressable(ExternalId id) {
        return !UNADDRESSABLE.matcher(id.value()).matches();
    }

    /** Reads one member. */
    GatewayResponse member(ExternalId id) {
        return send(GatewayRequest.get(pathOf(id)).accepting(301, 308, 404, 410));
    }

    /** Writes to one member on the condition that it still has a version. */
    GatewayResponse patch(ExternalId id, String version, byte[] mergePatch) {
        return send(GatewayRequest.of("PATCH", pathOf(id), "application/merge-patch+json", mergePatch)
                .header("Accept", "application/json")
                .header("If-Match", '"' + version + '"')
                .accepting(301, 308, 404, 410, 412, 422));
    }

    /** Gives one member a personnummer. The key makes a repetition harmless. */
    GatewayResponse number(ExternalId id, String key, byte[] number) {
        return send(GatewayRequest.of("PUT", pathOf(id) + profile.number().path(), "application/json", number)
                .header("Accept", "application/json")
                .header("Idempotency-Key", key)
                .accepting(403, 404, 409, 410, 422)
                .repeatable());
    }

    /** {@return whether a text of the registry's repeats the key} */
    boolean repeatsKey(String text) {
        return text.contains(key.reveal());
    }

    /** {@return how messages speak of a request: the integration, the method and the path without ids} */
    String what(String method, String path) {
        return "Integration '" + context.integration() + "', " + method + " " + path;
    }

    /** {@return the failure for a place in the listing or feed that the registry no longer knows} */
    RegistryException expired(String path) {
        return new RegistryException(
                Fault.CURSOR_EXPIRED, what("GET", path) + ": the registry no longer knows the place to go on from");
    }

    private GatewayResponse send(GatewayRequest request) {
        return context.gateway().send(request.header(profile.keyHeader(), key.reveal()));
    }

    private String pathOf(ExternalId id) {
        return profile.paths().members() + "/" + encoded(id.value());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

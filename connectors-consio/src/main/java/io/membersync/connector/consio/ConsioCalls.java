package io.membersync.connector.consio;

import io.membersync.connector.ConnectorContext;
import io.membersync.http.Credentials;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.model.ExternalId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sends the requests of one integration, each with its key and the version it speaks. Safe for many threads. */
final class ConsioCalls {

    // The registry tells what is wrong in its envelope, with these and also with 200.
    private static final Integer[] ANSWERS = {400, 401, 403, 404, 409, 422};
    private static final String SCHEME_HEADER = "Authorization";
    private static final byte[] NO_BODY = {};

    private final ConnectorContext context;
    private final Credentials.ApiKey key;
    private final String keyHeader;

    ConsioCalls(ConnectorContext context, Credentials.ApiKey key, String keyHeader) {
        this.context = context;
        this.key = key;
        this.keyHeader = keyHeader;
    }

    /** Asks who the registry is; once only for somebody who waits for it. */
    GatewayResponse info(ConsioProfile profile, boolean once) {
        String target = profile.paths().info() + version(profile);
        return send(once ? GatewayRequest.of("GET", target, null, NO_BODY) : GatewayRequest.get(target));
    }

    /** Reads a page, of all members or of those changed since a wall clock's time. */
    GatewayResponse members(ConsioProfile profile, int page, int size, Optional<String> since) {
        ConsioProfile.Parameters names = profile.parameters();
        String query = version(profile) + "&" + names.page() + "=" + page + "&" + names.size() + "=" + size + "&"
                + names.order() + "=" + names.byId();
        String filter = since.map(time -> "&" + names.changedSince() + "=" + encoded(time))
                .orElse("");
        return send(GatewayRequest.get(profile.paths().members() + query + filter));
    }

    /** Reads the members deleted since a wall clock's time. */
    GatewayResponse deleted(ConsioProfile profile, String since) {
        return send(GatewayRequest.get(profile.paths().deleted() + version(profile) + "&"
                + profile.parameters().deletedSince() + "=" + encoded(since)));
    }

    /** Reads one member. */
    GatewayResponse member(ConsioProfile profile, ExternalId id) {
        return send(GatewayRequest.get(pathOf(profile, id)));
    }

    /** Replaces one member whole. */
    GatewayResponse replace(ConsioProfile profile, ExternalId id, byte[] record) {
        return send(GatewayRequest.of("PUT", pathOf(profile, id), "application/json", record)
                .header("Accept", "application/json"));
    }

    /** Gives one member a personnummer; once, so that the caller knows whether a number that is there may be its own. */
    GatewayResponse number(ConsioProfile profile, ExternalId id, byte[] number) {
        String target = profile.paths().members() + "/" + encoded(id.value())
                + profile.number().path() + version(profile);
        return send(
                GatewayRequest.of("POST", target, "application/json", number).header("Accept", "application/json"));
    }

    /** {@return whether a text of the registry's repeats the key} */
    boolean repeatsKey(String text) {
        return text.contains(key.reveal());
    }

    /** {@return how messages speak of a request: the integration, the method and the path without ids} */
    String what(String method, String path) {
        return "Integration '" + context.integration() + "', " + method + " " + path;
    }

    private GatewayResponse send(GatewayRequest request) {
        String value = keyHeader.equalsIgnoreCase(SCHEME_HEADER) ? "ApiKey " + key.reveal() : key.reveal();
        return context.gateway().send(request.header(keyHeader, value).accepting(ANSWERS));
    }

    private static String version(ConsioProfile profile) {
        return "?" + profile.parameters().version() + "=" + encoded(profile.version());
    }

    private static String pathOf(ConsioProfile profile, ExternalId id) {
        return profile.paths().members() + "/" + encoded(id.value()) + version(profile);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

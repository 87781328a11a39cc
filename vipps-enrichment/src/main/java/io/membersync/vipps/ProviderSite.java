package io.membersync.vipps;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import io.membersync.http.HttpGateway;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider over the network: its discovery document and its keys, both kept for an hour. A key that is not among
 * them is looked for anew at most once a minute, so that made-up tokens lead to no flood. Safe for many threads.
 */
final class ProviderSite {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final IdentityProfile profile;
    private final HttpGateway gateway;
    private final InstantSource time;
    private volatile @Nullable Known known;
    private volatile Instant nextTry = Instant.MIN;

    ProviderSite(IdentityProfile profile, HttpGateway gateway, InstantSource time) {
        this.profile = profile;
        this.gateway = gateway;
        this.time = time;
    }

    /** Where things are, by the provider's own word. */
    record Endpoints(String authorization, String token, String userinfo, String keys) {}

    private record Known(Endpoints endpoints, JWKSet keys, Instant fetchedAt) {}

    /** {@return the key of an id among those at hand; asks nobody} */
    Optional<JWK> key(String id) {
        Known now = known;
        return now == null ? Optional.empty() : Optional.ofNullable(now.keys().getKeyByKeyId(id));
    }

    /**
     * Gives the key of an id, looked for anew where it is not at hand.
     *
     * @param takenAt when the login came that needs it
     * @throws RegistryException when it is not among the keys that were fetched before the login came, and it is too
     *     early to fetch them anew
     */
    Optional<JWK> keyAsking(String id, Instant takenAt) {
        Known before = known();
        Optional<JWK> key = Optional.ofNullable(before.keys().getKeyByKeyId(id));
        Instant now = time.instant();
        Instant again = before.fetchedAt().plus(BETWEEN);
        if (key.isEmpty() && now.isBefore(again) && before.fetchedAt().isBefore(takenAt)) {
            throw new RegistryException(
                    Fault.THROTTLED,
                    "The login provider's keys were fetched less than a minute ago",
                    Duration.between(now, again),
                    null);
        }
        if (key.isPresent() || now.isBefore(again)) {
            return key;
        }
        return Optional.ofNullable(fetch().keys().getKeyByKeyId(id));
    }

    /** {@return where things are} */
    Endpoints endpoints() {
        return known().endpoints();
    }

    /** Fetches what is not at hand or no longer fresh; after a failure not at once again. */
    void keepReady() {
        Known now = known;
        Instant at = time.instant();
        if (at.isBefore(nextTry) || (now != null && at.isBefore(now.fetchedAt().plus(FRESH)))) {
            return;
        }
        nextTry = at.plus(AFTER_FAILURE);
        fetch();
    }

    private Known known() {
        Known now = known;
        return now != null && time.instant().isBefore(now.fetchedAt().plus(FRESH)) ? now : fetch();
    }

    private synchronized Known fetch() {
        Known before = known;
        Instant at = time.instant();
        if (before != null && at.isBefore(before.fetchedAt().plus(BETWEEN))) {
            return before;
        }
        Map<String, Object> document = object(get(profile.discovery()), "discovery");
        if (!profile.issuer().equals(document.get("issuer"))) {
            throw unreadable("discovery", "names another issuer");
        }
        Endpoints endpoints = new Endpoints(
                address(document, "authorization_endpoint"),
                address(document, "token_endpoint"),
                address(document, "userinfo_endpoint"),
                address(document, "jwks_uri"));
        Known fetched = new Known(endpoints, keys(get(endpoints.keys())), at);
        known = fetched;
        return fetched;
    }

    private GatewayResponse get(String address) {
        return gateway.send(GatewayRequest.get(address));
    }

    private static JWKSet keys(GatewayResponse answer) {
        try {
            return JWKSet.parse(text(answer));
        } catch (ParseException unreadable) {
            throw unreadable("keys", "are no key set");
        }
    }

    private static String address(Map<String, Object> document, String name) {
        if (document.get(name) instanceof String address) {
            return address;
        }
        throw unreadable("discovery", "lacks " + name);
    }

    /** Reads an answer that is one object. */
    static Map<String, Object> object(GatewayResponse answer, String what) {
        try {
            return Objects.requireNonNull(JSONObjectUtils.parse(text(answer)));
        } catch (ParseException | NullPointerException unreadable) {
            throw unreadable(what, "is no object");
        }
    }

    /** Reads an answer as text. */
    static String text(GatewayResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static RegistryException unreadable(String what, String why) {
        return new RegistryException(Fault.UNREADABLE, "The login provider's " + what + " " + why);
    }

    /** Sends a request to the provider. */
    GatewayResponse send(GatewayRequest request) {
        return gateway.send(request);
    }
}

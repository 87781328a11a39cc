package io.membersync.testkit.simulator.vipps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import io.membersync.testkit.simulator.Site;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The provider's addresses. Safe for many threads. */
final class VippsSite implements Site {

    static final String BASE = "/access-management-1.0/access/";
    static final String DISCOVERY = BASE + ".well-known/openid-configuration";
    static final String KEYS = BASE + ".well-known/jwks.json";
    static final String AUTHORIZE = BASE + "oauth2/auth";
    static final String TOKEN = BASE + "oauth2/token";
    static final String USERINFO = "/vipps-userinfo-api/userinfo";

    private static final Set<String> KNOWN = Set.of(DISCOVERY, KEYS, AUTHORIZE, TOKEN, USERINFO);
    private static final int SHORTEST_STATE = 8;

    private final VippsState state;
    private final Supplier<String> origin;
    private final Supplier<String> redirect;

    VippsSite(VippsState state, Supplier<String> origin, Supplier<String> redirect) {
        this.state = state;
        this.origin = origin;
        this.redirect = redirect;
    }

    String issuer() {
        return origin.get() + BASE;
    }

    @Override
    public String route(SimulatedRequest request) {
        return request.method() + " " + (KNOWN.contains(request.path()) ? request.path() : "other");
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        return switch (route(request)) {
            case "GET " + DISCOVERY -> discovery();
            case "GET " + KEYS -> keys();
            case "GET " + AUTHORIZE -> authorize(request.query());
            case "POST " + TOKEN -> new TokenEndpoint(state, issuer()).answer(request);
            case "GET " + USERINFO -> userinfo(request);
            default -> Answer.of(404);
        };
    }

    private Answer discovery() {
        ObjectNode document = MemberJson.object()
                .put("issuer", issuer())
                .put("authorization_endpoint", origin.get() + AUTHORIZE)
                .put("token_endpoint", origin.get() + TOKEN)
                .put("userinfo_endpoint", origin.get() + USERINFO)
                .put("jwks_uri", origin.get() + KEYS);
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("claims_supported").add("sub");
        return MemberJson.answer(200, document).with("Cache-Control", "max-age=3600");
    }

    private Answer keys() {
        ObjectNode set = MemberJson.object();
        var published = set.putArray("keys");
        state.keys().forEach(key -> published.add(key.published()));
        return MemberJson.answer(200, set).with("Cache-Control", "max-age=3600");
    }

    private Answer authorize(Map<String, String> query) {
        if (!redirect.get().equals(query.get("redirect_uri")) || !VippsState.CLIENT.equals(query.get("client_id"))) {
            return Answer.of(400, "text/html; charset=utf-8", "<h1>invalid_request</h1>");
        }
        String sent = query.getOrDefault("state", "");
        if (!"code".equals(query.get("response_type")) || sent.length() < SHORTEST_STATE) {
            return back("error=invalid_request&state=" + encoded(sent));
        }
        Optional<VippsPerson> person = state.present();
        if (person.isEmpty()) {
            return back("error=access_denied&error_description=cancelled&state=" + encoded(sent));
        }
        // Without a method the challenge is the verifier itself.
        String challenge =
                query.getOrDefault("code_challenge_method", "plain") + ":" + query.getOrDefault("code_challenge", "");
        String code = state.newCode(new VippsState.Code(
                person.get(), redirect.get(), query.getOrDefault("nonce", ""), challenge, state.time.instant()));
        return back("code=" + code + "&scope=" + encoded(query.getOrDefault("scope", "")) + "&state=" + encoded(sent));
    }

    private Answer back(String query) {
        return Answer.of(302).with("Location", redirect.get() + "?" + query);
    }

    private Answer userinfo(SimulatedRequest request) {
        String sent = request.header("Authorization").orElse("");
        Optional<VippsPerson> person =
                sent.startsWith("Bearer ") ? state.personOf(sent.substring("Bearer ".length())) : Optional.empty();
        if (person.isEmpty()) {
            return MemberJson.answer(
                    401, MemberJson.object().put("statusCode", 401).put("message", "Access token is not valid"));
        }
        ObjectNode info = MemberJson.require(person.get().userinfo());
        if (state.bankId()) {
            return Answer.of(200, "application/jwt", new IdTokens(issuer()).sign(info, state.signingKey()));
        }
        return MemberJson.answer(200, info);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

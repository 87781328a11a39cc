package io.membersync.testkit.simulator.vipps;

import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.SimulatedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gives tokens for codes. For one request. */
final class TokenEndpoint {

    private static final int EXPIRES_IN = 3599;

    private final VippsState state;
    private final String issuer;

    TokenEndpoint(VippsState state, String issuer) {
        this.state = state;
        this.issuer = issuer;
    }

    Answer answer(SimulatedRequest request) {
        Map<String, String> form = form(request.bodyText());
        if (!knowsClient(request, form)) {
            return refused(401, "invalid_client");
        }
        Optional<VippsState.Code> code = state.takeCode(form.getOrDefault("code", ""))
                .filter(found -> "authorization_code".equals(form.get("grant_type")))
                .filter(found -> found.redirect().equals(form.get("redirect_uri")))
                .filter(found -> proves(found.challenge(), form.getOrDefault("code_verifier", "")));
        return code.map(this::tokens).orElseGet(() -> refused(400, "invalid_grant"));
    }

    private boolean knowsClient(SimulatedRequest request, Map<String, String> form) {
        if (state.post()) {
            return request.header("Authorization").isEmpty()
                    && VippsState.CLIENT.equals(form.get("client_id"))
                    && VippsState.SECRET.equals(form.get("client_secret"));
        }
        String sent = request.header("Authorization").orElse("");
        if (!sent.startsWith("Basic ")) {
            return false;
        }
        String pair = new String(Base64.getDecoder().decode(sent.substring(6)), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return colon > 0
                && VippsState.CLIENT.equals(decoded(pair.substring(0, colon)))
                && VippsState.SECRET.equals(decoded(pair.substring(colon + 1)));
    }

    private static boolean proves(String challenge, String verifier) {
        int colon = challenge.indexOf(':');
        String wanted = challenge.substring(colon + 1);
        if (!challenge.startsWith("S256:")) {
            return wanted.equals(verifier);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return wanted.equals(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private Answer tokens(VippsState.Code code) {
        String access = state.newAccess(code.person());
        IdTokens.Facts facts = state.facts(code.person(), code.nonce(), access);
        return MemberJson.answer(
                200,
                MemberJson.object()
                        .put("access_token", access)
                        .put("id_token", new IdTokens(issuer).issue(facts, state.signingKey(), state.fault()))
                        .put("expires_in", EXPIRES_IN)
                        .put("scope", "openid nin")
                        .put("token_type", "bearer"));
    }

    private static Answer refused(int status, String error) {
        return MemberJson.answer(
                status,
                MemberJson.object()
                        .put("error", error)
                        .put("error_description", "The request was refused.")
                        .put("error_code", status)
                        .put("error_debug", "simulated"));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

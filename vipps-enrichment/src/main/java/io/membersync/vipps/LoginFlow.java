package io.membersync.vipps;

import com.nimbusds.jose.util.Base64URL;
import io.membersync.http.GatewayRequest;
import io.membersync.http.GatewayResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow, for hosts without an OpenID client: always with a fresh state, nonce and S256 challenge.
 * Asks the provider, so the member's login waits for it. Safe for many threads.
 */
public final class LoginFlow {

    private static final int RANDOM_BYTES = 32;

    private final IdentityProfile profile;
    private final LoginClient client;
    private final ProviderSite site;
    private final SecureRandom random = new SecureRandom();

    LoginFlow(IdentityProfile profile, LoginClient client, ProviderSite site) {
        this.profile = profile;
        this.client = client;
        this.site = site;
    }

    /**
     * Begins a login.
     *
     * @return where to send the member, and what to keep until they come back
     * @throws io.membersync.fault.RegistryException when the provider cannot be asked where that is
     */
    public LoginStart start() {
        String state = fresh();
        String nonce = fresh();
        String verifier = fresh();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", profile.clientId());
        query.put("response_type", "code");
        query.put("scope", String.join(" ", client.scopes()));
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("redirect_uri", client.redirect().toString());
        query.put("code_challenge", challenge(verifier));
        // Without the method the provider would take the challenge for the verifier itself.
        query.put("code_challenge_method", "S256");
        return new LoginStart(URI.create(site.endpoints().authorization() + "?" + form(query)), state, nonce, verifier);
    }

    /**
     * Ends a login: exchanges the code that the member came back with.
     *
     * @param start what {@link #start} gave, taken out of the member's own session
     * @param callback the parameters that the member came back with
     * @return the tokens, or why there are none
     * @throws io.membersync.fault.RegistryException when the provider cannot be asked
     */
    public LoginOutcome finish(LoginStart start, Map<String, String> callback) {
        if (!MessageDigest.isEqual(bytes(start.state()), bytes(given(callback, "state")))) {
            return new LoginOutcome.Ended("state");
        }
        String code = given(callback, "code");
        if (code.isEmpty() || callback.containsKey("error")) {
            return new LoginOutcome.Ended(word(callback.get("error")));
        }
        GatewayResponse answer = site.send(tokenRequest(code, start.verifier()).accepting(400, 401));
        Map<String, Object> tokens = ProviderSite.object(answer, "token answer");
        if (answer.status() != 200) {
            return new LoginOutcome.Ended(word(tokens.get("error")));
        }
        boolean bearer = tokens.get("token_type") instanceof String type && type.equalsIgnoreCase("bearer");
        if (bearer
                && tokens.get("id_token") instanceof String idToken
                && tokens.get("access_token") instanceof String accessToken) {
            return new LoginOutcome.Exchanged(VippsLogin.of(idToken, accessToken));
        }
        throw ProviderSite.unreadable("token answer", "lacks a token");
    }

    private static String given(Map<String, String> callback, String name) {
        return Objects.requireNonNullElse(callback.get(name), "");
    }

    private GatewayRequest tokenRequest(String code, String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", client.redirect().toString());
        form.put("code_verifier", verifier);
        boolean post = client.authentication() == LoginClient.Authentication.POST;
        if (post) {
            form.put("client_id", profile.clientId());
            form.put("client_secret", client.secret().reveal());
        }
        GatewayRequest request = GatewayRequest.of(
                "POST", site.endpoints().token(), "application/x-www-form-urlencoded", bytes(form(form)));
        return post
                ? request
                : request.header(
                        "Authorization",
                        basic(profile.clientId(), client.secret().reveal()));
    }

    /** {@return a client's name and secret as the header carries them} */
    static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString(bytes(encoded(id) + ":" + encoded(secret)));
    }

    /** {@return the S256 challenge of a verifier} */
    static String challenge(String verifier) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(bytes(verifier)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private String fresh() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64URL.encode(bytes).toString();
    }

    // What a stranger may have put into an address is shown only where it can be one of the provider's words.
    private static String word(@Nullable Object error) {
        return error instanceof String text && text.matches("[a-z_]{1,60}") ? text : "error";
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

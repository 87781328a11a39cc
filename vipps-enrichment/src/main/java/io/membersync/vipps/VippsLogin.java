package io.membersync.vipps;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A login as the host received it. Nothing of it is believed before it is verified. Immutable; {@code toString} shows
 * nothing of it.
 */
public final class VippsLogin {

    private final String idToken;
    private final Optional<String> accessToken;
    private final Optional<Map<String, Object>> userinfo;

    private VippsLogin(String idToken, Optional<String> accessToken, Optional<Map<String, Object>> userinfo) {
        this.idToken = Objects.requireNonNull(idToken, "idToken");
        this.accessToken = accessToken;
        this.userinfo = userinfo;
    }

    /**
     * A login whose user information is still to be fetched: the engine does that within seconds, after the login.
     *
     * @param idToken the ID token
     * @param accessToken the access token that came with it
     * @return the login
     */
    public static VippsLogin of(String idToken, String accessToken) {
        return new VippsLogin(idToken, Optional.of(accessToken), Optional.empty());
    }

    /**
     * A login whose user information the host has fetched, such as its OIDC client gives it.
     *
     * @param idToken the ID token
     * @param userinfo the claims of the user information, as JSON has them: text stays text, a number is a number
     * @return the login
     */
    public static VippsLogin of(String idToken, Map<String, ?> userinfo) {
        Map<String, Object> claims = new HashMap<>();
        userinfo.forEach((name, value) -> {
            if (name != null && value != null) {
                claims.put(name, value);
            }
        });
        return new VippsLogin(idToken, Optional.empty(), Optional.of(Map.copyOf(claims)));
    }

    String idToken() {
        return idToken;
    }

    Optional<String> accessToken() {
        return accessToken;
    }

    Optional<Map<String, Object>> userinfo() {
        return userinfo;
    }

    /** Gives the login with its nonce as one text, which {@link #read} reads. Only what the verifier needs. */
    String written(String nonce, IdentityProfile profile) {
        Map<String, Object> text = new HashMap<>();
        text.put("idToken", idToken);
        text.put("nonce", nonce);
        accessToken.ifPresent(token -> text.put("accessToken", token));
        userinfo.ifPresent(claims -> {
            Map<String, Object> kept = new HashMap<>(claims);
            kept.keySet().retainAll(java.util.Set.of("sub", profile.claim()));
            kept.values().removeIf(value -> !(value instanceof String));
            text.put("userinfo", kept);
        });
        return JSONObjectUtils.toJSONString(text);
    }

    /** A login that was kept, with the nonce that it was kept with. */
    record Kept(VippsLogin login, String nonce) {

        @Override
        public String toString() {
            return "Kept[•••••]";
        }
    }

    static Kept read(String written) {
        try {
            Map<String, Object> text = JSONObjectUtils.parse(written);
            VippsLogin login = new VippsLogin(
                    String.valueOf(JSONObjectUtils.getString(text, "idToken")),
                    Optional.ofNullable(JSONObjectUtils.getString(text, "accessToken")),
                    Optional.ofNullable(JSONObjectUtils.getJSONObject(text, "userinfo")));
            return new Kept(login, String.valueOf(JSONObjectUtils.getString(text, "nonce")));
        } catch (ParseException damaged) {
            // Its message may quote what it stumbled over.
            throw new IllegalStateException("A login that was kept cannot be read");
        }
    }

    /** {@return nothing of the login} */
    @Override
    public String toString() {
        return "VippsLogin[•••••]";
    }
}

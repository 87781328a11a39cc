package io.membersync.vipps;

import io.membersync.http.Credentials;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * What the host is known by at the provider, for the login flow. Immutable; the secret is never shown.
 *
 * @param secret the client's secret
 * @param authentication how the secret is sent
 * @param redirect where the provider sends the member back to, exactly as it is registered there
 * @param scopes what is asked for; {@code openid} first, and {@code nin} where the number is wanted
 */
public record LoginClient(Credentials.ApiKey secret, Authentication authentication, URI redirect, List<String> scopes) {

    /** How a client proves itself. */
    public enum Authentication {
        /** In the {@code Authorization} header. */
        BASIC,
        /** In the form. */
        POST
    }

    /**
     * Copies the scopes.
     *
     * @throws IllegalArgumentException when {@code openid} is not among them
     */
    public LoginClient {
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(authentication, "authentication");
        Objects.requireNonNull(redirect, "redirect");
        scopes = List.copyOf(scopes);
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("A login asks for the scope openid");
        }
    }
}

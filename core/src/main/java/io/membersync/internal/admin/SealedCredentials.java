package io.membersync.internal.admin;

import io.membersync.http.Credentials;
import io.membersync.http.Credentials.ClientCertificate.Signing;
import io.membersync.http.TokenAuthority;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.setup.Integration;
import java.net.URI;

/**
 * Credentials at rest: bound to organization, integration and the endpoint's origin, so that a ciphertext that is moved
 * elsewhere, or sent after an endpoint that was changed, does not open.
 */
final class SealedCredentials {

    private static final String NONE = "none";
    private static final String API_KEY = "api-key:";
    private static final String SECRET = "client-secret:";
    private static final String CERTIFICATE = "client-certificate:";

    private SealedCredentials() {}

    static String seal(SecretSealer sealer, Integration integration, Credentials credentials) {
        return sealer.seal(owner(integration), text(credentials));
    }

    // No part holds a line break, apart from the PEM text, which is the last.
    private static String text(Credentials credentials) {
        if (credentials instanceof Credentials.ApiKey key) {
            return API_KEY + key.reveal();
        } else if (credentials instanceof Credentials.ClientSecret secret) {
            return SECRET + client(secret) + secret.reveal();
        } else if (credentials instanceof Credentials.ClientCertificate certificate) {
            return CERTIFICATE + client(certificate) + certificate.signing().name() + "\n" + certificate.revealPem();
        }
        return NONE;
    }

    private static String client(Credentials.OAuthClient client) {
        return client.authority().tokenEndpoint() + "\n" + client.authority().scope() + "\n" + client.clientId() + "\n";
    }

    static Credentials open(SecretSealer sealer, Integration integration, String sealed) {
        String text = sealer.open(owner(integration), sealed);
        if (text.startsWith(API_KEY)) {
            return new Credentials.ApiKey(text.substring(API_KEY.length()));
        } else if (text.startsWith(SECRET)) {
            String[] parts = text.substring(SECRET.length()).split("\n", 4);
            return new Credentials.ClientSecret(authority(parts), parts[2], parts[3]);
        } else if (text.startsWith(CERTIFICATE)) {
            String[] parts = text.substring(CERTIFICATE.length()).split("\n", 5);
            Signing signing = Signing.valueOf(parts[3]);
            return new Credentials.ClientCertificate(authority(parts), parts[2], parts[4], signing);
        }
        return new Credentials.None();
    }

    private static TokenAuthority authority(String[] parts) {
        return new TokenAuthority(URI.create(parts[0]), parts[1]);
    }

    /** Whom an integration's credentials are sealed for. */
    static String owner(Integration integration) {
        return String.join(
                "\n",
                "credentials",
                integration.organization().value(),
                integration.id().value(),
                integration.endpoint().getScheme() + "://"
                        + integration.endpoint().getRawAuthority());
    }
}

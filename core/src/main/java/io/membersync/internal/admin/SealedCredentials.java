package io.membersync.internal.admin;

import io.membersync.http.Credentials;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.setup.Integration;

/**
 * Credentials at rest: bound to organization, integration and the endpoint's origin, so that a ciphertext that is moved
 * elsewhere, or sent after an endpoint that was changed, does not open.
 */
final class SealedCredentials {

    private static final String NONE = "none";
    private static final String API_KEY = "api-key:";

    private SealedCredentials() {}

    static String seal(SecretSealer sealer, Integration integration, Credentials credentials) {
        String text = credentials instanceof Credentials.ApiKey key ? API_KEY + key.reveal() : NONE;
        return sealer.seal(owner(integration), text);
    }

    static Credentials open(SecretSealer sealer, Integration integration, String sealed) {
        String text = sealer.open(owner(integration), sealed);
        return text.startsWith(API_KEY)
                ? new Credentials.ApiKey(text.substring(API_KEY.length()))
                : new Credentials.None();
    }

    private static String owner(Integration integration) {
        return String.join(
                "\n",
                "credentials",
                integration.organization().value(),
                integration.id().value(),
                integration.endpoint().getScheme() + "://"
                        + integration.endpoint().getRawAuthority());
    }
}

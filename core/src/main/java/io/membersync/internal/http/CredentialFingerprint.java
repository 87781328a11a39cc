package io.membersync.internal.http;

import io.membersync.http.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a credential at an origin without holding it, so that what shares the credential finds what it shares.
 *
 * @param value a SHA-256 in hexadecimal
 */
record CredentialFingerprint(String value) {

    static CredentialFingerprint of(Credentials credentials, String origin) {
        String kind = credentials.getClass().getSimpleName();
        byte[] text =
                String.join("\n", "gateway", kind, origin, secret(credentials)).getBytes(StandardCharsets.UTF_8);
        try {
            return new CredentialFingerprint(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String secret(Credentials credentials) {
        if (credentials instanceof Credentials.OAuthClient client) {
            String proof = client instanceof Credentials.ClientSecret secret
                    ? secret.reveal()
                    : ((Credentials.ClientCertificate) client).revealPem();
            return String.join(
                    "\n",
                    client.authority().tokenEndpoint().toString(),
                    client.authority().scope(),
                    client.clientId(),
                    proof);
        }
        return credentials instanceof Credentials.ApiKey key ? key.reveal() : "";
    }

    /** {@return a mask: even a fingerprint helps somebody who guesses} */
    @Override
    public String toString() {
        return "CredentialFingerprint[•••••]";
    }
}

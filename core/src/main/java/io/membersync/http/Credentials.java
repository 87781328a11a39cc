package io.membersync.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;

/** What opens a registry. Never printed, never serialized; only {@code reveal} gives the secret. Immutable. */
public sealed interface Credentials {

    /** No credential. */
    record None() implements Credentials {}

    /** An API key. */
    final class ApiKey implements Credentials {

        private final String key;

        /**
         * Makes a key.
         *
         * @param key the key as the registry gave it
         * @throws IllegalArgumentException when it is blank or holds characters that no HTTP header may hold
         */
        public ApiKey(String key) {
            this.key = printable(key, "An API key");
        }

        /** {@return the key in clear, to be put into a header at once} */
        public String reveal() {
            return key;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ApiKey apiKey && key.equals(apiKey.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }

        /** {@return a mask} */
        @Override
        public String toString() {
            return "ApiKey[•••••]";
        }
    }

    /**
     * An OAuth 2.0 client: the gateway gets access tokens for it from its authority, renews them before they expire and
     * sends them as {@code Authorization: Bearer}, to the integration's own origin alone.
     */
    sealed interface OAuthClient extends Credentials {

        /** {@return the sign-in service} */
        TokenAuthority authority();

        /** {@return the client's id, which is no secret} */
        String clientId();
    }

    /** An OAuth 2.0 client that proves itself by a secret. */
    final class ClientSecret implements OAuthClient {

        private final TokenAuthority authority;
        private final String clientId;
        private final String secret;

        /**
         * Makes a client.
         *
         * @param authority the sign-in service
         * @param clientId the client's id, in Microsoft Entra the application's
         * @param secret the secret's value
         * @throws IllegalArgumentException when id or secret is blank or not printable ASCII without blanks
         */
        public ClientSecret(TokenAuthority authority, String clientId, String secret) {
            this.authority = Objects.requireNonNull(authority, "authority");
            this.clientId = printable(clientId, "A client id");
            this.secret = printable(secret, "A client secret");
        }

        @Override
        public TokenAuthority authority() {
            return authority;
        }

        @Override
        public String clientId() {
            return clientId;
        }

        /** {@return the secret in clear, to be sent to the authority at once} */
        public String reveal() {
            return secret;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ClientSecret client
                    && authority.equals(client.authority)
                    && clientId.equals(client.clientId)
                    && secret.equals(client.secret);
        }

        @Override
        public int hashCode() {
            return Objects.hash(authority, clientId, secret);
        }

        /** {@return the client's id and a mask} */
        @Override
        public String toString() {
            return "ClientSecret[" + clientId + ", •••••]";
        }
    }

    /** An OAuth 2.0 client that proves itself by a certificate and its private key (RFC 7523). */
    final class ClientCertificate implements OAuthClient {

        /** How the proof is signed. */
        public enum Signing {
            /** RSASSA-PSS with SHA-256, the standard. */
            PS256,
            /** RSASSA-PKCS1-v1_5 with SHA-256, for authorities that know no other. */
            RS256
        }

        private final TokenAuthority authority;
        private final String clientId;
        private final PemCertificate pem;
        private final Signing signing;

        /**
         * Makes a client that signs with {@link Signing#PS256}.
         *
         * @param authority the sign-in service
         * @param clientId the client's id, in Microsoft Entra the application's
         * @param pem the certificate and its unencrypted RSA private key (PKCS #8), one below the other
         * @throws IllegalArgumentException when the id is blank or the text does not hold both
         */
        public ClientCertificate(TokenAuthority authority, String clientId, String pem) {
            this(authority, clientId, pem, Signing.PS256);
        }

        /**
         * Makes a client.
         *
         * @param authority the sign-in service
         * @param clientId the client's id, in Microsoft Entra the application's
         * @param pem the certificate and its unencrypted RSA private key (PKCS #8), one below the other
         * @param signing how the proof is signed
         * @throws IllegalArgumentException when the id is blank or the text does not hold both
         */
        public ClientCertificate(TokenAuthority authority, String clientId, String pem, Signing signing) {
            this.authority = Objects.requireNonNull(authority, "authority");
            this.clientId = printable(clientId, "A client id");
            this.pem = PemCertificate.parse(pem);
            this.signing = Objects.requireNonNull(signing, "signing");
        }

        @Override
        public TokenAuthority authority() {
            return authority;
        }

        @Override
        public String clientId() {
            return clientId;
        }

        /** {@return the certificate, which is no secret} */
        public X509Certificate certificate() {
            return pem.certificate();
        }

        /** {@return how the proof is signed} */
        public Signing signing() {
            return signing;
        }

        /** {@return the private key in clear, to sign with at once} */
        public PrivateKey reveal() {
            return pem.key();
        }

        /** {@return certificate and private key in clear, as one text in PEM, to be sealed at once} */
        public String revealPem() {
            return pem.text();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ClientCertificate client
                    && authority.equals(client.authority)
                    && clientId.equals(client.clientId)
                    && pem.text().equals(client.pem.text())
                    && signing == client.signing;
        }

        @Override
        public int hashCode() {
            return Objects.hash(authority, clientId, pem.text(), signing);
        }

        /** {@return the client's id and a mask} */
        @Override
        public String toString() {
            return "ClientCertificate[" + clientId + ", •••••]";
        }
    }

    private static String printable(String text, String what) {
        Objects.requireNonNull(text, what);
        if (text.isBlank() || text.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException(
                    what + " is printable ASCII without blanks; check that it was copied whole and alone");
        }
        return text;
    }
}

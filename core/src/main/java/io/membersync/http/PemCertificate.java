package io.membersync.http;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate and its private key. Immutable, never printed. */
final class PemCertificate {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (CERTIFICATE|PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final X509Certificate certificate;
    private final RSAPrivateKey key;

    private PemCertificate(X509Certificate certificate, RSAPrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Reads both; of several certificates in a chain the first, which is the client's own.
     *
     * @throws IllegalArgumentException when one is missing or they do not belong together; quotes nothing
     */
    static PemCertificate parse(String pem) {
        byte[] certificate = {};
        byte[] key = {};
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            byte[] der = Base64.getMimeDecoder().decode(blocks.group(2));
            if (blocks.group(1).equals("PRIVATE KEY")) {
                key = der;
            } else if (certificate.length == 0) {
                certificate = der;
            }
        }
        try {
            X509Certificate read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            PrivateKey secret = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
            if (read.getPublicKey() instanceof RSAPublicKey open
                    && secret instanceof RSAPrivateKey own
                    && open.getModulus().equals(own.getModulus())) {
                return new PemCertificate(read, own);
            }
        } catch (GeneralSecurityException unreadable) {
            // Said below, without the cause: a parser's message may quote what it read.
        }
        throw new IllegalArgumentException(
                "A client certificate is two PEM blocks that belong together: CERTIFICATE, and"
                        + " PRIVATE KEY with an unencrypted RSA key (PKCS #8)");
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** {@return both in one spelling} */
    String text() {
        try {
            return block("CERTIFICATE", certificate.getEncoded()) + block("PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read from bytes has bytes", e);
        }
    }

    private static String block(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    /** {@return a mask} */
    @Override
    public String toString() {
        return "PemCertificate[•••••]";
    }
}

package io.membersync.testkit.simulator.dataverse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** A fresh RSA key and a certificate that it signed itself, valid from 2020 to 2049; for tests. Immutable. */
public final class SelfSignedCertificate {

    private static final int SEQUENCE = 0x30;
    private static final byte[] SHA256_WITH_RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00
    };
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

    private final X509Certificate certificate;
    private final KeyPair keys;

    private SelfSignedCertificate(X509Certificate certificate, KeyPair keys) {
        this.certificate = certificate;
        this.keys = keys;
    }

    /**
     * Makes a key and a certificate.
     *
     * @return both
     */
    public static SelfSignedCertificate create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            byte[] algorithm = der(SEQUENCE, SHA256_WITH_RSA);
            byte[] content = content(keys, algorithm);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] signed = der(0x03, joined(new byte[] {0}, signature.sign()));
            byte[] whole = der(SEQUENCE, joined(content, algorithm, signed));
            return new SelfSignedCertificate(
                    (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(whole)),
                    keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA and X.509", e);
        }
    }

    private static byte[] content(KeyPair keys, byte[] algorithm) {
        byte[] cn = der(0x0c, "membersync-test".getBytes(StandardCharsets.US_ASCII));
        byte[] name = der(SEQUENCE, der(0x31, der(SEQUENCE, joined(COMMON_NAME, cn))));
        byte[] validity = der(SEQUENCE, joined(day("200101000000Z"), day("491231000000Z")));
        byte[] serial = der(0x02, BigInteger.valueOf(1).toByteArray());
        return der(
                SEQUENCE,
                joined(serial, algorithm, name, validity, name, keys.getPublic().getEncoded()));
    }

    private static byte[] day(String text) {
        return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 128
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** {@return the certificate} */
    public X509Certificate certificate() {
        return certificate;
    }

    /** {@return certificate and private key, one below the other, as a {@code .pem} file holds them} */
    public String pem() {
        try {
            return block("CERTIFICATE", certificate.getEncoded())
                    + block("PRIVATE KEY", keys.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read from bytes has bytes", e);
        }
    }

    private static String block(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }

    /** {@return a mask} */
    @Override
    public String toString() {
        return "SelfSignedCertificate[•••••]";
    }
}

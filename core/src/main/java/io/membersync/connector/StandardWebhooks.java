package io.membersync.connector;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of the specification <i>Standard Webhooks</i> 1.0.0, version {@code v1}: HMAC-SHA256 over id, time and
 * body, so that neither can be exchanged. For connectors whose registries sign that way; safe for many threads.
 */
public final class StandardWebhooks {

    /** The header with the delivery's id, the same for each attempt. */
    public static final String ID = "webhook-id";
    /** The header with the attempt's time in Unix seconds. */
    public static final String TIMESTAMP = "webhook-timestamp";
    /** The header with the signatures. */
    public static final String SIGNATURE = "webhook-signature";

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST_ID = 200;

    private StandardWebhooks() {}

    /**
     * Looks for a fault. Compares in constant time; looks at the body's bytes only.
     *
     * @param request what arrived
     * @param secrets the secrets that hold now, each {@code whsec_} and Base64; one that is not proves nothing
     * @param now the time; a request may be five minutes off, both ways
     * @return why it is not genuine; empty when it is
     */
    public static Optional<String> fault(WebhookRequest request, List<WebhookSecret> secrets, Instant now) {
        Optional<String> id = request.header(ID).filter(text -> text.length() <= LONGEST_ID && text.indexOf('.') < 0);
        Optional<String> timestamp = request.header(TIMESTAMP);
        Optional<String> signatures = request.header(SIGNATURE);
        if (id.isEmpty() || timestamp.isEmpty() || signatures.isEmpty()) {
            return Optional.of("a header is missing or unusable");
        }
        if (!fresh(timestamp.get(), now)) {
            return Optional.of("its time is more than five minutes off");
        }
        byte[] signed = signedContent(id.get(), timestamp.get(), request.body());
        boolean genuine = false;
        for (WebhookSecret secret : secrets) {
            Optional<byte[]> expected = key(secret).map(key -> mac(key, signed));
            // No early end: how long it takes tells nothing about which secret or entry came close.
            genuine |= expected.isPresent() && matches(signatures.get(), expected.get());
        }
        return genuine ? Optional.empty() : Optional.of("no signature fits");
    }

    /**
     * Signs, for simulators and tests.
     *
     * @param secret {@code whsec_} and Base64
     * @param id the delivery's id
     * @param timestamp the attempt's time
     * @param body the body
     * @return one entry of the signature header
     * @throws IllegalArgumentException when the secret is none of this specification
     */
    public static String sign(WebhookSecret secret, String id, Instant timestamp, byte[] body) {
        byte[] key = key(secret)
                .orElseThrow(() -> new IllegalArgumentException("The secret must be whsec_ followed by Base64"));
        byte[] signed = signedContent(id, String.valueOf(timestamp.getEpochSecond()), body);
        return VERSION + Base64.getEncoder().encodeToString(mac(key, signed));
    }

    private static boolean fresh(String timestamp, Instant now) {
        try {
            long off = Math.abs(Math.subtractExact(now.getEpochSecond(), Long.parseLong(timestamp)));
            return off <= TOLERANCE.toSeconds();
        } catch (NumberFormatException | ArithmeticException notATime) {
            return false;
        }
    }

    private static boolean matches(String signatures, byte[] expected) {
        boolean found = false;
        for (String entry : signatures.split(" ", -1)) {
            if (entry.startsWith(VERSION)) {
                found |= decoded(entry.substring(VERSION.length()))
                        .filter(given -> MessageDigest.isEqual(given, expected))
                        .isPresent();
            }
        }
        return found;
    }

    private static Optional<byte[]> key(WebhookSecret secret) {
        String text = secret.reveal();
        return text.startsWith(PREFIX)
                ? decoded(text.substring(PREFIX.length())).filter(key -> key.length > 0)
                : Optional.empty();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] signedContent(String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[head.length + body.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(body, 0, signed, head.length, body.length);
        return signed;
    }

    private static byte[] mac(byte[] key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, missing);
        }
    }
}

package io.membersync.internal.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A hash over parts, each behind its length, so that no two lists of parts look alike. For one thread, one result.
 */
final class Digest {

    private static final String HMAC = "HmacSHA256";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int NOTHING = -1;

    private final Consumer<byte[]> into;
    private final Result result;

    private interface Result {
        byte[] bytes();
    }

    private Digest(Consumer<byte[]> into, Result result) {
        this.into = into;
        this.result = result;
    }

    /** Begins a hash that only who has the key can make: HMAC-SHA256 (RFC 2104). */
    static Digest keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return new Digest(mac::update, mac::doFinal);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }

    /** Begins a plain hash. */
    static Digest plain() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            return new Digest(hash::update, hash::digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    Digest with(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        into.accept(bytes);
        return this;
    }

    Digest with(long number) {
        return with(Long.toString(number));
    }

    Digest with(Optional<?> part) {
        if (part.isPresent()) {
            return with(String.valueOf(part.get()));
        }
        length(NOTHING);
        return this;
    }

    private void length(int length) {
        into.accept(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }

    byte[] bytes() {
        return result.bytes();
    }

    String text() {
        return TEXT.encodeToString(bytes());
    }
}

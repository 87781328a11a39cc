package io.membersync.internal.secret;

import io.membersync.secret.UnopenableSecretException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a sealed secret and their one written form: version, length of the key's id, key's id, wrapped data key,
 * sealed secret; in base64 for URLs, without padding.
 */
final class SealedText {

    static final byte VERSION = 1;

    private static final int MOST_KEY_ID = 40;

    private final String keyId;
    private final byte[] wrappedKey;
    private final byte[] sealed;

    SealedText(String keyId, byte[] wrappedKey, byte[] sealed) {
        this.keyId = keyId;
        this.wrappedKey = wrappedKey;
        this.sealed = sealed;
    }

    /** {@return the name of the master key that wraps the data key} */
    String keyId() {
        return keyId;
    }

    /** {@return the data key, sealed under the master key} */
    byte[] wrappedKey() {
        return wrappedKey;
    }

    /** {@return the secret, sealed under the data key} */
    byte[] sealed() {
        return sealed;
    }

    String written() {
        byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(2 + id.length + wrappedKey.length + sealed.length)
                .put(VERSION)
                .put((byte) id.length)
                .put(id)
                .put(wrappedKey)
                .put(sealed);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static SealedText read(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(text));
        try {
            byte version = bytes.get();
            if (version != VERSION) {
                throw new UnopenableSecretException(
                        "A sealed secret has version " + version + ", and this release knows version " + VERSION
                                + " only; it was written by a newer release or is damaged",
                        null);
            }
            int length = bytes.get();
            if (length < 1 || length > MOST_KEY_ID) {
                throw damaged(null);
            }
            byte[] id = taken(bytes, length);
            byte[] wrappedKey = taken(bytes, Aead.NONCE_BYTES + Aead.KEY_BYTES + Aead.TAG_BYTES);
            byte[] sealed = taken(bytes, bytes.remaining());
            if (sealed.length < Aead.NONCE_BYTES + Aead.TAG_BYTES) {
                throw damaged(null);
            }
            return new SealedText(new String(id, StandardCharsets.ISO_8859_1), wrappedKey, sealed);
        } catch (BufferUnderflowException e) {
            throw damaged(e);
        }
    }

    static UnopenableSecretException damaged(@Nullable Throwable cause) {
        return new UnopenableSecretException(
                "A sealed secret does not open: the master key is not the one that sealed it, or the secret is damaged or belongs"
                        + " to another owner. Give the engine the key it had before, or enter the secret again",
                cause);
    }

    // The last letter of base64 has bits that mean nothing: a text that is not the written form was tampered with.
    private static byte[] decoded(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
            throw damaged(null);
        }
        return bytes;
    }

    private static byte[] taken(ByteBuffer bytes, int length) {
        byte[] part = new byte[length];
        bytes.get(part);
        return part;
    }

    /** {@return the key's name alone} */
    @Override
    public String toString() {
        return "SealedText[" + keyId + "]";
    }
}

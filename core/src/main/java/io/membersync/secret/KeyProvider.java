package io.membersync.secret;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives the host's master keys, with which the library seals credentials at rest. Implementations are safe for many
 * threads. One that throws is told of as an {@link UnopenableSecretException} that names the class of what was thrown and
 * nothing else of it; the engine asks again at the next use.
 */
public interface KeyProvider {

    /** {@return the key that new secrets are sealed with} */
    MasterKey current();

    /**
     * Finds a key by its id, so that what was sealed before a rotation still opens.
     *
     * @param id a key's id
     * @return the key, or nothing when the host no longer has it
     */
    Optional<MasterKey> find(String id);

    /** A 256-bit key with a name. {@code toString} shows the name only. */
    final class MasterKey {

        private final String id;
        private final byte[] bytes;

        /**
         * Makes a key.
         *
         * @param id its name: 1 to 40 letters, digits, dots and hyphens; stored beside every secret
         * @param bytes exactly 32 random bytes
         * @throws IllegalArgumentException when id or length is wrong
         */
        public MasterKey(String id, byte[] bytes) {
            if (!id.matches("[A-Za-z0-9.-]{1,40}")) {
                throw new IllegalArgumentException("A key id is 1 to 40 letters, digits, dots and hyphens");
            }
            if (bytes.length != 32) {
                throw new IllegalArgumentException("A master key has 32 bytes, this one has " + bytes.length);
            }
            this.id = id;
            this.bytes = bytes.clone();
        }

        /** {@return the key's name} */
        public String id() {
            return id;
        }

        /** {@return a copy of the key's bytes} */
        public byte[] reveal() {
            return bytes.clone();
        }

        /** {@return the name, never the bytes} */
        @Override
        public String toString() {
            return "MasterKey[" + id + "]";
        }
    }

    /**
     * One fixed key.
     *
     * @param key the key
     * @return a provider that knows this key alone
     */
    static KeyProvider of(MasterKey key) {
        Objects.requireNonNull(key, "key");
        return new KeyProvider() {
            @Override
            public MasterKey current() {
                return key;
            }

            @Override
            public Optional<MasterKey> find(String id) {
                return id.equals(key.id()) ? Optional.of(key) : Optional.empty();
            }
        };
    }

    /**
     * A new random key, for tests and demonstrations: what is sealed with it opens in this process alone.
     *
     * @return a provider of that key, whose id is {@code random}
     */
    static KeyProvider random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return of(new MasterKey("random", bytes));
    }

    /**
     * A key from an environment variable that holds 32 bytes in base64, as {@code openssl rand -base64 32} prints them.
     *
     * @param variable the variable's name
     * @return a provider of that key, whose id is {@code env}
     * @throws IllegalArgumentException when the variable is missing or not 32 bytes of base64; the message names the
     *     variable and never its value
     */
    static KeyProvider fromEnvironment(String variable) {
        String text = System.getenv(variable);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("The environment variable " + variable
                    + " is not set; it holds the master key: 32 random bytes in base64 (openssl rand -base64 32)");
        }
        try {
            return of(new MasterKey("env", Base64.getDecoder().decode(text.strip())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The environment variable " + variable + " is not 32 bytes in base64 (openssl rand -base64 32)");
        }
    }
}

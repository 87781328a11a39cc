package io.membersync.http;

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
            Objects.requireNonNull(key, "key");
            if (key.isBlank() || key.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
                throw new IllegalArgumentException(
                        "An API key is printable ASCII without blanks; check that it was copied whole and alone");
            }
            this.key = key;
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
}

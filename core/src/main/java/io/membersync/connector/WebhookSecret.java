package io.membersync.connector;

import java.util.Objects;

/** What proves that a webhook comes from the registry. Never printed, never serialized. Immutable. */
public final class WebhookSecret {

    private static final int LONGEST = 500;

    private final String text;

    /**
     * Makes a secret.
     *
     * @param text the secret as the registry shows it
     * @throws IllegalArgumentException when it is blank, longer than 500 characters, or not printable ASCII
     */
    public WebhookSecret(String text) {
        Objects.requireNonNull(text, "text");
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException(
                    "A webhook secret is printable ASCII without blanks; check that it was copied whole and alone");
        }
        this.text = text;
    }

    /** {@return the secret in clear, to be compared with at once} */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookSecret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return a mask} */
    @Override
    public String toString() {
        return "WebhookSecret[•••••]";
    }
}

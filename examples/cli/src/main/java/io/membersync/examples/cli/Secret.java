package io.membersync.examples.cli;

import java.util.Objects;

/** A text that nobody may see. Immutable. */
final class Secret {

    private final String text;

    Secret(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /** {@return the text in clear, to be used at once} */
    String reveal() {
        return text;
    }

    /** {@return a mask} */
    @Override
    public String toString() {
        return "•••••";
    }
}

package io.membersync.connector;

import java.util.Objects;

/**
 * An opaque place in a listing or feed, to be stored and handed back. Immutable.
 *
 * @param text the connector's own text, at most 10,000 characters; empty for {@link #START}
 */
public record Cursor(String text) {

    /** The beginning. */
    public static final Cursor START = new Cursor("");

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException when it is longer than 10,000 characters
     */
    public Cursor {
        Objects.requireNonNull(text, "text");
        if (text.length() > 10_000) {
            throw new IllegalArgumentException("A cursor has at most 10,000 characters");
        }
    }

    /** {@return the length only: a cursor may hold ids} */
    @Override
    public String toString() {
        return "Cursor[" + text.length() + " characters]";
    }
}

package io.membersync.model;

import java.util.Objects;

/** What every id's text must satisfy, so that it fits each database and log line unharmed. */
final class IdText {

    static final int MAX_LENGTH = 200;

    private IdText() {}

    static void check(String what, String value) {
        Objects.requireNonNull(value, what);
        if (value.isBlank()) {
            throw new IllegalArgumentException(article(what) + " " + what + " must not be blank");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(article(what) + " " + what + " has at most " + MAX_LENGTH
                    + " characters, this one has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException(
                        article(what) + " " + what + " holds a control character at position " + i);
            }
        }
    }

    private static String article(String what) {
        return "aeiou".indexOf(Character.toLowerCase(what.charAt(0))) < 0 ? "A" : "An";
    }
}

package io.membersync.internal.pipeline;

import java.text.Normalizer;
import java.util.Optional;

/** Whether a text of a registry can be kept by every database, and the form in which it is kept. */
final class TextCheck {

    static final int MAX_LENGTH = 4_000;

    private TextCheck() {}

    /** What is wrong with the text, without the text; empty when it can be kept. */
    static Optional<String> problem(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters: " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
                return Optional.of("holds the control character U+%04X at position %d".formatted((int) c, i));
            }
            if (c == '\uFFFD') {
                return Optional.of("holds damaged characters (invalid UTF-8) at position " + i);
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return Optional.of("holds half a character (unpaired surrogate) at position " + i);
                }
                i++;
            }
        }
        return Optional.empty();
    }

    /** The text without surrounding blanks and in composed form, so that é is one character whoever typed it. */
    static String tidy(String text) {
        String stripped = text.strip();
        return isSimple(stripped) || Normalizer.isNormalized(stripped, Normalizer.Form.NFC)
                ? stripped
                : Normalizer.normalize(stripped, Normalizer.Form.NFC);
    }

    // Below U+0300 every character is in composed form, and nearly every name and address ends there.
    private static boolean isSimple(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '\u0300') {
                return false;
            }
        }
        return true;
    }
}

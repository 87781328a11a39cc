package io.membersync.internal.pipeline;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Locale;

/**
 * Tells a registry's own word from that of others: what was sent to it, which it may keep in a form of its own, with
 * capitals, in groups, or without some blanks.
 */
public final class Echo {

    private Echo() {}

    /**
     * Tells whether a registry says what was sent to it.
     *
     * @param field the field
     * @param sent what was sent
     * @param said what the registry says now
     * @return true when letters and digits are the same
     */
    public static boolean of(MemberField field, FieldValue sent, FieldValue said) {
        if (field.same(sent, said)) {
            return true;
        }
        String letters = letters(sent);
        return !letters.isEmpty() && letters.equals(letters(said));
    }

    private static String letters(FieldValue value) {
        if (!(value instanceof FieldValue.Text text)) {
            return "";
        }
        StringBuilder letters = new StringBuilder();
        text.text()
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }
}

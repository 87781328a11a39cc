package io.membersync.storage.memory;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Locale;

/** The form in which a field's values are looked up. */
final class LookedUp {

    private static final int DIGITS = 8;

    private LookedUp() {}

    static String form(MemberField field, FieldValue value) {
        if (value instanceof FieldValue.Hidden hidden) {
            return hidden.keyedHash();
        }
        String text = value.display().strip();
        return switch (field.kind()) {
            case EMAIL -> text.toLowerCase(Locale.ROOT);
            case PHONE -> {
                String digits = text.replaceAll("[^0-9]", "");
                yield digits.substring(Math.max(0, digits.length() - DIGITS));
            }
            default -> text;
        };
    }
}

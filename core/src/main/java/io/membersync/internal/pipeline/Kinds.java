package io.membersync.internal.pipeline;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;

/** Which values a field may hold. */
final class Kinds {

    private Kinds() {}

    static boolean fits(MemberField field, FieldValue value) {
        if (value instanceof FieldValue.Nothing) {
            return true;
        }
        return switch (field.kind()) {
            case TEXT, EMAIL, PHONE -> value instanceof FieldValue.Text;
            case DAY -> value instanceof FieldValue.Day;
            case FLAG -> value instanceof FieldValue.Flag;
            case CODES -> value instanceof FieldValue.Codes;
            case AFFILIATIONS -> value instanceof FieldValue.Affiliations;
            case HIDDEN -> false;
        };
    }
}

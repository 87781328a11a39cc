package io.membersync.plan;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Objects;

/**
 * One field of one member before and after. Immutable; {@code toString} shows no values.
 *
 * @param field the field
 * @param before the app's value before; nothing where it may not be told, because another integration brought it or the
 *     address is protected
 * @param after the app's value after
 * @param why why it changes, in a sentence without values
 */
public record FieldChange(MemberField field, FieldValue before, FieldValue after, String why) {

    /** Refuses nulls. */
    public FieldChange {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(why, "why");
    }

    /** {@return the field only} */
    @Override
    public String toString() {
        return field.key();
    }
}

package io.membersync.internal.pipeline;

import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;

/**
 * What is withheld of a member whose registry marks a protected address: no contact detail that the app has of them goes
 * out.
 */
final class Protection {

    private static final FieldValue MARKED = new FieldValue.Flag(true);

    private Protection() {}

    /** Whether a member is protected: by the registry's word now, else by its last one, else by the app's. */
    static boolean of(MemberState app, Agreed agreed, MemberState registry) {
        return registry.find(MemberField.PROTECTED_ADDRESS)
                .or(() -> agreed.find(MemberField.PROTECTED_ADDRESS).map(AgreedPair::registry))
                .orElseGet(() -> app.value(MemberField.PROTECTED_ADDRESS))
                .equals(MARKED);
    }

    /** Whether a field is withheld of those who are protected. */
    static boolean withholds(MemberField field) {
        return field.category() == FieldCategory.CONTACT_DETAILS && !field.equals(MemberField.PROTECTED_ADDRESS);
    }
}

package io.membersync.internal.pipeline;

import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;

/**
 * What is withheld of a member whose registry marks a protected address: no contact detail that the app has goes out, and
 * address and phone neither come in nor stay.
 *
 * @param on whether the member is protected
 * @param own whether it is by this integration's registry
 * @param news whether it was not at the last agreement
 */
public record Protection(boolean on, boolean own, boolean news) {

    /** What is said of a field that is withheld. */
    static final String WHY = "The member's address is protected: address and phone are withheld";

    static final FieldValue MARKED = new FieldValue.Flag(true);

    /** Tells whether a member is protected: by the registry's word now, else by its last one, else by the app's. */
    static Protection of(PageSnapshot.AppSide app, Agreed agreed, MemberState registry) {
        boolean own = registry.find(MemberField.PROTECTED_ADDRESS)
                .or(() -> agreed.find(MemberField.PROTECTED_ADDRESS).map(AgreedPair::registry))
                .orElseGet(() -> app.state().value(MemberField.PROTECTED_ADDRESS))
                .equals(MARKED);
        return new Protection(own || app.elsewhere().protects(), own, own && !marked(agreed));
    }

    /**
     * Tells whether the registry marked a member when it was last agreed on.
     *
     * @param agreed the agreement
     * @return whether it did
     */
    public static boolean marked(Agreed agreed) {
        return agreed.find(MemberField.PROTECTED_ADDRESS)
                .map(AgreedPair::registry)
                .filter(MARKED::equals)
                .isPresent();
    }

    /**
     * Tells whether a record marks a protected address.
     *
     * @param state the record's or the app's fields
     * @return whether it does
     */
    public static boolean marked(MemberState state) {
        return state.value(MemberField.PROTECTED_ADDRESS).equals(MARKED);
    }

    /**
     * Tells whether the value of a mark says that the address is protected.
     *
     * @param mark the value
     * @return whether it does
     */
    public static boolean marks(FieldValue mark) {
        return MARKED.equals(mark);
    }

    /** Whether a field does not go out. */
    boolean keepsIn(MemberField field) {
        return on && isContact(field);
    }

    /**
     * Tells which fields of a protected member do not go out.
     *
     * @param field a field
     * @return true for all contact details, e-mail addresses too
     */
    public static boolean isContact(MemberField field) {
        return field.category() == FieldCategory.CONTACT_DETAILS && !field.equals(MemberField.PROTECTED_ADDRESS);
    }

    /** Whether a field neither comes in nor stays. */
    boolean withholds(MemberField field) {
        return on && hides(field);
    }

    /**
     * Tells which fields of a protected member are shown to nobody.
     *
     * @param field a field
     * @return true for address and phone
     */
    public static boolean hides(MemberField field) {
        return isContact(field) && field.kind() != MemberField.Kind.EMAIL;
    }
}

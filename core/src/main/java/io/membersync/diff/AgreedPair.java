package io.membersync.diff;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How both sides of one field stood when they last agreed, or were last left as they are. Immutable.
 *
 * @param app the app's half
 * @param registry the registry's half, as the registry stored it
 * @param apart true when the halves differ by decision, so that the same registry value does not come back
 * @param elsewhere true when the app's half was brought by another integration: as long as it stands it is neither sent
 *     to this one's registry nor shown with it
 */
public record AgreedPair(FieldValue app, FieldValue registry, boolean apart, boolean elsewhere) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when a pair of another integration's value is not apart
     */
    public AgreedPair {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(registry, "registry");
        if (elsewhere && !apart) {
            throw new IllegalArgumentException("What another integration brought was not agreed on here");
        }
    }

    /**
     * Both sides agree.
     *
     * @param app the app's value
     * @param registry the registry's value, equal in meaning
     * @return the pair
     */
    public static AgreedPair together(FieldValue app, FieldValue registry) {
        return new AgreedPair(app, registry, false, false);
    }

    /**
     * Both sides stay different by decision.
     *
     * @param app the app's value
     * @param registry the registry's value
     * @return the pair
     */
    public static AgreedPair apart(FieldValue app, FieldValue registry) {
        return new AgreedPair(app, registry, true, false);
    }

    /**
     * The registry has stored what the app sent. Where another integration has brought another value meanwhile, that is
     * still not the app's own.
     *
     * @param field the field
     * @param before the pair as it stands; null where there is none
     * @param sent what was sent
     * @param stored what the registry made of it
     * @return the pair
     */
    public static AgreedPair delivered(
            MemberField field, @Nullable AgreedPair before, FieldValue sent, FieldValue stored) {
        if (before != null && before.elsewhere() && !field.same(before.app(), sent)) {
            return elsewhere(before.app(), stored);
        }
        return together(sent, stored);
    }

    /**
     * Another integration brought the app's value.
     *
     * @param app the app's value
     * @param registry what this integration's registry holds
     * @return the pair
     */
    public static AgreedPair elsewhere(FieldValue app, FieldValue registry) {
        return new AgreedPair(app, registry, true, true);
    }
}

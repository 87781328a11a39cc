package io.membersync.diff;

import io.membersync.model.FieldValue;
import java.util.Objects;

/**
 * How both sides of one field stood when they last agreed, or were last left as they are. Immutable.
 *
 * @param app the app's half
 * @param registry the registry's half, as the registry stored it
 * @param apart true when the halves differ by decision, so that the same registry value does not come back
 */
public record AgreedPair(FieldValue app, FieldValue registry, boolean apart) {

    /** Refuses nulls. */
    public AgreedPair {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(registry, "registry");
    }

    /**
     * Both sides agree.
     *
     * @param app the app's value
     * @param registry the registry's value, equal in meaning
     * @return the pair
     */
    public static AgreedPair together(FieldValue app, FieldValue registry) {
        return new AgreedPair(app, registry, false);
    }

    /**
     * Both sides stay different by decision.
     *
     * @param app the app's value
     * @param registry the registry's value
     * @return the pair
     */
    public static AgreedPair apart(FieldValue app, FieldValue registry) {
        return new AgreedPair(app, registry, true);
    }
}

package io.membersync.diff;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Objects;
import java.util.Optional;

/**
 * One field compared. Immutable; {@code toString} shows no values.
 *
 * @param field the field
 * @param difference what the comparison found
 * @param app the app's value now
 * @param agreed the last agreement, where there is one
 * @param registry the registry's value now
 */
public record FieldDiff(
        MemberField field, Difference difference, FieldValue app, Optional<AgreedPair> agreed, FieldValue registry) {

    /** Refuses nulls. */
    public FieldDiff {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(difference, "difference");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(agreed, "agreed");
        Objects.requireNonNull(registry, "registry");
    }

    /** {@return true when the sides were left different by decision} */
    public boolean apart() {
        return agreed.map(AgreedPair::apart).orElse(false);
    }

    /** {@return field and difference only} */
    @Override
    public String toString() {
        return field + " " + difference;
    }
}

package io.membersync.member;

import io.membersync.audit.AuditEntry;
import io.membersync.mapping.Direction;
import io.membersync.model.MemberField;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a field of a member has its value. Immutable; {@code toString} shows no values.
 *
 * @param field the field
 * @param direction which way its values travel
 * @param values what the sides hold
 * @param times when that was changed and read
 * @param reason whose value stands, and why
 * @param rulesVersion the version of the organization's conflict rules that the reason goes by; 0 for the platform's
 *     defaults
 * @param waiting what has still to happen, in sentences without values; empty when nothing has
 * @param lastChange the last entry of the audit that tells of this field, where there is one among the newest hundred
 */
public record FieldExplanation(
        MemberField field,
        Direction direction,
        Values values,
        Times times,
        Reason reason,
        long rulesVersion,
        List<String> waiting,
        Optional<AuditEntry> lastChange) {

    /**
     * What the sides hold, as text for people; what may not be shown is a mask. Immutable.
     *
     * @param app the app's value
     * @param agreed the value last agreed on, as the registry has it; empty where there is none
     * @param registry the registry's value as it was last read
     * @param apart whether the sides differ by decision
     */
    public record Values(String app, Optional<String> agreed, String registry, boolean apart) {

        /** Refuses nulls. */
        public Values {
            Objects.requireNonNull(app, "app");
            Objects.requireNonNull(agreed, "agreed");
            Objects.requireNonNull(registry, "registry");
        }

        @Override
        public String toString() {
            return "Values";
        }
    }

    /**
     * When things happened. Immutable.
     *
     * @param appEditedAt when an edit of the app's was announced that no sync has looked at; empty when none was
     * @param registryReadAt when the registry's record was last read with something new in it
     */
    public record Times(Optional<Instant> appEditedAt, Instant registryReadAt) {
        /** Refuses nulls. */
        public Times {
            Objects.requireNonNull(appEditedAt, "appEditedAt");
            Objects.requireNonNull(registryReadAt, "registryReadAt");
        }
    }

    /** Copies what waits. */
    public FieldExplanation {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(reason, "reason");
        waiting = List.copyOf(waiting);
        Objects.requireNonNull(lastChange, "lastChange");
    }

    /** {@return the field and the reason} */
    @Override
    public String toString() {
        return "FieldExplanation[" + field + ", " + reason + "]";
    }
}

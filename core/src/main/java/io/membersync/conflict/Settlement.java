package io.membersync.conflict;

import io.membersync.model.FieldValue;
import java.util.Objects;

/** What an administrator decides about a conflict. Immutable; {@code toString} shows no value. */
public sealed interface Settlement {

    /** Does what the library proposes. */
    record AcceptProposal() implements Settlement {}

    /** Takes the registry's value into the app. */
    record TakeRegistry() implements Settlement {}

    /**
     * Keeps the app's value: the registry's is rejected for this record and does not come back at the next sync; a new
     * registry value does. Where the field goes out and the value is the app's own, it is written to the registry.
     */
    record KeepApp() implements Settlement {}

    /**
     * Gives the member another value. Where the field goes out, it is written to the registry of this conflict, and to
     * no other.
     *
     * @param value the value; of the field's kind, or {@link FieldValue#nothing()}
     */
    record EnterValue(FieldValue value) implements Settlement {
        /** Refuses null. */
        public EnterValue {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return "EnterValue";
        }
    }
}

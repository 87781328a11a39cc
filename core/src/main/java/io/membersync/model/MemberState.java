package io.membersync.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one side knows of one member: a value for each field that the side speaks of. The app's, the agreed and the
 * registry's side of a member are three instances of this one shape. Immutable, safe for many threads; {@code toString}
 * shows the fields' keys only.
 */
public final class MemberState {

    private static final MemberState EMPTY = new MemberState(new MemberField[0], new FieldValue[0]);

    private final MemberField[] fields;
    // A null element is a field that the side has but that could not be read.
    private final @Nullable FieldValue[] values;

    private MemberState(MemberField[] fields, @Nullable FieldValue[] values) {
        this.fields = fields;
        this.values = values;
    }

    /** {@return the state that knows nothing} */
    public static MemberState empty() {
        return EMPTY;
    }

    /** {@return a builder that knows nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells what is known of a field.
     *
     * @param field the field
     * @return one of the four presences
     */
    public Presence presence(MemberField field) {
        int at = indexOf(field);
        if (at < 0) {
            return Presence.ABSENT;
        }
        FieldValue value = values[at];
        if (value == null) {
            return Presence.UNREADABLE;
        }
        return value instanceof FieldValue.Nothing ? Presence.EXPLICIT_NULL : Presence.VALUE;
    }

    /**
     * Finds a field's value.
     *
     * @param field the field
     * @return its value, {@link FieldValue#nothing()} for an explicit null; nothing when absent or unreadable
     */
    public Optional<FieldValue> find(MemberField field) {
        return Optional.ofNullable(valueOrNull(field));
    }

    /**
     * Gives a field's value for display and comparison.
     *
     * @param field the field
     * @return its value, {@link FieldValue#nothing()} also when absent or unreadable
     */
    public FieldValue value(MemberField field) {
        FieldValue value = valueOrNull(field);
        return value == null ? FieldValue.nothing() : value;
    }

    /** {@return the fields that are present, sorted by key; unreadable ones included} */
    public List<MemberField> fields() {
        return List.of(fields);
    }

    /**
     * Gives this state with one field changed.
     *
     * @param field the field
     * @param value its new value
     * @return a new state
     */
    public MemberState with(MemberField field, FieldValue value) {
        return builder().addAll(this).put(field, value).build();
    }

    /**
     * Gives this state with another laid over it: what the other speaks of wins.
     *
     * @param other the state on top
     * @return a new state
     */
    public MemberState overlaidWith(MemberState other) {
        return builder().addAll(this).addAll(other).build();
    }

    private @Nullable FieldValue valueOrNull(MemberField field) {
        int at = indexOf(field);
        return at < 0 ? null : values[at];
    }

    // Fields are nearly always the shared constants, so identity finds them before any text is compared.
    @SuppressWarnings("ReferenceEquality")
    private int indexOf(MemberField field) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == field) {
                return i;
            }
        }
        return Arrays.binarySearch(fields, field);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberState state
                && Arrays.equals(fields, state.fields)
                && Arrays.equals(values, state.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(fields) + Arrays.hashCode(values);
    }

    /** {@return the keys of the fields, never their values} */
    @Override
    public String toString() {
        return "MemberState" + Arrays.toString(fields);
    }

    /** Gathers fields into a state. For one thread. */
    public static final class Builder {

        private final List<MemberField> fields = new ArrayList<>(24);
        private final List<@Nullable FieldValue> values = new ArrayList<>(24);

        private Builder() {}

        /**
         * Sets a field's value; a later call for the same field wins.
         *
         * @param field the field
         * @param value its value, {@link FieldValue#nothing()} for an explicit null
         * @return this builder
         */
        public Builder put(MemberField field, FieldValue value) {
            return set(field, Objects.requireNonNull(value, "value"));
        }

        /**
         * Says that the field is there but could not be read.
         *
         * @param field the field
         * @return this builder
         */
        public Builder unreadable(MemberField field) {
            return set(field, null);
        }

        /**
         * Adds everything that another state speaks of.
         *
         * @param state the other state
         * @return this builder
         */
        public Builder addAll(MemberState state) {
            for (int i = 0; i < state.fields.length; i++) {
                set(state.fields[i], state.values[i]);
            }
            return this;
        }

        private Builder set(MemberField field, @Nullable FieldValue value) {
            int size = fields.size();
            if (size == 0 || fields.get(size - 1).compareTo(field) < 0) {
                fields.add(field);
                values.add(value);
                return this;
            }
            int at = java.util.Collections.binarySearch(fields, field);
            if (at >= 0) {
                values.set(at, value);
            } else {
                fields.add(-at - 1, field);
                values.add(-at - 1, value);
            }
            return this;
        }

        /** {@return the state; the builder may go on} */
        public MemberState build() {
            if (fields.isEmpty()) {
                return EMPTY;
            }
            return new MemberState(fields.toArray(new MemberField[0]), values.toArray(new FieldValue[0]));
        }
    }
}

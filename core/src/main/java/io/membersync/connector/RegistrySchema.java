package io.membersync.connector;

import io.membersync.mapping.FieldPath;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The fields of a registry's records. Immutable.
 *
 * @param fields all that a mapping can read, in the registry's order
 */
public record RegistrySchema(List<Field> fields) {

    /** What a field holds, as a mapping reads it. */
    public enum Kind {
        /** Text. */
        TEXT,
        /** A day, as text. */
        DAY,
        /** A number, which may stand for a code. */
        NUMBER,
        /** Yes or no. */
        FLAG,
        /** Several values. */
        LIST,
        /** Something else: nothing is said about it. */
        OTHER
    }

    /**
     * One field.
     *
     * @param path where it stands, as mappings name it
     * @param kind what it holds
     * @param writable whether a value can be written to it
     */
    public record Field(FieldPath path, Kind kind, boolean writable) {
        /** Refuses nulls. */
        public Field {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(kind, "kind");
        }
    }

    /** Copies the fields. */
    public RegistrySchema {
        fields = List.copyOf(fields);
    }

    /**
     * Finds a field.
     *
     * @param path its path
     * @return the field, or nothing
     */
    public Optional<Field> find(FieldPath path) {
        return fields.stream()
                .filter(field -> field.path().text().equals(path.text()))
                .findFirst();
    }
}

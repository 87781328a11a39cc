package io.membersync.fault;

import java.util.Objects;

/**
 * One thing that is wrong with a configuration. Immutable.
 *
 * @param field the path of the field, such as {@code endpoint} or {@code mappings[3].path}
 * @param message what is wrong and what would be right, without the value where it is secret
 */
public record Violation(String field, String message) {

    /** Refuses nulls. */
    public Violation {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
    }

    /** {@return field and message} */
    @Override
    public String toString() {
        return field + ": " + message;
    }
}

package io.membersync.mapping;

import java.util.Objects;

/**
 * A registry's own version of a record, such as an ETag. Compared for equality, and for order only where the connector
 * declares its versions ordered. Immutable.
 *
 * @param text as the registry gave it; empty when it gives none
 */
public record RecordVersion(String text) {

    /** A registry that tells no version. */
    public static final RecordVersion NONE = new RecordVersion("");

    /** Refuses null. */
    public RecordVersion {
        Objects.requireNonNull(text, "text");
    }

    /**
     * Compares two versions that are declared ordered whole numbers.
     *
     * @param other another version
     * @return true when both are whole numbers and this one is lower
     */
    public boolean lowerThan(RecordVersion other) {
        if (text.isEmpty() || other.text.isEmpty()) {
            return false;
        }
        try {
            return Long.parseLong(text) < Long.parseLong(other.text);
        } catch (NumberFormatException notOrdered) {
            return false;
        }
    }
}

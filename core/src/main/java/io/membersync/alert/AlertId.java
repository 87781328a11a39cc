package io.membersync.alert;

import java.util.Objects;

/**
 * Names one alert. Ids of later alerts sort after those of earlier ones. Immutable.
 *
 * @param value its text, 1 to 60 letters, digits and hyphens
 */
public record AlertId(String value) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public AlertId {
        Objects.requireNonNull(value, "value");
        if (!value.matches("[A-Za-z0-9-]{1,60}")) {
            throw new IllegalArgumentException("An alert id is 1 to 60 letters, digits and hyphens");
        }
    }

    /** {@return the text alone} */
    @Override
    public String toString() {
        return value;
    }
}

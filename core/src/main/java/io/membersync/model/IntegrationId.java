package io.membersync.model;

/**
 * Names one integration: one organization connected to one member system. Immutable.
 *
 * @param value the id's text: 1 to 200 characters, not blank, without control characters
 */
public record IntegrationId(String value) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is blank, longer than 200 characters or holds a control character
     */
    public IntegrationId {
        IdText.check("integration id", value);
    }

    /**
     * Makes an id of its text.
     *
     * @param value the id's text
     * @return the id
     */
    public static IntegrationId of(String value) {
        return new IntegrationId(value);
    }

    /** {@return the id's text alone} */
    @Override
    public String toString() {
        return value;
    }
}

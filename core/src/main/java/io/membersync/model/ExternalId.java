package io.membersync.model;

/**
 * Names a member in a registry. Immutable.
 *
 * @param value the id's text: 1 to 200 characters, not blank, without control characters
 */
public record ExternalId(String value) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is blank, longer than 200 characters or holds a control character
     */
    public ExternalId {
        IdText.check("external id", value);
    }

    /**
     * Makes an id of its text.
     *
     * @param value the id's text
     * @return the id
     */
    public static ExternalId of(String value) {
        return new ExternalId(value);
    }

    /** {@return the id's text alone} */
    @Override
    public String toString() {
        return value;
    }
}

package io.membersync.model;

/**
 * Names an organization of the host. Immutable.
 *
 * @param value the id's text: 1 to 200 characters, not blank, without control characters
 */
public record OrganizationId(String value) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is blank, longer than 200 characters or holds a control character
     */
    public OrganizationId {
        IdText.check("organization id", value);
    }

    /**
     * Makes an id of its text.
     *
     * @param value the id's text
     * @return the id
     */
    public static OrganizationId of(String value) {
        return new OrganizationId(value);
    }

    /** {@return the id's text alone} */
    @Override
    public String toString() {
        return value;
    }
}

package io.membersync.model;

/**
 * Names a member in the host's own database. Immutable.
 *
 * @param value the id's text: 1 to 200 characters, not blank, without control characters
 */
public record MemberId(String value) {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is blank, longer than 200 characters or holds a control character
     */
    public MemberId {
        IdText.check("member id", value);
    }

    /**
     * Makes an id of its text.
     *
     * @param value the id's text
     * @return the id
     */
    public static MemberId of(String value) {
        return new MemberId(value);
    }

    /** {@return the id's text alone} */
    @Override
    public String toString() {
        return value;
    }
}

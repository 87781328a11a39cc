package io.membersync.connector;

/**
 * Names a kind of member system. Immutable.
 *
 * @param id lower-case letters, digits and hyphens, such as {@code cornerstone}; stored with every integration
 * @param displayName the name that people know
 */
public record SystemType(String id, String displayName) {

    /** An organization that has no member system, and says so. No connector belongs to it. */
    public static final SystemType NONE = new SystemType("none", "No member system integration");

    /**
     * Checks both names.
     *
     * @throws IllegalArgumentException when the id is malformed or the name is blank
     */
    public SystemType {
        if (!id.matches("[a-z][a-z0-9-]{1,39}")) {
            throw new IllegalArgumentException(
                    "A system id is 2 to 40 lower-case letters, digits and hyphens, starting with a letter: " + id);
        }
        if (displayName.isBlank()) {
            throw new IllegalArgumentException("A system needs a display name");
        }
    }
}

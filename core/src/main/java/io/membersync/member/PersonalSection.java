package io.membersync.member;

/** The parts of what is kept of a person, in the order in which a copy tells them. */
public enum PersonalSection {
    /** The host's own row, as the library loads it. */
    MEMBER("Member"),
    /** Which records of registries the person is linked to. */
    LINK("Linked registry records"),
    /** What the app and a registry last agreed on. */
    AGREED_VALUE("Last agreed values"),
    /** Edits that wait for the next sync. */
    EDIT("Edits that wait"),
    /** Differences that a person was or is asked about. */
    CONFLICT("Conflicts"),
    /** Records of which it is not clear whom they belong to. */
    MATCH("Records in question"),
    /** Records that could not be used. */
    QUARANTINE("Records that could not be used"),
    /** Values that go out to registries. */
    OUTBOX("Values on their way to a registry"),
    /** Changes that wait for approval, or were decided about. */
    PLAN("Staged changes"),
    /** Records that a full listing did not contain. */
    ABSENCE("Records that were not listed"),
    /** Personnummer that a login brought; never the number. */
    ENRICHMENT("Enrichment"),
    /** What was done. */
    AUDIT("History");

    private final String title;

    PersonalSection(String title) {
        this.title = title;
    }

    /** {@return a heading for people} */
    public String title() {
        return title;
    }
}

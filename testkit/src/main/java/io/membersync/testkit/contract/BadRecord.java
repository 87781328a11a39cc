package io.membersync.testkit.contract;

/** What can be wrong with a single record. */
public enum BadRecord {
    /** It has no id. */
    MISSING_ID,
    /** A text in it holds bytes that are not UTF-8. */
    INVALID_UTF8,
    /** A text in it is 2 MB long, which is data all the same. */
    HUGE_TEXT,
    /** It holds a field, with an object in it, that nobody knows: not wrong at all. */
    UNKNOWN_FIELD,
    /** {@link ConnectorFixture#field()} is not there. */
    MISSING_FIELD,
    /** {@link ConnectorFixture#field()} is there and explicitly null. */
    NULL_FIELD,
    /** A text is a number: for the mapping to judge. */
    WRONG_TYPE
}

package io.membersync.model;

/** What a state knows of one field. The four are never confused: only {@link #EXPLICIT_NULL} can blank a value. */
public enum Presence {
    /** There is a value. */
    VALUE,
    /** The side says that there is no value. */
    EXPLICIT_NULL,
    /** The side says nothing of the field. */
    ABSENT,
    /** The side has something there that cannot be read, such as a masked value. */
    UNREADABLE
}

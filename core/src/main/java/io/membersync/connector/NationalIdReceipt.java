package io.membersync.connector;

/** What became of writing a personnummer. */
public enum NationalIdReceipt {
    /** The registry held none and has stored it. */
    STORED,
    /** The registry holds this very number; nothing was changed. */
    CONFIRMED,
    /** The registry holds another number, which it keeps. */
    HELD_ANOTHER,
    /** The registry may not keep a number for this member. */
    NOT_PERMITTED,
    /** The registry takes the number for none. */
    INVALID,
    /** The record is no longer there, or no longer under this id. */
    NO_LONGER_THERE
}

package io.membersync.conflict;

/** What is done with one field. */
public enum Verdict {
    /** Nothing. */
    NOTHING,
    /** Both sides mean the same: the agreement is brought up to date. */
    AGREE,
    /** The app takes the registry's value. */
    TAKE_REGISTRY,
    /** The app keeps its value, apart from the registry's. */
    KEEP_APP,
    /** The app's value goes out to the registry. */
    SEND_APP,
    /** The app keeps its value until an administrator decides. */
    REVIEW
}

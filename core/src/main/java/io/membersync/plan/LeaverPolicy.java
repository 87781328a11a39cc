package io.membersync.plan;

/** What becomes of a member that the registry no longer has. Nothing is ever deleted. */
public enum LeaverPolicy {
    /** The member is terminated; its row and its link's history stay, so that a returning person finds them. */
    TERMINATE,
    /** The member stays as it is, and the audit says that it left. */
    FLAG,
    /** The member stays as it is. */
    IGNORE
}

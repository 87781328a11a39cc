package io.membersync.internal.http;

/** Who waits for an answer, where several share what a registry permits. */
public enum Urgency {
    /** Nobody in particular: scheduled work, and what webhooks lead to. */
    BACKGROUND,
    /** A person, who pressed a button. */
    PERSON_WAITS
}

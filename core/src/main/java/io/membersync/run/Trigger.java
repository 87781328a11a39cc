package io.membersync.run;

/** Why a run was started. */
public enum Trigger {
    /** The first full sync of an integration. */
    INITIAL,
    /** Somebody asked for it. */
    MANUAL,
    /** It was due. */
    SCHEDULED,
    /** A webhook said that something had changed. */
    WEBHOOK
}

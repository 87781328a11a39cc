package io.membersync.run;

/** Why a run was started. */
public enum Trigger {
    /** The first full sync of an integration. */
    INITIAL,
    /** Somebody asked for it. */
    MANUAL,
    /** It was due. */
    SCHEDULED,
    /** The place in the change feed had expired: only a full sync finds what was missed. */
    EXPIRED_FEED,
    /** A person approved a plan. */
    APPROVAL,
    /** A webhook said that something had changed. */
    WEBHOOK
}

package io.membersync.audit;

/** What an audit entry tells of. */
public enum AuditKind {
    /** A run was started, or ended in whatever way. */
    RUN,
    /** A member was created. */
    MEMBER_CREATED,
    /** Fields of a member were changed. */
    MEMBER_UPDATED,
    /** A member was terminated. */
    MEMBER_TERMINATED,
    /** A member that the host already had was linked to a registry record. */
    MEMBER_LINKED,
    /** It became unclear whom a registry record belongs to, or a person decided about it. */
    MATCH_REVIEW,
    /** A member that left the registry was left as it is, and flagged. */
    MEMBER_FLAGGED,
    /** A member's link moved to another registry record. */
    LINK_MOVED,
    /** A conflict was opened for review. */
    CONFLICT_OPENED,
    /** A conflict was decided by a rule, or ended by itself. */
    CONFLICT_RESOLVED,
    /** Fields of a registry's record were changed. */
    REGISTRY_UPDATED,
    /** A value that was to go out was given up or parked, or a person decided about one. */
    OUTBOX,
    /** A mapped field was paused, because the registry's records no longer give it, or is read again. */
    FIELD_PAUSED,
    /** A personnummer was given to a registry, confirmed, refused, or left for review; never its value. */
    ENRICHMENT,
    /** A record was quarantined. */
    RECORD_REJECTED,
    /** A plan of staged changes was approved, rejected or superseded. */
    PLAN,
    /** An alert was raised or closed, or a person took note of it. */
    ALERT,
    /** A person's data was handed out or erased, or an erased person's record let in again. */
    PERSONAL_DATA,
    /** A configuration was changed. */
    CONFIGURATION
}

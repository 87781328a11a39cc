package io.membersync.run;

/** What a run reads. */
public enum RunKind {
    /** All members. */
    FULL,
    /** What changed since the last run. */
    DELTA,
    /** Quarantined records and records that wait to be read again. */
    RETRY,
    /** Nothing: it applies a plan that was approved. */
    APPLY,
    /** All members, to make a plan of what a full sync would do; it applies nothing. */
    PROPOSE
}

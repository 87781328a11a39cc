package io.membersync.run;

/** Where a plan of staged changes stands. */
public enum PlanState {
    /** Its run still reads. */
    GATHERING,
    /** Waits for a person's decision. */
    WAITING,
    /** Approved; a run applies it. */
    APPROVED,
    /** Applied, as far as its members had not changed meanwhile. */
    APPLIED,
    /** Turned down: nothing of it was applied. */
    REJECTED,
    /** Nobody decided in time. */
    EXPIRED,
    /** A later complete read took its place. */
    SUPERSEDED
}

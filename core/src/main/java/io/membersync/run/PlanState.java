package io.membersync.run;

/** Where a plan of staged changes stands. */
public enum PlanState {
    /** Its run still reads. */
    GATHERING,
    /** Waits for a person's decision: for the first, or for another because the run that was to apply it came to no end. */
    WAITING,
    /** Approved; a run applies it. */
    APPROVED,
    /** Applied, as far as its members had not changed meanwhile. */
    APPLIED,
    /** Turned down: nothing of it was applied. */
    REJECTED,
    /** Nobody decided in time. */
    EXPIRED,
    /** A later complete read took its place, or a later plan of the guard's, which holds its records too. */
    SUPERSEDED
}

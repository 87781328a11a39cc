package io.membersync.run;

/** Where a run stands. */
public enum RunState {
    /** Waits for a worker. */
    QUEUED,
    /** A worker is on it. */
    RUNNING,
    /** Stopped at a checkpoint on request; goes on when resumed. */
    PAUSED,
    /** Done. */
    COMPLETED,
    /** Done, but for changes that the mass-change guard holds: a plan with them waits for a decision. */
    HELD,
    /** Ended by a fault; what was committed stays, and it can be resumed from its checkpoint. */
    FAILED,
    /** Ended on request; what was committed stays. */
    CANCELLED;

    /** {@return true when the run will not go on by itself or by being resumed} */
    public boolean over() {
        return this == COMPLETED || this == HELD || this == CANCELLED;
    }

    /** {@return true while the run holds its integration's place: queued, running or paused} */
    public boolean active() {
        return this == QUEUED || this == RUNNING || this == PAUSED;
    }
}

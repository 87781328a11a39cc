package io.membersync.fault;

import java.io.Serial;

/** Another owner has taken over the work; nothing was written. Whoever gets this stops at once. */
public final class LostLeaseException extends MemberSyncException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes a refusal.
     *
     * @param job the job's name
     * @param token the fencing token that is no longer in force
     */
    public LostLeaseException(String job, long token) {
        super(
                "The lease of '" + job + "' with fencing token " + token
                        + " was taken over; this worker stops and nothing of its last step was written",
                null);
    }
}

package io.membersync.storage;

import java.util.Objects;

/**
 * A worker's lease: whoever claims the job next gets a higher token, and the lower one can no longer write. Immutable.
 *
 * @param job the job's name
 * @param token the fencing token, rising with every claim
 */
public record Fence(String job, long token) {

    /** Refuses null. */
    public Fence {
        Objects.requireNonNull(job, "job");
    }
}

package io.membersync.fault;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The host's storage failed. Nothing of the transaction in hand was written. */
public final class StorageException extends MemberSyncException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /**
     * Makes a failure.
     *
     * @param message what was tried, without personal data
     * @param passing true when trying again can help: a lost connection, a deadlock, a time-out
     * @param cause the storage's own failure, or null
     */
    public StorageException(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** {@return true when trying again can help} */
    public boolean passing() {
        return passing;
    }
}

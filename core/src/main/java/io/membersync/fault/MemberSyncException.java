package io.membersync.fault;

import org.jspecify.annotations.Nullable;

/**
 * The root of every deliberate failure of the library. Messages tell what was tried, for which integration or run, and
 * what to do next; they never hold a body, a key, a query or a personal value.
 */
public abstract class MemberSyncException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes a failure.
     *
     * @param message what was tried, for whom, what to do next
     * @param cause what lies behind it, or null
     */
    protected MemberSyncException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.membersync.fault;

import java.io.Serial;

/**
 * The caller may not do this. The message names the caller and the action only, so that nobody learns whether the thing
 * exists.
 */
public final class AccessDeniedException extends MemberSyncException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes a refusal.
     *
     * @param caller the caller's name
     * @param action what was tried, such as {@code start a sync}
     */
    public AccessDeniedException(String caller, String action) {
        super("'" + caller + "' may not " + action, null);
    }
}

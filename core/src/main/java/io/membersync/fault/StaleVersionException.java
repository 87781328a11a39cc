package io.membersync.fault;

import java.io.Serial;

/** Somebody else changed the thing first. Read it again and decide again. */
public final class StaleVersionException extends MemberSyncException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes a refusal.
     *
     * @param what what changed meanwhile, without personal data
     */
    public StaleVersionException(String what) {
        super(what + " was changed by somebody else meanwhile; read it again", null);
    }
}

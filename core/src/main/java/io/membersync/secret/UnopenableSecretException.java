package io.membersync.secret;

import io.membersync.fault.MemberSyncException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A sealed secret does not open: it was changed, belongs to somebody else, or its master key is gone. Whoever gets this
 * asks an administrator to enter the secret again, or the host to bring the old master key back. Also thrown when the
 * host's {@link KeyProvider} fails, so that nothing can be sealed or opened.
 */
public final class UnopenableSecretException extends MemberSyncException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes a failure.
     *
     * @param message why the secret does not open and what to do, without the secret and its owner
     * @param cause what lies behind it, or null
     */
    public UnopenableSecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

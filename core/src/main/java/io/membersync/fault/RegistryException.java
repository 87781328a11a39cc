package io.membersync.fault;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry could not be read or written. {@link #fault()} tells what is to blame and whether it passes. */
public final class RegistryException extends MemberSyncException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final @Nullable Duration retryAfter;

    /**
     * Makes a failure.
     *
     * @param fault what is to blame
     * @param message what was tried and what came back, without personal data, keys, bodies or queries
     */
    public RegistryException(Fault fault, String message) {
        this(fault, message, null, null);
    }

    /**
     * Makes a failure with everything that is known.
     *
     * @param fault what is to blame
     * @param message what was tried and what came back, without personal data, keys, bodies or queries
     * @param retryAfter the pause that the registry asked for, or null
     * @param cause what lies behind it, or null
     */
    public RegistryException(Fault fault, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.retryAfter = retryAfter;
    }

    /** {@return what is to blame} */
    public Fault fault() {
        return fault;
    }

    /** {@return the pause that the registry asked for, if it did} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

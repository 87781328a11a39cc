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
    private final @Nullable String advice;

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
        this(fault, message, retryAfter, null, cause);
    }

    private RegistryException(
            Fault fault,
            String message,
            @Nullable Duration retryAfter,
            @Nullable String advice,
            @Nullable Throwable cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
        this.retryAfter = retryAfter;
        this.advice = advice;
    }

    /**
     * Says what to do, where more is known than the fault's own advice.
     *
     * @param words a sentence or two for an administrator, naming what to check
     * @return the same failure with this advice
     */
    public RegistryException advising(String words) {
        return new RegistryException(fault, String.valueOf(getMessage()), retryAfter, words, getCause());
    }

    /** {@return what to do, for an administrator: a sentence or two} */
    public String advice() {
        return advice == null ? fault.advice() : advice;
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

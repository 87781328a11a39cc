package io.membersync.setup;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is shown of a secret: whether there is one, since when, and who set it. Never a part of it. Immutable.
 *
 * @param setAt when it was last set; empty when there is none
 * @param setBy the name of the caller who set it; empty when there is none
 */
public record SecretMask(Optional<Instant> setAt, Optional<String> setBy) {

    /** There is no secret. */
    public static final SecretMask NONE = new SecretMask(Optional.empty(), Optional.empty());

    /** Refuses nulls. */
    public SecretMask {
        Objects.requireNonNull(setAt, "setAt");
        Objects.requireNonNull(setBy, "setBy");
    }

    /**
     * The mask of a secret that was set.
     *
     * @param at when
     * @param by the name of the caller who set it
     * @return the mask
     */
    public static SecretMask set(Instant at, String by) {
        return new SecretMask(Optional.of(at), Optional.of(by));
    }

    /** {@return whether there is a secret} */
    public boolean isSet() {
        return setAt.isPresent();
    }
}

package io.membersync.run;

import io.membersync.fault.Fault;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a run ended early. Immutable.
 *
 * @param fault what is to blame, where it is the registry
 * @param message what happened, for an engineer, without personal data
 * @param advice what to do, for an administrator
 */
public record RunFailure(Optional<Fault> fault, String message, String advice) {

    /** Refuses nulls. */
    public RunFailure {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
    }
}

package io.membersync.internal.run;

import io.membersync.fault.RegistryException;
import io.membersync.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a run that a registry keeps waiting is laid aside, durably, instead of failing. Pure. */
final class Parking {

    /** A run that could not be carried out within a day is a failure that somebody has to hear of. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration UNTOLD = Duration.ofMinutes(1);

    private Parking() {}

    /**
     * Reads when a run may go on.
     *
     * @param run the run
     * @param failed what stopped it
     * @param now the present
     * @return when to go on; nothing when waiting is no use
     */
    static Optional<Instant> until(Run run, RegistryException failed, Instant now) {
        Optional<Duration> asked = failed.retryAfter().filter(pause -> !pause.isZero());
        Optional<Duration> pause = switch (failed.fault()) {
            case THROTTLED -> Optional.of(asked.orElse(UNTOLD));
            case REGISTRY_DOWN -> asked;
            default -> Optional.empty();
        };
        return pause.map(now::plus)
                .filter(until -> !until.isAfter(run.queuedAt().plus(LONGEST)));
    }
}

package io.membersync.run;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A run as it can be watched. Immutable snapshot.
 *
 * @param run the run with its counts; while it runs here, read records that are not yet committed are counted too
 * @param total how many records there are to read, where that is known
 * @param perSecond records read per second of late; 0 before anything is known
 * @param left how long the rest will take at this rate; empty while that cannot be told
 */
public record RunProgress(Run run, Optional<Long> total, double perSecond, Optional<Duration> left) {

    /** Refuses nulls. */
    public RunProgress {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(left, "left");
    }

    /** {@return the share done, 0 to 1; empty while the total is unknown} */
    public Optional<Double> share() {
        return total.filter(t -> t > 0).map(t -> Math.min(1.0, run.counts().read() / (double) t));
    }
}

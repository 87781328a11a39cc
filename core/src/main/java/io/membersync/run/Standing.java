package io.membersync.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How an integration's runs went of late. It is stored with the end of each, so that nobody has to go through their
 * history. Immutable.
 *
 * @param lastRun the run that ended last
 * @param full the full syncs
 * @param delta the deltas
 * @param records how many records the last full sync read that came to its end
 * @param changedAt when a sync that no webhook asked for last began that found changes; the first full sync apart
 */
public record Standing(Optional<RunId> lastRun, Streak full, Streak delta, long records, Optional<Instant> changedAt) {

    /** Before the first run. */
    public static final Standing NONE = new Standing(Optional.empty(), Streak.NONE, Streak.NONE, 0, Optional.empty());

    /**
     * The runs of one kind.
     *
     * @param settledAt when the last one was asked for that came to its end or was cancelled: nothing is due before it
     * @param failures how many failed since one came to its end
     * @param failedAt when the last of these failed
     */
    public record Streak(Optional<Instant> settledAt, int failures, Optional<Instant> failedAt) {

        /** Before the first run. */
        public static final Streak NONE = new Streak(Optional.empty(), 0, Optional.empty());

        /** Refuses nulls. */
        public Streak {
            Objects.requireNonNull(settledAt, "settledAt");
            Objects.requireNonNull(failedAt, "failedAt");
        }

        private Streak after(Run run) {
            return switch (run.state()) {
                case COMPLETED, HELD -> new Streak(Optional.of(run.queuedAt()), 0, Optional.empty());
                case CANCELLED -> new Streak(Optional.of(run.queuedAt()), failures, failedAt);
                case FAILED -> new Streak(settledAt, failures + 1, run.endedAt());
                case QUEUED, RUNNING, PAUSED -> this;
            };
        }
    }

    /** Refuses nulls. */
    public Standing {
        Objects.requireNonNull(lastRun, "lastRun");
        Objects.requireNonNull(full, "full");
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    /**
     * The same after a run ended.
     *
     * @param run the run as it ended
     * @return a new value
     */
    public Standing after(Run run) {
        if (run.state().active()) {
            return this;
        }
        Optional<RunId> last = Optional.of(run.id());
        return switch (run.kind()) {
            case FULL -> {
                Streak streak = full.after(run);
                boolean reached = reached(run);
                // What a full sync has read needs no delta any more.
                yield new Standing(
                        last,
                        streak,
                        reached ? streak : delta,
                        reached ? run.counts().read() : records,
                        changed(run));
            }
            case DELTA -> new Standing(last, full, delta.after(run), records, changed(run));
            case RETRY, APPLY, PROPOSE -> new Standing(last, full, delta, records, changedAt);
        };
    }

    private static boolean reached(Run run) {
        return run.state() == RunState.COMPLETED || run.state() == RunState.HELD;
    }

    private Optional<Instant> changed(Run run) {
        RunCounts counts = run.counts();
        boolean found = counts.created() + counts.updated() + counts.removed() > 0;
        boolean announced = run.trigger() == Trigger.WEBHOOK || run.trigger() == Trigger.INITIAL;
        return reached(run) && found && !announced ? Optional.of(run.queuedAt()) : changedAt;
    }

    /** {@return when a sync of either kind was last asked for that came to its end or was cancelled} */
    public Optional<Instant> settledAt() {
        return later(full.settledAt(), delta.settledAt());
    }

    /** {@return the streak that failed last; one without failures where neither did} */
    public Streak failing() {
        return later(full.failedAt(), delta.failedAt()).equals(full.failedAt()) ? full : delta;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.filter(one.get()::isBefore).isPresent() ? other : one;
    }
}

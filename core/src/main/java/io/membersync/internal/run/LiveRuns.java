package io.membersync.internal.run;

import io.membersync.run.RunId;
import io.membersync.run.RunProgress;
import io.membersync.storage.RunStore.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The runs that are being worked on in this process. Safe for many threads. */
public final class LiveRuns {

    /** How long a run has its worker to itself while others wait. */
    public static final Duration TURN = Duration.ofMinutes(10);

    private final Map<RunId, LiveRun> runs = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** Makes an empty register. */
    public LiveRuns() {}

    void add(LiveRun live) {
        runs.put(live.run().id(), live);
        if (closing) {
            live.release();
        }
    }

    void remove(LiveRun live) {
        runs.remove(live.run().id(), live);
    }

    /**
     * Watches a run.
     *
     * @param id the run
     * @return its progress, when it is worked on in this process
     */
    public Optional<RunProgress> progress(RunId id) {
        return Optional.ofNullable(runs.get(id)).map(LiveRun::progress);
    }

    /**
     * Asks something of a run, without waiting for its next look into the storage.
     *
     * @param id the run
     * @param ask what
     */
    public void ask(RunId id, Ask ask) {
        Optional.ofNullable(runs.get(id)).ifPresent(live -> live.ask(ask));
    }

    /**
     * Lets runs that have had their turn go back into the queue, the longest first, so that a few long ones do not keep
     * all other organizations waiting.
     *
     * @param waiting how many wait for a worker
     * @param now the engine's time
     */
    public void giveWay(long waiting, Instant now) {
        runs.values().stream()
                .filter(live -> live.mayGiveWay() && !live.since().plus(TURN).isAfter(now))
                .sorted(Comparator.comparing(LiveRun::since))
                .limit(waiting)
                .forEach(LiveRun::release);
    }

    /** Asks all runs, and those still to come, to let go at their next checkpoint. */
    public void releaseAll() {
        closing = true;
        runs.values().forEach(LiveRun::release);
    }
}

package io.membersync.storage;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import java.util.List;
import java.util.Optional;

/** Runs, leases and feed positions. */
public interface RunStore {

    /**
     * Takes a job over: whoever held it before can no longer write.
     *
     * @param job the job's name, at most 250 characters
     * @return the lease with a token higher than any before
     */
    Fence claim(String job);

    /**
     * Keeps out whoever works under a job's lease, until this transaction ends: work that has begun is waited for.
     *
     * @param job the job's name
     */
    void hold(String job);

    /**
     * Adds a run.
     *
     * @param run a new run
     * @return false when another run of the integration is active (queued, running or paused); nothing was added then
     */
    boolean add(Run run);

    /**
     * Stores a run that exists. What another call to {@link #ask} set is kept.
     *
     * @param run the run as it stands now
     */
    void save(Run run);

    /**
     * Finds a run.
     *
     * @param id its id
     * @return the run, or nothing
     */
    Optional<Run> find(RunId id);

    /**
     * Lists runs, newest first.
     *
     * @param integration whose
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most
     * @return the runs
     */
    Slice<Run> list(IntegrationId integration, Optional<String> cursor, int limit);

    /** {@return all runs that are queued or running, of all integrations, oldest first} */
    List<Run> unfinished();

    /**
     * Finds the active run of an integration.
     *
     * @param integration the integration
     * @return the run that is queued, running or paused
     */
    Optional<Run> active(IntegrationId integration);

    /** What may be asked of a run that another thread or node works on. */
    enum Ask {
        /** Nothing. */
        GO_ON,
        /** Stop at the next checkpoint. */
        PAUSE,
        /** End at the next checkpoint. */
        CANCEL
    }

    /**
     * Asks something of a run; its worker looks at every checkpoint.
     *
     * @param id the run
     * @param ask what
     */
    void ask(RunId id, Ask ask);

    /**
     * Reads what was asked of a run.
     *
     * @param id the run
     * @return what was asked last; {@code GO_ON} when nothing was
     */
    Ask asked(RunId id);

    /**
     * Reads how far an integration is synchronized.
     *
     * @param integration the integration
     * @return its position, {@link SyncPosition#NONE} before the first sync
     */
    SyncPosition position(IntegrationId integration);

    /**
     * Stores how far an integration is synchronized.
     *
     * @param integration the integration
     * @param position its position
     */
    void savePosition(IntegrationId integration, SyncPosition position);
}

package io.membersync.run;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import java.util.Optional;

/**
 * Starts and steers runs. When the mapping, the scope, the match keys or the conflict rules of an integration were
 * changed since its last full sync, the next run, whatever it was started as, is a full sync that tries the change: it
 * applies nothing before the mass-change guard has let through all that the change comes to, and else is held with a
 * plan of the origin {@link Plan.Origin#CONFIGURATION}. Until that plan is approved, runs go by what was in force before.
 * Every method throws {@link io.membersync.fault.AccessDeniedException} when the caller may not
 * see the organization behind it, or when there is no such thing. Safe for many threads.
 */
public interface SyncControl {

    /**
     * Queues a full sync.
     *
     * @param integration the integration
     * @return what became of the wish
     */
    StartAnswer startFull(IntegrationId integration);

    /**
     * Queues a delta sync.
     *
     * @param integration the integration
     * @return what became of the wish; unavailable where the system has no change feed, or before the first full sync
     */
    StartAnswer startDelta(IntegrationId integration);

    /**
     * Queues a run that tries the quarantined records again, and nothing else.
     *
     * @param integration the integration
     * @return what became of the wish
     */
    StartAnswer retryFailed(IntegrationId integration);

    /**
     * Tells what a full sync would do now, and changes nothing: reads the whole listing as a full sync would, and hands
     * it through the same decisions. Takes as long as a full sync takes to read; interrupting the thread ends it. May be asked
     * of one that is disabled too: nothing but this question sends requests then.
     *
     * @param integration the integration
     * @param samples how many records of each kind are shown with their values, 0 to 100
     * @return what it would do; another preview of an unchanged world has the same digest
     * @throws io.membersync.fault.RegistryException when the listing cannot be read to its end
     * @throws java.util.concurrent.CancellationException when the thread was interrupted; it stays interrupted
     */
    Preview preview(IntegrationId integration, int samples);

    /**
     * Watches a run.
     *
     * @param run the run
     * @return where it stands now
     */
    RunProgress progress(RunId run);

    /**
     * Stops a run at its next checkpoint, so that it can be resumed. Does nothing to a run that is over.
     *
     * @param run the run
     */
    void pause(RunId run);

    /**
     * Takes a paused or failed run up again at its checkpoint.
     *
     * @param run the run
     * @return what became of the wish
     */
    StartAnswer resume(RunId run);

    /**
     * Ends a run at its next checkpoint; what was committed stays. Does nothing to a run that is over.
     *
     * @param run the run
     */
    void cancel(RunId run);

    /**
     * Lists an integration's runs, newest first.
     *
     * @param integration the integration
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most, 1 to 200
     * @return the runs
     */
    Slice<Run> list(IntegrationId integration, Optional<String> cursor, int limit);

    /**
     * Tells when an integration was last synchronized.
     *
     * @param integration the integration
     * @return the time and the number of members then linked; empty before the first completed sync
     */
    Optional<LastSync> lastSync(IntegrationId integration);

    /**
     * Lists the members that a complete full sync did not find in the registry.
     *
     * @param run the full run
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return them, by external id; empty while the run is not completed, or when its listing was not proven complete
     */
    Slice<Absence> absences(RunId run, Optional<String> cursor, int limit);
}

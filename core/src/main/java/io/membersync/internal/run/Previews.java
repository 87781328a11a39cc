package io.membersync.internal.run;

import io.membersync.connector.Connector;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.http.Urgency;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.notify.Listeners;
import io.membersync.run.Preview;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunCounts;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.run.Waiting;
import io.membersync.setup.Integration;
import io.membersync.storage.Fence;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;

/**
 * Carries out full syncs up to their plans, on the caller's thread. Safe for many threads.
 *
 * @param storage where everything is kept
 * @param opener the way to the registries
 * @param time the engine's time
 * @param waiting the engine's waiting
 * @param readers where pages are read ahead
 * @param limits when a batch is planned
 * @param erasures knows erased persons again
 */
public record Previews(
        Storage storage,
        RunWorker.Opener opener,
        InstantSource time,
        Waiting waiting,
        ExecutorService readers,
        BatchLimits limits,
        ErasureKey erasures) {

    private static final RunId PREVIEW = new RunId("preview");

    // Given out by nobody: were anything written under it, the storage would refuse.
    private static final Fence NO_LEASE = new Fence("preview", -1);

    /**
     * Previews a full sync.
     *
     * @param stored the integration
     * @param samples how many records of each kind are shown
     * @return what it would do
     */
    public Preview preview(StoredIntegration stored, int samples) {
        Instant began = time.instant();
        LiveRun live = new LiveRun(unstored(stored.integration(), began), began);
        try (Connector connector = opener.open(stored, Urgency.PERSON_WAITS);
                ListenerPump nobody = new ListenerPump("preview", Listeners.NONE)) {
            RunParts parts = parts(stored.integration(), connector, nobody);
            PlanTally tally = new PlanTally(parts, live, samples);
            new SyncRun(parts, live, tally).readOnly();
            return tally.preview(began);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The preview was interrupted");
        }
    }

    private RunParts parts(Integration integration, Connector connector, ListenerPump nobody) {
        return storage.inTransaction(session -> new RunParts(
                storage,
                NO_LEASE,
                integration,
                integration,
                session.rules().inForce(integration.organization()).rules(),
                false,
                false,
                session.runs().position(integration.id()),
                new QuarantineWatch(session, integration.id()),
                RunParts.pausedBefore(session, integration.id(), PREVIEW),
                connector,
                time,
                waiting,
                readers,
                limits,
                nobody,
                erasures));
    }

    private static Run unstored(Integration integration, Instant now) {
        return new Run(
                PREVIEW,
                integration.organization(),
                integration.id(),
                RunKind.FULL,
                Trigger.MANUAL,
                "preview",
                RunState.RUNNING,
                now,
                Optional.of(now),
                Optional.empty(),
                Checkpoint.START,
                RunCounts.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

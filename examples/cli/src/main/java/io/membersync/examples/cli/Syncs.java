package io.membersync.examples.cli;

import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunProgress;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncControl;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Carries syncs out and watches them to their end. For one thread. */
final class Syncs {

    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final SyncControl runs;
    private final IntegrationId integration;
    private final Consumer<RunProgress> watcher;

    Syncs(Host host, Consumer<RunProgress> watcher) {
        this.runs = host.sync().runs();
        this.integration = host.integration();
        this.watcher = watcher;
    }

    /** {@return whether all members were ever read to the end} */
    boolean completedOnce() {
        return runs.lastSync(integration).isPresent();
    }

    /**
     * Carries a sync out. One that an earlier command left behind is brought to its end first, and is the answer when it
     * is the sync that was wished for.
     */
    Run run(RunKind kind) throws InterruptedException {
        StartAnswer answer = start(kind);
        if (answer instanceof StartAnswer.AlreadyActive active) {
            if (active.state() == RunState.PAUSED) {
                runs.resume(active.run());
            }
            Run earlier = follow(active.run());
            if (earlier.kind() == kind && earlier.state() == RunState.COMPLETED) {
                return earlier;
            }
            answer = start(kind);
        }
        if (answer instanceof StartAnswer.Queued queued) {
            return follow(queued.run());
        }
        throw new NotStartedException(
                answer instanceof StartAnswer.Unavailable unavailable
                        ? unavailable.reason()
                        : "Another sync of this integration is going on");
    }

    private StartAnswer start(RunKind kind) {
        return kind == RunKind.FULL ? runs.startFull(integration) : runs.startDelta(integration);
    }

    private Run follow(RunId run) throws InterruptedException {
        RunProgress progress = runs.progress(run);
        // Nobody wants to sit before a screen for as long as a registry may ask for silence.
        while (progress.run().state().active() && progress.run().parkedUntil().isEmpty()) {
            watcher.accept(progress);
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            progress = runs.progress(run);
        }
        return progress.run();
    }
}

package io.membersync.internal.run;

import io.membersync.event.SyncEvent;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.internal.pipeline.BatchPlanner;
import io.membersync.internal.pipeline.ProtectionMarks.Mark;
import io.membersync.model.ExternalId;
import io.membersync.plan.BatchPlan;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.storage.RunStore.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps 4 to 11 of one batch: load, plan, commit, tell. What can pass is tried again from the load on, so that a plan is
 * never written over a world that has moved on.
 */
final class BatchWriter implements BatchSink {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    private final RunParts parts;
    private final StagingArea area;
    private final LiveRun live;
    private final BatchPlanner planner;
    private final SnapshotLoader loader;
    private final SnapshotLoader unapplied;
    private final BatchCommitter committer;
    private final Withholding withholding;

    BatchWriter(RunParts parts, LiveRun live, StagingArea area) {
        this.withholding = new Withholding(parts, area);
        this.parts = parts;
        this.area = area;
        this.live = live;
        this.planner = parts.planner();
        this.loader = new SnapshotLoader(parts.storage(), parts.integration(), parts.rules());
        this.unapplied = SnapshotLoader.forPreview(parts.storage(), parts.integration(), parts.rules());
        this.committer = new BatchCommitter(parts, area);
    }

    @Override
    public void write(Batch batch, Checkpoint checkpoint) throws InterruptedException {
        boolean withheld = !batch.marks().isEmpty() && !area.proposes();
        for (int round = 1; withheld && round <= ATTEMPTS; round++) {
            // Once more, because a member that was edited meanwhile has been left out.
            withheld = attempt(() -> withhold(batch.marks())).map(this::told).isPresent();
        }
        attempt(() -> Optional.of(once(batch, checkpoint))).ifPresent(this::told);
    }

    private BatchCommitter.Committed told(BatchCommitter.Committed committed) {
        area.committed(committed);
        live.stored(committed.run());
        parts.quarantine().refused(committed.refused());
        if (committed.asked() != Ask.GO_ON) {
            live.ask(committed.asked());
        }
        parts.pump().recorded(committed.audit());
        parts.pump().happened(new SyncEvent.Progressed(live.progress()));
        return committed;
    }

    /** Commits what marks take away, before what else the batch comes to is planned; nothing when none is news. */
    private Optional<BatchCommitter.Committed> withhold(Map<ExternalId, Mark> marks) {
        Instant now = parts.time().instant();
        BatchPlan plan = withholding.plan(marks, now);
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        SortedPlan past = new SortedPlan(plan, Map.of(), List.of(), Set.of());
        Run run = live.run();
        return Optional.of(committer.commit(run, new Batch(now), past, Map.of(), run.checkpoint(), now));
    }

    private Optional<BatchCommitter.Committed> attempt(Supplier<Optional<BatchCommitter.Committed>> write)
            throws InterruptedException {
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            try {
                // Planned anew, a batch that stands would come to nothing, and its counts would be lost.
                Optional<BatchCommitter.Committed> standing =
                        attempt == 1 ? Optional.empty() : committer.standing(live.run());
                return standing.isPresent() ? standing : write.get();
            } catch (StaleVersionException moved) {
                LOG.debug("A batch met a row that had moved; planning it again, attempt {}", attempt);
                if (attempt == ATTEMPTS) {
                    throw moved;
                }
            } catch (StorageException failed) {
                if (!failed.passing() || attempt == ATTEMPTS) {
                    throw failed;
                }
                LOG.warn("The storage failed; trying the batch again, attempt {}: {}", attempt, failed.getMessage());
            }
            parts.waiting().waitFor(wait);
            wait = wait.multipliedBy(2);
        }
    }

    private BatchCommitter.Committed once(Batch batch, Checkpoint checkpoint) {
        Instant now = parts.time().instant();
        if (batch.records().isEmpty() && batch.editedOnly().isEmpty()) {
            return committer.commit(live.run(), batch, SortedPlan.NOTHING, Map.of(), checkpoint, now);
        }
        boolean waits = area.whole() && batch.use() == Batch.Use.READ;
        SnapshotLoader.Loaded loaded = (waits ? unapplied : loader).load(batch, now);
        BatchPlan plan = planner.plan(batch.records(), batch.editedOnly(), loaded.snapshot());
        SortedPlan sorted = area.sort(plan, batch, loaded.snapshot(), now);
        loader.linking(sorted.plan());
        return committer.commit(live.run(), batch, sorted, loaded.marks(), checkpoint, now);
    }
}

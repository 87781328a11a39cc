package io.membersync.internal.run;

import io.membersync.audit.AuditEntry;
import io.membersync.connector.Cursor;
import io.membersync.model.IntegrationId;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.MassChangeLimits;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Standing;
import io.membersync.storage.InForce;
import io.membersync.storage.Session;
import io.membersync.storage.SyncPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's last transaction: the run is over, and the next one knows where to go on. For one thread. */
final class RunEnd {

    private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);

    // How long a plan can be looked at once its time is over, and what the longest window needs.
    private static final Duration KEPT = Duration.ofDays(32);
    private static final Duration FORGETTING = Duration.ofHours(6);

    private final RunParts parts;
    private final LiveRun live;
    // Whether this worker has read the listing from its beginning.
    private final boolean whole;

    RunEnd(RunParts parts, LiveRun live, boolean whole) {
        this.parts = parts;
        this.live = live;
        this.whole = whole;
    }

    /**
     * Completes the run when no edit waits to be looked at and no record to be read again, all in one transaction.
     *
     * @return false when something is left to do; nothing was written then
     */
    boolean reachedUnlessAnythingIsLeft() {
        return reached(true, Optional.empty());
    }

    /**
     * Completes the run. What is still left is the next one's.
     *
     * @param plan the plan as it is to be stored, where there is one
     * @return the state that the run came to
     */
    RunState reached(Optional<Plan> plan) {
        reached(false, plan);
        return live.run().state();
    }

    private boolean reached(boolean unlessAnythingIsLeft, Optional<Plan> plan) {
        Instant now = parts.time().instant();
        Run run = live.run();
        boolean reads = run.kind() == RunKind.FULL || run.kind() == RunKind.PROPOSE;
        boolean proven = reads && run.checkpoint().provable();
        RunCounts counts = proven ? run.counts() : run.counts().withoutAbsences();
        boolean waits = plan.filter(made -> made.state() == PlanState.WAITING).isPresent();
        boolean held = waits && run.kind() != RunKind.PROPOSE;
        Run ended =
                run.at(run.checkpoint(), counts).in(held ? RunState.HELD : RunState.COMPLETED, now, Optional.empty());
        AuditWriter audit = new AuditWriter(ended);
        List<AuditEntry> entries = new ArrayList<>(
                audit.fields(parts.pausedBefore(), ended.checkpoint().paused(), now));
        entries.add(audit.runEnded(ended, now));
        boolean over = parts.storage().inTransaction(parts.fence(), session -> {
            if (unlessAnythingIsLeft && anythingIsLeft(session)) {
                return false;
            }
            write(session, run, ended, plan, now);
            entries.addAll(new ClosedPlans(session, now).superseded(run, parts.trial(), waits));
            session.audit().append(entries);
            plan.ifPresent(session.plans()::save);
            return true;
        });
        if (over) {
            if (run.kind() == RunKind.FULL && !proven) {
                LOG.warn(
                        "The listing was not proven to be complete ({} records read, {} announced): nothing is"
                                + " concluded from what it did not contain",
                        counts.read(),
                        run.total().map(String::valueOf).orElse("none"));
            }
            ended.checkpoint().paused().forEach((field, why) -> LOG.warn("The field '{}' is paused: {}", field, why));
            live.stored(ended);
            parts.pump().recorded(entries);
        }
        return over;
    }

    private boolean anythingIsLeft(Session session) {
        IntegrationId id = parts.integration().id();
        return !session.edits().pending(id, Optional.empty(), 1).isEmpty()
                || !session.quarantine().toReread(id, 1).isEmpty();
    }

    private void write(Session session, Run run, Run ended, Optional<Plan> plan, Instant now) {
        IntegrationId id = parts.integration().id();
        if (run.kind() == RunKind.FULL) {
            if (run.checkpoint().provable()) {
                session.absences().keepOnly(id, run.id());
            }
            if (parts.position()
                    .fullSyncAt()
                    .filter(at -> at.plus(FORGETTING).isBefore(now))
                    .isPresent()) {
                session.plans().forget(id, now.minus(KEPT));
                session.links()
                        .forget(id, now.minus(parts.integration().safeguards().grace()));
            }
            if (whole) {
                session.quarantine().remove(id, parts.quarantine().withoutId());
            }
        }
        // A trial that is held has brought nobody up to date: whoever waits for that is read for by the next run.
        boolean nothingApplied = parts.trial() && ended.state() == RunState.HELD;
        if (!nothingApplied && (run.kind() == RunKind.FULL || run.kind() == RunKind.DELTA)) {
            session.inbox().read(id, run.id());
        }
        SyncPosition before = parts.position();
        session.runs()
                .savePosition(
                        id,
                        nothingApplied ? before.with(before.standing().after(ended)) : position(session, ended, now));
        session.runs().save(ended);
        if (run.kind() == RunKind.FULL && parts.first()) {
            putInForce(session, run);
        } else if (parts.trial() && tried(session, run, plan)) {
            putInForce(session, run);
        }
    }

    /** Whether a configuration has shown all that it comes to, by what was let through or by what was approved. */
    private boolean tried(Session session, Run run, Optional<Plan> plan) {
        if (run.kind() != RunKind.FULL) {
            return plan.filter(made -> made.state() == PlanState.APPLIED).isPresent();
        }
        return plan.isEmpty() && (run.checkpoint().provable() || readEnough(session, run));
    }

    /** Where a listing proves nothing: those that it left out are no more than may leave without approval. */
    private boolean readEnough(Session session, Run run) {
        long linked = session.links().count(run.integration());
        long unread = Math.max(0, linked - run.counts().read());
        MassChangeLimits limits = parts.integration().safeguards().limits();
        return limits.allows(Counted.of(ChangeKind.REMOVE), unread, () -> linked);
    }

    /** A full sync that went through with all that it came to, and an approved plan, put their configuration in force. */
    private void putInForce(Session session, Run run) {
        long rules = run.rules().orElse(0L);
        session.settings().putInForce(parts.integration().id(), InForce.of(parts.integration(), rules));
        if (rules > 0) {
            session.rules()
                    .tookEffect(run.organization(), rules, run.startedAt().orElseThrow());
        }
    }

    private SyncPosition position(Session session, Run run, Instant now) {
        // Only an integration's own runs move its position, and this one holds the lease since it was read.
        SyncPosition before = parts.position();
        Standing standing = before.standing().after(run);
        return switch (run.kind()) {
            // Only the feed tells deletions and merges, so a listing never skips what it has still to tell.
            case FULL -> {
                Optional<Cursor> found = run.checkpoint().feedPosition();
                boolean stuck = found.isPresent()
                        && before.feed().isPresent()
                        && StuckFeed.stuck(session.runs(), run.integration());
                Optional<Cursor> feed = stuck ? found : before.feed().or(() -> found);
                yield new SyncPosition(feed, Optional.of(now), Optional.of(now), standing);
            }
            case DELTA ->
                new SyncPosition(
                        Optional.of(run.checkpoint().cursor()), before.fullSyncAt(), Optional.of(now), standing);
            case RETRY, APPLY, PROPOSE -> before.with(standing);
        };
    }
}

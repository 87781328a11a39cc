package io.membersync.internal.run;

import io.membersync.audit.AuditEntry;
import io.membersync.conflict.Conflict;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Rejection;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunCounts;
import io.membersync.setup.Integration;
import io.membersync.storage.EditMark;
import io.membersync.storage.Fence;
import io.membersync.storage.RunStore.Ask;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Step 10, a run's only write: one transaction that holds everything a batch came to, and how far the run has come with
 * it. Members that the host changed meanwhile are left out whole and noted to be read again; members whose rows cannot
 * hold what would be written are left out whole too, and their records go to quarantine.
 */
final class BatchCommitter {

    /**
     * What was committed.
     *
     * @param run the run as stored
     * @param asked what was asked of the run meanwhile
     * @param audit the entries written
     * @param refused how many members could not be held
     * @param staged whether anything was staged
     * @param counted how many members changed in ways that the mass-change guard counts
     * @param hour the full hour in which they are counted
     */
    record Committed(
            Run run,
            Ask asked,
            List<AuditEntry> audit,
            int refused,
            boolean staged,
            ChangeTally counted,
            Instant hour) {}

    private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
    private static final Duration LAST_RETRY = Duration.ofHours(24);

    private final Storage storage;
    private final Fence fence;
    private final Integration integration;
    private final StagingArea area;
    private final ErasureKey erasures;
    // What the last commit wrote: it may stand although its answer was lost.
    private @Nullable Committed tried;

    BatchCommitter(RunParts parts, StagingArea area) {
        this.area = area;
        this.storage = parts.storage();
        this.fence = parts.fence();
        this.integration = parts.integration();
        this.erasures = parts.erasures();
    }

    Committed commit(
            Run run,
            Batch batch,
            SortedPlan sorted,
            Map<ExternalId, EditMark> marks,
            Checkpoint checkpoint,
            Instant now) {
        return storage.inTransaction(fence, session -> {
            leaveOutErased(session, batch);
            Refusals refusals = Refusals.of(session, integration, sorted.plan());
            Remainder possible = refusals.remainder();
            Remainder rest = Remainder.of(possible.plan(), apply(session, possible.plan()));
            BatchPlan applied = rest.plan();
            write(session, integration.id(), applied, marks);
            OtherLinks.follow(session, integration, applied);
            Set<ExternalId> leftOut = new HashSet<>(possible.leftOut());
            leftOut.removeAll(refusals.records());
            leftOut.addAll(rest.leftOut());
            leftOut.addAll(sorted.stale());
            noteRereads(session, batch, sorted.plan(), leftOut);
            removeHealed(session, batch, applied);
            List<Rejection> newlyRejected = quarantine(session, applied.rejections(), now);
            if (!batch.absent().isEmpty()) {
                session.absences().add(integration.id(), run.id(), batch.absent());
            }
            leftOut.addAll(refusals.records());
            stage(session, batch, sorted, leftOut, now);
            ChangeTally counted = sorted.counted(applied);
            Instant hour = StagingArea.hour(now);
            if (!counted.counts().isEmpty()) {
                session.plans().letThrough(integration.id(), hour, area.total(hour, counted));
            }
            List<AuditEntry> audit = new AuditWriter(run).entries(applied, newlyRejected, now);
            if (!audit.isEmpty()) {
                session.audit().append(audit);
            }
            Run further = run.at(checkpoint, run.counts().plus(counts(batch, applied)));
            session.runs().save(further);
            Committed written = new Committed(
                    further,
                    session.runs().asked(run.id()),
                    audit,
                    refusals.count(),
                    !sorted.staged().isEmpty(),
                    counted,
                    hour);
            tried = written;
            return written;
        });
    }

    /**
     * Looked for behind the lease, which erasing takes too: either what this commits is erased with the rest, or the
     * person is erased already and the batch is planned anew without.
     */
    private void leaveOutErased(Session session, Batch batch) {
        Set<ExternalId> erased = erasures.erased(session, integration.organization(), integration.id(), batch.ids())
                .keySet();
        if (!erased.isEmpty()) {
            batch.leaveOut(erased);
            throw new StaleVersionException("A record of somebody who was erased");
        }
    }

    private void stage(Session session, Batch batch, SortedPlan sorted, Set<ExternalId> leftOut, Instant now) {
        if (!sorted.staged().isEmpty()) {
            // Looked for as well, because the answer to an earlier commit may have been lost.
            if (!area.gathering() && session.plans().find(area.plan()).isEmpty()) {
                session.plans().save(area.fresh(now));
            }
            session.plans().stage(area.plan(), sorted.staged());
        }
        if (!batch.items().isEmpty()) {
            Map<ExternalId, Outcome> outcomes = new HashMap<>();
            batch.items()
                    .keySet()
                    .forEach(id -> outcomes.put(id, leftOut.contains(id) ? Outcome.STALE : Outcome.APPLIED));
            session.plans().settle(batch.plan(), outcomes);
        }
    }

    /**
     * Looks whether a commit stands that seemed to fail, because its answer was lost on the way.
     *
     * @param before the run as it was before that commit
     * @return what was committed; empty when it was not
     */
    Optional<Committed> standing(Run before) {
        Committed written = tried;
        if (written == null || samePlace(before, written.run())) {
            return Optional.empty();
        }
        return storage.inTransaction(
                fence,
                session -> session.runs()
                        .find(before.id())
                        .filter(stored -> samePlace(stored, written.run()))
                        .map(stored -> written));
    }

    private static boolean samePlace(Run one, Run other) {
        return one.checkpoint().equals(other.checkpoint()) && one.counts().equals(other.counts());
    }

    private Set<MemberId> apply(Session session, BatchPlan plan) {
        List<MemberChange> changes = plan.members().stream()
                .filter(change -> !(change instanceof MemberChange.Flag))
                .toList();
        return changes.isEmpty() ? Set.of() : session.members().apply(integration.organization(), changes);
    }

    static void write(Session session, IntegrationId id, BatchPlan plan, Map<ExternalId, EditMark> marks) {
        if (!plan.links().isEmpty()) {
            session.links().save(id, plan.links());
        }
        List<Conflict> conflicts = new ArrayList<>(plan.conflicts());
        conflicts.addAll(plan.closed());
        if (!conflicts.isEmpty()) {
            session.conflicts().save(conflicts);
        }
        if (!plan.matching().opened().isEmpty()) {
            session.matches().save(plan.matching().opened());
        }
        if (!plan.matching().closed().isEmpty()) {
            session.matches().close(plan.matching().closed());
        }
        if (!plan.withdrawn().isEmpty()) {
            session.outbox().remove(plan.withdrawn());
        }
        if (!plan.outgoing().isEmpty()) {
            session.outbox().save(plan.outgoing());
        }
        List<EditMark> seen =
                plan.settled().stream().map(marks::get).filter(Objects::nonNull).toList();
        if (!seen.isEmpty()) {
            session.edits().clear(id, seen);
        }
    }

    private void noteRereads(Session session, Batch batch, BatchPlan plan, Set<ExternalId> leftOut) {
        if (!batch.reread().isEmpty()) {
            session.quarantine().rereadDone(integration.id(), batch.reread());
        }
        Set<ExternalId> again = new HashSet<>(plan.stale());
        again.addAll(leftOut);
        if (!again.isEmpty()) {
            session.quarantine().reread(integration.id(), again);
        }
    }

    /** A record that could be mapped is not healed when the plan then rejects it. */
    private void removeHealed(Session session, Batch batch, BatchPlan applied) {
        if (area.proposes()) {
            return;
        }
        Set<String> healed = new HashSet<>(batch.healed());
        applied.rejections().forEach(rejection -> healed.remove(rejection.key()));
        session.quarantine().remove(integration.id(), healed);
    }

    private List<Rejection> quarantine(Session session, List<Rejection> rejections, Instant now) {
        if (rejections.isEmpty()) {
            return List.of();
        }
        Map<String, QuarantinedRecord> before = new HashMap<>();
        session.quarantine()
                .load(integration.id(), rejections.stream().map(Rejection::key).toList())
                .forEach(known -> before.put(known.key(), known));
        Map<String, QuarantinedRecord> after = new HashMap<>();
        List<Rejection> newly = new ArrayList<>();
        for (Rejection rejection : rejections) {
            Optional<QuarantinedRecord> known = Optional.ofNullable(before.get(rejection.key()));
            boolean same = known.isPresent()
                    && known.get().path().equals(rejection.path())
                    && known.get().reason().equals(rejection.reason());
            if (!same) {
                newly.add(rejection);
            }
            after.put(rejection.key(), filed(rejection, known, now));
        }
        session.quarantine().save(integration.id(), List.copyOf(after.values()));
        return newly;
    }

    private static QuarantinedRecord filed(Rejection rejection, Optional<QuarantinedRecord> known, Instant now) {
        int attempts = known.map(QuarantinedRecord::attempts).orElse(0) + 1;
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 12));
        return new QuarantinedRecord(
                rejection.key(),
                rejection.externalId(),
                rejection.path(),
                rejection.reason(),
                known.map(QuarantinedRecord::firstSeenAt).orElse(now),
                attempts,
                now.plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY));
    }

    static RunCounts counts(Batch batch, BatchPlan plan) {
        long created = 0;
        long updated = 0;
        long removed = 0;
        for (MemberChange change : plan.members()) {
            if (change instanceof MemberChange.Create) {
                created++;
            } else if (change instanceof MemberChange.Update) {
                updated++;
            } else if (change instanceof MemberChange.Terminate) {
                removed++;
            }
        }
        long opened = plan.conflicts().stream()
                .map(Conflict::question)
                .filter(Conflict.Question::isNew)
                .count();
        return new RunCounts(
                batch.read(),
                created,
                updated,
                removed,
                opened,
                plan.rejections().size(),
                batch.absent().size(),
                batch.pages(),
                batch.leftOut());
    }
}

package io.membersync.internal.run;

import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.LeaverPolicy;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunKind;
import io.membersync.storage.PlanItem;
import io.membersync.storage.StagedRecord;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of staged changes and of absences once the read has come to its end: they are let through, planned anew,
 * or held for a decision. Also applies a plan that was approved. Each step is a batch of its own, so that a run that is
 * killed goes on where it was. For one thread.
 */
final class StagedRelease {

    private static final int AT_ONCE = 500;

    private final Storage storage;
    private final RunParts parts;
    private final LiveRun live;
    private final BatchSink sink;
    private final StagingArea area;
    private final Confirmation confirmation;
    private final IntegrationId integration;
    private final LeaverPolicy leavers;

    StagedRelease(RunParts parts, LiveRun live, BatchSink sink, StagingArea area) {
        this.storage = parts.storage();
        this.parts = parts;
        this.live = live;
        this.sink = sink;
        this.area = area;
        this.confirmation = new Confirmation(parts, this::stopping);
        this.integration = parts.integration().id();
        this.leavers = parts.integration().safeguards().leavers();
    }

    /** Leaves out those ids that wait in the run's plan. */
    List<ExternalId> without(List<ExternalId> ids) {
        return area.without(ids);
    }

    /** Whether there is anything to decide. */
    boolean anythingWaits(Checkpoint checkpoint) {
        return area.gathering() || absencesCount(checkpoint);
    }

    private boolean absencesCount(Checkpoint checkpoint) {
        Run run = live.run();
        return (run.kind() == RunKind.FULL || run.kind() == RunKind.PROPOSE)
                && checkpoint.provable()
                && run.counts().absent() > 0
                && leavers != LeaverPolicy.IGNORE;
    }

    /**
     * Lets through what waits, or holds it.
     *
     * @return the plan to be held; empty when nothing is, and when the run was stopped meanwhile
     */
    Optional<Plan> decide(Checkpoint checkpoint) throws InterruptedException {
        boolean absences = absencesCount(checkpoint);
        if (!area.gathering() && !absences) {
            area.letGo();
            return Optional.empty();
        }
        long gone = absences && leavers == LeaverPolicy.TERMINATE ? countAbsent() : 0;
        ChangeTally waiting = storage.inTransaction(session -> session.plans().count(area.plan()))
                .plus(ChangeTally.of(Counted.of(ChangeKind.REMOVE), gone));
        if (area.proposes() || !area.letsThrough(waiting, now())) {
            if (gone > 0 || (area.proposes() && absences)) {
                absent(checkpoint, Batch.Use.STAGE);
            }
            return stopping() || !area.gathering() ? Optional.empty() : held(checkpoint);
        }
        area.letGo();
        release(checkpoint, area.plan(), Batch.Use.RELEASE);
        if (absences) {
            absent(checkpoint, Batch.Use.RELEASE);
        }
        if (area.gathering() && !stopping()) {
            storage.inTransaction(parts.fence(), session -> {
                session.plans().remove(area.plan());
                return true;
            });
        }
        return Optional.empty();
    }

    private long countAbsent() {
        long count = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Absent absent = nextAbsent(cursor);
            count += absent.ids().size();
            cursor = absent.next();
        } while (cursor.isPresent());
        return count;
    }

    /** Absences that may count, and where to go on. */
    private record Absent(List<ExternalId> ids, Optional<String> next) {}

    private Absent nextAbsent(Optional<String> cursor) {
        return storage.inTransaction(session -> {
            Slice<ExternalId> slice =
                    ids(session.absences().list(integration, live.run().id(), cursor, AT_ONCE));
            if (confirmation.possible() && leavers == LeaverPolicy.TERMINATE) {
                return new Absent(slice.items(), slice.next());
            }
            Set<ExternalId> before =
                    session.absences().missedBefore(integration, live.run().id(), slice.items());
            // Who cannot be asked for has to be missing twice; who is only flagged, is flagged the first time.
            boolean twice = leavers == LeaverPolicy.TERMINATE;
            return new Absent(
                    slice.items().stream()
                            .filter(id -> before.contains(id) == twice)
                            .toList(),
                    slice.next());
        });
    }

    private static Slice<ExternalId> ids(Slice<io.membersync.run.Absence> absences) {
        return new Slice<>(
                absences.items().stream()
                        .map(io.membersync.run.Absence::externalId)
                        .toList(),
                absences.next());
    }

    /** Absences become removals: staged without being confirmed, which the approval does, or confirmed and applied. */
    private void absent(Checkpoint checkpoint, Batch.Use use) throws InterruptedException {
        Optional<String> cursor = Optional.empty();
        do {
            if (stopping()) {
                return;
            }
            Absent absent = nextAbsent(cursor);
            Instant now = now();
            List<MappedRecord> gone = absent.ids().stream()
                    .map(id -> (MappedRecord) Confirmation.gone(id, now))
                    .toList();
            if (use == Batch.Use.RELEASE && leavers == LeaverPolicy.TERMINATE) {
                gone = confirmation.confirmed(gone);
            }
            Batch batch = Batch.of(now(), use, area.plan(), Map.of(), gone);
            batch.marks(confirmation.marks());
            if (!gone.isEmpty() || !batch.marks().isEmpty()) {
                sink.write(batch, checkpoint);
            }
            cursor = absent.next();
        } while (cursor.isPresent());
    }

    /**
     * Applies a plan that was approved.
     *
     * @param checkpoint its cursor names the plan
     * @return the plan as it is to be stored; empty when it is there no longer, and when the run was stopped meanwhile
     */
    Optional<Plan> applyApproved(Checkpoint checkpoint) throws InterruptedException {
        PlanId id = new PlanId(checkpoint.cursor().text());
        Optional<Plan> plan = storage.inTransaction(session -> session.plans().find(id))
                .filter(found -> found.state() == PlanState.APPROVED);
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        release(checkpoint, id, Batch.Use.APPLY);
        Map<Outcome, Long> outcomes =
                storage.inTransaction(session -> session.plans().outcomes(id));
        Plan.Contents before = plan.get().contents();
        return stopping()
                ? Optional.empty()
                : Optional.of(plan.get()
                        .in(PlanState.APPLIED)
                        .holding(new Plan.Contents(
                                before.counts(),
                                before.digest(),
                                outcomes.getOrDefault(Outcome.APPLIED, 0L),
                                outcomes.getOrDefault(Outcome.STALE, 0L))));
    }

    private void release(Checkpoint checkpoint, PlanId plan, Batch.Use use) throws InterruptedException {
        while (!stopping()) {
            List<PlanItem> items =
                    storage.inTransaction(session -> session.plans().waiting(plan, AT_ONCE));
            if (items.isEmpty()) {
                return;
            }
            Map<ExternalId, PlanItem> settled = new LinkedHashMap<>();
            List<MappedRecord> records = new ArrayList<>();
            Set<ExternalId> toConfirm = new HashSet<>();
            Set<ExternalId> again = new HashSet<>();
            for (PlanItem item : items) {
                settled.put(item.externalId(), item);
                Optional<StagedRecord> staged = area.seal().open(plan, item);
                staged.ifPresent(kept -> records.add(kept.record()));
                if (staged.filter(StagedRecord::again).isPresent()) {
                    again.add(item.externalId());
                }
                if (use == Batch.Use.APPLY
                        && staged.filter(kept -> !(kept.record() instanceof MappedRecord.Mapped))
                                .isPresent()) {
                    toConfirm.add(item.externalId());
                }
            }
            List<MappedRecord> still = confirmed(records, toConfirm);
            if (!stopping()) {
                Batch batch = Batch.of(now(), use, plan, settled, still);
                batch.decideAnew(again);
                batch.marks(confirmation.marks());
                sink.write(batch, checkpoint);
            }
        }
    }

    /** Of removals that were approved only those are left that the registry still speaks of as gone. */
    private List<MappedRecord> confirmed(List<MappedRecord> records, Set<ExternalId> toConfirm)
            throws InterruptedException {
        if (toConfirm.isEmpty() || !confirmation.possible()) {
            return records;
        }
        Map<ExternalId, MappedRecord> gone = new HashMap<>();
        List<MappedRecord> asked = records.stream()
                .filter(record -> toConfirm.contains(id(record)))
                .toList();
        confirmation.confirmed(asked).forEach(record -> gone.put(id(record), record));
        return records.stream()
                .map(record -> toConfirm.contains(id(record))
                        ? Optional.ofNullable(gone.get(id(record)))
                        : Optional.of(record))
                .flatMap(Optional::stream)
                .collect(Collectors.toList());
    }

    private static ExternalId id(MappedRecord record) {
        return MappedPage.idOf(record).orElseThrow();
    }

    private Optional<Plan> held(Checkpoint checkpoint) {
        Instant now = now();
        Plan gathered = storage.inTransaction(session -> session.plans().find(area.plan()))
                .orElseThrow();
        // A complete listing has found all that still holds of what waited before.
        if (gathered.origin() == Plan.Origin.GUARD && !(live.run().kind() == RunKind.FULL && checkpoint.provable())) {
            new EarlierPlans(parts, area).join(now);
        }
        ChangeTally counts = storage.inTransaction(session -> session.plans().count(area.plan()));
        Plan held = new Plan(
                gathered.id(),
                gathered.organization(),
                gathered.integration(),
                gathered.origin(),
                PlanState.WAITING,
                new Plan.Contents(counts, digest(), 0, 0),
                gathered.madeAt(),
                now.plus(parts.integration().safeguards().planLife()),
                Optional.empty(),
                gathered.revision());
        return Optional.of(held);
    }

    /** A digest over the items' digests in order. */
    private String digest() {
        String digest = "";
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            Slice<PlanItem> slice =
                    storage.inTransaction(session -> session.plans().items(area.plan(), from, AT_ONCE));
            digest = EffectDigests.digest(digest
                    + slice.items().stream()
                            .map(item -> item.externalId() + " " + item.digest())
                            .collect(Collectors.joining("\n")));
            cursor = slice.next();
        } while (cursor.isPresent());
        return digest;
    }

    private boolean stopping() {
        return live.wish() != LiveRun.Wish.GO_ON;
    }

    private Instant now() {
        return parts.time().instant();
    }
}

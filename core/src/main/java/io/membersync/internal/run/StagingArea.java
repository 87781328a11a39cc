package io.membersync.internal.run;

import io.membersync.internal.pipeline.MassChangeGuard;
import io.membersync.internal.pipeline.PageSnapshot;
import io.membersync.internal.pipeline.PlanEffects;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.mapping.MappedRecord;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.ChangeTally;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.plan.Link;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunKind;
import io.membersync.setup.Integration;
import io.membersync.storage.PlanItem;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sorts the plan of each batch into what is applied now and what waits in the run's own plan, and keeps the totals that
 * this is decided by. Everything it counts is stored with the batch, so that a run that goes on elsewhere counts on. For
 * one thread.
 */
final class StagingArea {

    private final Storage storage;
    private final Integration integration;
    private final MassChangeGuard guard;
    private final PlanSeal seal;
    private final PlanId plan;
    private final Plan.Origin origin;
    // Whether nothing at all is applied for now.
    private boolean whole;
    // Whether the run's plan is stored.
    private boolean gathering;
    private final boolean proposes;
    // What was let through, by hour; read when the first change comes that counts.
    private Optional<Map<Instant, ChangeTally>> window = Optional.empty();
    private OptionalLong population = OptionalLong.empty();

    StagingArea(RunParts parts, Run run, SecretSealer sealer) {
        this.storage = parts.storage();
        this.integration = parts.integration();
        this.guard = new MassChangeGuard(integration.safeguards().limits());
        this.plan = PlanId.of(run.id());
        this.seal = new PlanSeal(sealer, integration);
        boolean proposes = run.kind() == RunKind.PROPOSE;
        this.whole = proposes || (parts.trial() && run.kind() == RunKind.FULL);
        this.origin = parts.trial() ? Plan.Origin.CONFIGURATION : proposes ? Plan.Origin.PREVIEW : Plan.Origin.GUARD;
        this.proposes = proposes;
        this.gathering = !run.checkpoint().equals(Checkpoint.START)
                && storage.inTransaction(session -> session.plans().find(plan)).isPresent();
    }

    PlanId plan() {
        return plan;
    }

    PlanSeal seal() {
        return seal;
    }

    /** Whether anything was staged by this run. */
    boolean gathering() {
        return gathering;
    }

    /** Whether the run only makes a plan, whatever the guard would say. */
    boolean proposes() {
        return proposes;
    }

    /** Whether nothing is applied for now, whatever it comes to. */
    boolean whole() {
        return whole;
    }

    /** What was gathered is let through: from now on as ever. */
    void letGo() {
        whole = false;
    }

    /** The run's plan as it begins. */
    Plan fresh(Instant now) {
        return new Plan(
                plan,
                integration.organization(),
                integration.id(),
                origin,
                PlanState.GATHERING,
                Plan.Contents.NONE,
                now,
                now.plus(integration.safeguards().planLife()),
                Optional.empty(),
                0);
    }

    /** Leaves out those ids that wait in the run's plan. */
    List<ExternalId> without(List<ExternalId> ids) {
        Set<ExternalId> waiting = waiting(ids);
        return waiting.isEmpty()
                ? ids
                : ids.stream().filter(id -> !waiting.contains(id)).toList();
    }

    private Set<ExternalId> waiting(Collection<ExternalId> ids) {
        return gathering ? storage.inTransaction(session -> session.plans().staged(plan, ids)) : Set.of();
    }

    SortedPlan sort(BatchPlan made, Batch batch, PageSnapshot snapshot, Instant now) {
        Map<MemberId, Set<Counted>> effects = PlanEffects.of(made, snapshot);
        return switch (batch.use()) {
            case READ -> whole ? gathered(made, batch, snapshot, effects) : read(made, batch, snapshot, effects, now);
            case STAGE ->
                staged(
                        made,
                        batch,
                        snapshot,
                        effects,
                        members(made, batch.byId().keySet()));
            case RELEASE -> released(made, effects, outrun(batch, snapshot), now);
            case APPLY -> {
                Set<ExternalId> stale = drifted(made, batch);
                stale.addAll(outrun(batch, snapshot));
                yield released(made, Map.of(), stale, now);
            }
        };
    }

    private SortedPlan read(
            BatchPlan made, Batch batch, PageSnapshot snapshot, Map<MemberId, Set<Counted>> effects, Instant now) {
        // What was not read cannot be kept to be planned again; it sets right what the app did, by rule.
        made.members().stream()
                .filter(change -> !batch.byId().containsKey(change.externalId()))
                .forEach(change -> effects.remove(change.member()));
        Map<MemberId, Set<Counted>> limited = limited(effects);
        Set<MemberId> waits = new HashSet<>();
        if (!limited.isEmpty()) {
            waits.addAll(guard.staged(limited, window(now), () -> population(now)));
        }
        waits.addAll(members(made, waiting(batch.byId().keySet())));
        SortedPlan sorted = staged(made, batch, snapshot, effects, waits);
        limited.keySet().removeAll(waits);
        return new SortedPlan(sorted.plan(), limited, sorted.staged(), Set.of());
    }

    /** Whatever a record comes to waits; a run that is more than a proposal asks about those that it cannot use. */
    private SortedPlan gathered(
            BatchPlan made, Batch batch, PageSnapshot snapshot, Map<MemberId, Set<Counted>> effects) {
        Set<MemberId> touched = PlanEffects.touched(made, snapshot);
        if (!proposes) {
            // An edit is compared with the record that was read with it, so the two are let through together.
            Set<ExternalId> edited = new HashSet<>(snapshot.edits().keySet());
            edited.addAll(snapshot.again());
            touched.addAll(members(made, edited));
        }
        SortedPlan sorted = staged(made, batch, snapshot, effects, touched);
        BatchPlan now = proposes
                ? BatchPlan.NOTHING
                : BatchPlan.asking(made.rejections(), made.matching().opened());
        return new SortedPlan(now, Map.of(), sorted.staged(), Set.of());
    }

    private Map<MemberId, Set<Counted>> limited(Map<MemberId, Set<Counted>> effects) {
        Map<MemberId, Set<Counted>> limited = new LinkedHashMap<>();
        effects.forEach((member, ways) -> {
            Set<Counted> counted =
                    guard.limited(ChangeTally.of(List.of(ways))).counts().keySet();
            if (!counted.isEmpty()) {
                limited.put(member, counted);
            }
        });
        return limited;
    }

    private SortedPlan staged(
            BatchPlan made,
            Batch batch,
            PageSnapshot snapshot,
            Map<MemberId, Set<Counted>> effects,
            Set<MemberId> waits) {
        Remainder rest = Remainder.of(made, waits);
        if (rest.leftOut().isEmpty()) {
            return new SortedPlan(rest.plan(), Map.of(), List.of(), Set.of());
        }
        Staging staging = new Staging(made, snapshot, effects, seal);
        Set<ExternalId> inOrder = new LinkedHashSet<>(batch.byId().keySet());
        inOrder.retainAll(rest.leftOut());
        inOrder.addAll(rest.leftOut());
        List<PlanItem> items = inOrder.stream()
                .map(id ->
                        staging.item(plan, id, Optional.ofNullable(batch.byId().get(id))))
                .toList();
        return new SortedPlan(rest.plan(), Map.of(), items, Set.of());
    }

    private SortedPlan released(
            BatchPlan made, Map<MemberId, Set<Counted>> effects, Set<ExternalId> stale, Instant now) {
        Map<MemberId, Set<Counted>> limited = limited(effects);
        if (!limited.isEmpty()) {
            window(now);
        }
        Remainder rest = Remainder.of(made, members(made, stale));
        Set<ExternalId> given = new HashSet<>(stale);
        given.addAll(rest.leftOut());
        return new SortedPlan(rest.plan(), limited, List.of(), given);
    }

    /** The records that would now come to something else than was approved. */
    private static Set<ExternalId> drifted(BatchPlan made, Batch batch) {
        Map<ExternalId, String> digests = EffectDigests.of(made);
        return batch.items().values().stream()
                .filter(item -> item.sealed().isPresent())
                .filter(item -> !item.digest().equals(digests.get(item.externalId())))
                .map(PlanItem::externalId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Records that were said to be gone before a newer answer told of them. */
    private static Set<ExternalId> outrun(Batch batch, PageSnapshot snapshot) {
        Set<ExternalId> outrun = new HashSet<>();
        batch.byId()
                .forEach((id, record) -> leftAt(record)
                        .filter(left -> Optional.ofNullable(snapshot.links().get(id))
                                .filter(link -> link.readAt().isAfter(left))
                                .isPresent())
                        .ifPresent(left -> outrun.add(id)));
        return outrun;
    }

    private static Optional<Instant> leftAt(MappedRecord record) {
        if (record instanceof MappedRecord.Removed removed) {
            return Optional.of(removed.readAt());
        }
        return record instanceof MappedRecord.Outside outside ? Optional.of(outside.readAt()) : Optional.empty();
    }

    /** The members that a plan changes because of records. */
    private static Set<MemberId> members(BatchPlan made, Set<ExternalId> ids) {
        Set<MemberId> members = new HashSet<>();
        if (!ids.isEmpty()) {
            made.members().stream()
                    .filter(change -> ids.contains(change.externalId()))
                    .forEach(change -> members.add(change.member()));
            made.links().stream()
                    .filter(link -> ids.contains(link.externalId())
                            || into(link).filter(ids::contains).isPresent())
                    .forEach(link -> link.member().ifPresent(members::add));
        }
        return members;
    }

    private static Optional<ExternalId> into(Link link) {
        return link.tombstone().flatMap(Link.Tombstone::mergedInto);
    }

    /** Takes note of what was committed. */
    void committed(BatchCommitter.Committed committed) {
        gathering |= committed.staged();
        if (!committed.counted().counts().isEmpty()) {
            Map<Instant, ChangeTally> more = new HashMap<>(window.orElse(Map.of()));
            more.merge(committed.hour(), committed.counted(), ChangeTally::plus);
            window = Optional.of(more);
        }
    }

    /** What was let through in an hour, with what is being let through now, of the ways that this changes. */
    ChangeTally total(Instant hour, ChangeTally counted) {
        ChangeTally before = window.orElse(Map.of()).getOrDefault(hour, ChangeTally.NONE);
        Map<Counted, Long> totals = new HashMap<>();
        counted.counts().forEach((way, count) -> totals.put(way, before.count(way) + count));
        return new ChangeTally(totals);
    }

    /** Whether everything that waits may be applied. */
    boolean letsThrough(ChangeTally waiting, Instant now) {
        return guard.letsThrough(window(now), waiting, () -> population(now));
    }

    static Instant hour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }

    private ChangeTally window(Instant now) {
        Instant since = hour(now.minus(integration.safeguards().limits().window()));
        if (window.isEmpty()) {
            window =
                    Optional.of(storage.inTransaction(session -> session.plans().letThrough(integration.id(), since)));
        }
        return window.get().values().stream().reduce(ChangeTally.NONE, ChangeTally::plus);
    }

    private long population(Instant now) {
        if (population.isEmpty()) {
            long live = storage.inTransaction(session -> session.links().count(integration.id()));
            population = OptionalLong.of(MassChangeGuard.population(live, window(now)));
        }
        return population.getAsLong();
    }
}

package io.membersync.internal.run;

import io.membersync.audit.AuditEntry;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.Settled;
import io.membersync.conflict.Settled.Refusal;
import io.membersync.conflict.Settled.Why;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.pipeline.ResolutionPlanner;
import io.membersync.internal.pipeline.ResolutionPlanner.Planned;
import io.membersync.internal.pipeline.ResolutionPlanner.Wish;
import io.membersync.model.MemberId;
import io.membersync.plan.BatchPlan;
import io.membersync.setup.Integration;
import io.membersync.storage.Objection;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Steps 4 to 11 for what people decide about conflicts: loads, plans and commits some hundreds of them at once, beside
 * the runs. No lease guards it: whatever a run has changed meanwhile is seen by its revision, loaded and planned anew.
 * Safe for many threads.
 */
public final class ConflictResolver {

    private static final int AT_ONCE = 500;
    private static final int ATTEMPTS = 6;

    private final Storage storage;
    private final ListenerPump pump;

    private record Done(Planned planned, List<AuditEntry> audit) {}

    /**
     * Makes a resolver.
     *
     * @param storage where the conflicts are
     * @param pump who is told
     */
    public ConflictResolver(Storage storage, ListenerPump pump) {
        this.storage = storage;
        this.pump = pump;
    }

    /**
     * Resolves conflicts of one integration.
     *
     * @param integration the integration
     * @param conflicts the conflicts as seen, at most one for each member and field
     * @param wish what was decided
     * @return how many were resolved, and which were refused
     */
    public Settled resolve(Integration integration, List<Conflict.Ref> conflicts, Wish wish) {
        long resolved = 0;
        List<Refusal> refused = new ArrayList<>();
        for (int from = 0; from < conflicts.size(); from += AT_ONCE) {
            List<Conflict.Ref> some = conflicts.subList(from, Math.min(from + AT_ONCE, conflicts.size()));
            Settled settled = some(integration, some, wish);
            resolved += settled.resolved();
            refused.addAll(settled.refused());
        }
        return new Settled(resolved, refused);
    }

    private Settled some(Integration integration, List<Conflict.Ref> conflicts, Wish wish) {
        List<Conflict.Ref> left = new ArrayList<>(conflicts);
        List<Refusal> refused = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            try {
                Done done = storage.inTransaction(session -> once(session, integration, left, wish));
                pump.recorded(done.audit());
                refused.addAll(done.planned().refused());
                return new Settled(done.planned().values().size(), refused);
            } catch (Unfit unfit) {
                refused.addAll(unfit.refusals);
                left.removeIf(ref -> unfit.members.contains(ref.member()));
            } catch (StaleVersionException moved) {
                if (attempt >= ATTEMPTS) {
                    throw moved;
                }
            } catch (StorageException failed) {
                // Such as a deadlock with a run.
                if (!failed.passing() || attempt >= ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private Done once(Session session, Integration integration, List<Conflict.Ref> conflicts, Wish wish) {
        List<MemberId> members =
                conflicts.stream().map(Conflict.Ref::member).distinct().toList();
        Batch batch = new Batch(wish.at());
        if (!members.isEmpty()) {
            batch.edited(session.conflicts().load(integration.id(), members).stream()
                    .map(Conflict::externalId)
                    .toList());
        }
        // Nothing is decided by rule here.
        SnapshotLoader loader = new SnapshotLoader(storage, integration, RuleSet.platformDefaults());
        Planned planned = ResolutionPlanner.plan(
                conflicts, wish, loader.load(session, batch, wish.at()).snapshot());
        List<AuditEntry> audit = ResolutionAudit.entries(integration, planned, wish);
        commit(session, integration, planned.plan(), conflicts);
        if (!audit.isEmpty()) {
            session.audit().append(audit);
        }
        return new Done(planned, audit);
    }

    private static void commit(Session session, Integration integration, BatchPlan plan, List<Conflict.Ref> conflicts) {
        if (!plan.members().isEmpty()) {
            List<Objection> objections = session.members().objections(integration.organization(), plan.members());
            if (!objections.isEmpty()) {
                throw new Unfit(objections, conflicts);
            }
            if (!session.members()
                    .apply(integration.organization(), plan.members())
                    .isEmpty()) {
                throw new StaleVersionException("A member");
            }
        }
        BatchCommitter.write(session, integration.id(), plan, Map.of());
        OtherLinks.follow(session, integration, plan);
    }

    /** Values that rows cannot hold; the transaction ends, and the others are planned without them. */
    private static final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Set<MemberId> members;
        private final transient List<Refusal> refusals;

        Unfit(List<Objection> objections, List<Conflict.Ref> conflicts) {
            super("A value does not fit", null, false, false);
            Map<MemberId, String> reasons = new HashMap<>();
            objections.forEach(objection -> reasons.putIfAbsent(
                    objection.member(), "The field '" + objection.field() + "' " + objection.reason()));
            this.members = reasons.keySet();
            this.refusals = conflicts.stream()
                    .filter(ref -> reasons.containsKey(ref.member()))
                    .map(ref -> new Refusal(
                            ref, Why.UNFIT_VALUE, Objects.requireNonNull(reasons.get(ref.member())), Optional.empty()))
                    .toList();
        }
    }
}

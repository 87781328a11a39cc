package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.connector.Cursor;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.run.PlanSeal;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.plan.FieldChange;
import io.membersync.run.JobRunner;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange;
import io.membersync.run.Plans;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunCounts;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.StartAnswer;
import io.membersync.run.Trigger;
import io.membersync.setup.Integration;
import io.membersync.storage.PlanItem;
import io.membersync.storage.Session;
import io.membersync.storage.StagedRecord;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Plans in the storage, as one caller sees them. Safe for many threads. */
final class StoredPlans implements Plans {

    private static final int MOST_PLANS = 200;
    private static final int MOST_CHANGES = 1_000;

    /**
     * What the service works with.
     *
     * @param storage where plans are kept
     * @param sealer opens what they hold
     * @param runner who carries out runs
     * @param time the engine's time
     * @param pump who is told
     * @param ids makes run ids that sort by time
     */
    record Parts(
            Storage storage,
            SecretSealer sealer,
            JobRunner runner,
            InstantSource time,
            ListenerPump pump,
            Supplier<RunId> ids) {}

    private final Parts parts;
    private final Access access;

    StoredPlans(Parts parts, Caller caller) {
        this.parts = parts;
        this.access = new Access(caller);
    }

    @Override
    public Slice<Plan> list(IntegrationId integration, Set<PlanState> states, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST_PLANS);
        Instant now = parts.time().instant();
        Set<PlanState> wanted = states.isEmpty() ? EnumSet.allOf(PlanState.class) : EnumSet.copyOf(states);
        Set<PlanState> stored = EnumSet.copyOf(wanted);
        // One that has just expired is still stored as waiting.
        if (wanted.contains(PlanState.EXPIRED)) {
            stored.add(PlanState.WAITING);
        }
        stored.remove(PlanState.GATHERING);
        Slice<Plan> slice = parts.storage().inTransaction(session -> {
            access.integration(session, integration, "list the plans of this");
            return new Cursors("the plans of '" + integration + "'")
                    .slice(cursor, from -> session.plans().list(integration, stored, from, limit));
        });
        return new Slice<>(
                slice.items().stream()
                        .map(plan -> plan.at(now))
                        .filter(plan -> wanted.contains(plan.state()))
                        .toList(),
                slice.next());
    }

    @Override
    public Plan look(PlanId id) {
        Instant now = parts.time().instant();
        return parts.storage()
                .inTransaction(session -> access.plan(session, id, "look at this plan"))
                .at(now);
    }

    @Override
    public Slice<PlannedChange> changes(PlanId id, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST_CHANGES);
        return parts.storage().inTransaction(session -> {
            Plan plan = access.plan(session, id, "look at this plan");
            Integration integration = access.integration(session, plan.integration(), "look at this plan");
            PlanSeal seal = new PlanSeal(parts.sealer(), integration);
            Slice<PlanItem> slice = new Cursors("the changes of the plan '" + id + "'")
                    .slice(cursor, from -> session.plans().items(id, from, limit));
            List<PlannedChange> changes = slice.items().stream()
                    .filter(item -> item.sealed().isPresent())
                    .map(item -> change(item, seal.open(id, item)))
                    .toList();
            return new Slice<>(ProtectedValues.hidden(session, integration.organization(), changes), slice.next());
        });
    }

    private static PlannedChange change(PlanItem item, Optional<StagedRecord> staged) {
        List<FieldChange> fields = staged.map(StagedRecord::changes).orElse(List.of());
        return new PlannedChange(item.externalId(), item.member(), item.kinds(), fields, item.outcome());
    }

    @Override
    public StartAnswer propose(IntegrationId id) {
        Instant now = parts.time().instant();
        StartAnswer answer = parts.storage().inTransaction(session -> {
            Integration integration = access.integration(session, id, "make a plan for this");
            Optional<StartAnswer> disabled = Disabled.refusal(integration);
            if (disabled.isPresent()) {
                return disabled.get();
            }
            Run run = queued(RunKind.PROPOSE, Trigger.MANUAL, id, integration.organization(), now);
            return started(session, run).orElseGet(() -> new StartAnswer.Queued(run.id()));
        });
        if (answer instanceof StartAnswer.Queued queued) {
            parts.runner().submit(queued.run());
        }
        return answer;
    }

    /** Why a run cannot be started; empty when it was added. */
    private static Optional<StartAnswer> started(Session session, Run run) {
        Optional<Run> active = session.runs().active(run.integration());
        if (active.isPresent()) {
            return Optional.of(new StartAnswer.AlreadyActive(
                    active.get().id(), active.get().state()));
        }
        return session.runs().add(run)
                ? Optional.empty()
                : Optional.of(new StartAnswer.Unavailable("A run was started at the same moment; try again"));
    }

    @Override
    public StartAnswer approve(PlanId id, String digest, String reason) {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(reason, "reason");
        Instant now = parts.time().instant();
        Decided decided = parts.storage().inTransaction(session -> {
            Plan plan = access.plan(session, id, "approve this plan").at(now);
            Limits.reason(reason);
            // One that is being applied is refused for the run that applies it.
            if (plan.state() != PlanState.WAITING && plan.state() != PlanState.APPROVED) {
                return Decided.not(new StartAnswer.Unavailable("The plan is "
                        + plan.state().name().toLowerCase(Locale.ROOT) + " and can be approved no more"));
            }
            if (!plan.contents().digest().equals(digest)) {
                throw new StaleVersionException("The plan '" + id + "'");
            }
            Optional<StartAnswer> disabled =
                    Disabled.refusal(access.integration(session, plan.integration(), "approve this plan"));
            if (disabled.isPresent()) {
                return Decided.not(disabled.get());
            }
            Run run = applying(session, plan, now);
            Optional<StartAnswer> refusal = started(session, run);
            if (refusal.isPresent()) {
                return Decided.not(refusal.get());
            }
            session.plans().save(plan.decided(PlanState.APPROVED, decision(now, reason)));
            AuditEntry entry = audited(session, plan, "Plan approved", run.id(), reason, now);
            return new Decided(new StartAnswer.Queued(run.id()), Optional.of(entry));
        });
        decided.entry().ifPresent(entry -> parts.pump().recorded(List.of(entry)));
        if (decided.answer() instanceof StartAnswer.Queued queued) {
            parts.runner().submit(queued.run());
        }
        return decided.answer();
    }

    /** An answer, with what was recorded when something was decided. */
    private record Decided(StartAnswer answer, Optional<AuditEntry> entry) {

        static Decided not(StartAnswer why) {
            return new Decided(why, Optional.empty());
        }
    }

    private Run applying(Session session, Plan plan, Instant now) {
        Map<String, String> paused = session.runs().list(plan.integration(), Optional.empty(), 1).items().stream()
                .findFirst()
                .map(before -> before.checkpoint().paused())
                .orElse(Map.of());
        // What it reads is the plan.
        Checkpoint start =
                new Checkpoint(new Cursor(plan.id().value()), "", false, false, Optional.empty(), false, paused);
        return queued(RunKind.APPLY, Trigger.APPROVAL, plan.integration(), plan.organization(), now)
                .at(start, RunCounts.ZERO);
    }

    private Run queued(
            RunKind kind, Trigger trigger, IntegrationId integration, OrganizationId organization, Instant now) {
        return new Run(
                parts.ids().get(),
                organization,
                integration,
                kind,
                trigger,
                access.caller().name(),
                now);
    }

    @Override
    public void reject(PlanId id, String reason) {
        Objects.requireNonNull(reason, "reason");
        Instant now = parts.time().instant();
        AuditEntry entry = parts.storage().inTransaction(session -> {
            Plan plan = access.plan(session, id, "reject this plan").at(now);
            Limits.reason(reason);
            if (plan.state() != PlanState.WAITING) {
                throw new StaleVersionException("The plan '" + id + "'");
            }
            session.plans().save(plan.decided(PlanState.REJECTED, decision(now, reason)));
            // Nothing is wrong with that, but whoever reads it should know why it comes up again.
            String what = plan.origin() == Plan.Origin.CONFIGURATION
                    ? "Plan rejected; the integration is still set up to ask for it"
                    : "Plan rejected";
            return audited(session, plan, what, new RunId(id.value()), reason, now);
        });
        parts.pump().recorded(List.of(entry));
    }

    private Plan.Decision decision(Instant now, String reason) {
        return new Plan.Decision(access.caller().name(), now, reason);
    }

    private AuditEntry audited(Session session, Plan plan, String what, RunId run, String reason, Instant now) {
        AuditEntry entry = new AuditEntry(
                now,
                AuditKind.PLAN,
                plan.organization(),
                Optional.of(plan.integration()),
                Optional.of(run.value()),
                access.caller().name(),
                Optional.empty(),
                Optional.empty(),
                what + ": " + plan.id() + " " + plan.contents().counts() + ", because: " + reason,
                List.of());
        session.audit().append(List.of(entry));
        return entry;
    }
}

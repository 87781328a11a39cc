package io.membersync.internal.admin;

import io.membersync.connector.Connector;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.run.ApprovedPlan;
import io.membersync.internal.run.LiveRuns;
import io.membersync.internal.run.Previews;
import io.membersync.internal.run.RunWorker;
import io.membersync.internal.run.StoppedRun;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Absence;
import io.membersync.run.JobRunner;
import io.membersync.run.LastSync;
import io.membersync.run.Preview;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunProgress;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncControl;
import io.membersync.run.Trigger;
import io.membersync.setup.Integration;
import io.membersync.storage.RunStore.Ask;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import io.membersync.storage.SyncPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs in the storage, as one caller may start and steer them. Safe for many threads. */
public final class StoredSyncControl implements SyncControl {

    private static final int ATTEMPTS = 10;
    private static final int MOST_RUNS = 200;
    private static final int MOST_SAMPLES = 100;
    private static final int MOST_ABSENCES = 1_000;
    private static final String LIST = "list the runs of this";

    /**
     * What the service works with.
     *
     * @param storage where runs are kept
     * @param runner who carries them out
     * @param live the runs of this process
     * @param opener opens connectors, to ask what they can do
     * @param time the engine's time
     * @param pump who is told
     * @param ids makes run ids that sort by time
     * @param manualInterval how long a person has to wait between two manual runs of an integration
     * @param previews tells what a run would do
     */
    record Parts(
            Storage storage,
            JobRunner runner,
            LiveRuns live,
            ConnectorOpener opener,
            InstantSource time,
            ListenerPump pump,
            Supplier<RunId> ids,
            Duration manualInterval,
            Previews previews) {}

    private final Parts parts;
    private final Access access;

    StoredSyncControl(Parts parts, Caller caller) {
        this.parts = parts;
        this.access = new Access(caller);
    }

    @Override
    public StartAnswer startFull(IntegrationId integration) {
        return startFull(integration, Optional.empty());
    }

    StartAnswer startFull(IntegrationId integration, Optional<Trigger> trigger) {
        return start(integration, RunKind.FULL, trigger, Optional.empty());
    }

    @Override
    public StartAnswer startDelta(IntegrationId id) {
        return startDelta(id, Optional.empty());
    }

    StartAnswer startDelta(IntegrationId id, Optional<Trigger> trigger) {
        Known known = parts.storage()
                .inTransaction(session -> new Known(
                        access.stored(session, id, "start a sync of this"),
                        session.runs().position(id)));
        Optional<StartAnswer> refusal = Disabled.refusal(known.stored().integration());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        // Nobody is kept waiting by a registry that has to be asked first, and does not answer.
        try (Connector connector = parts.opener().openForTest(known.stored())) {
            Optional<String> unavailable = connector.abilities().deltaUnavailable();
            if (unavailable.isPresent()) {
                return new StartAnswer.Unavailable(unavailable.get());
            }
        }
        return known.position().feed().isEmpty()
                ? new StartAnswer.Unavailable(
                        known.position().fullSyncAt().isEmpty()
                                ? "A full sync has to complete first"
                                : "A full sync has to complete first: there is no place in a change feed to go on from")
                : start(id, RunKind.DELTA, trigger, Optional.of(known.stored().integration()));
    }

    @Override
    public StartAnswer retryFailed(IntegrationId integration) {
        return start(integration, RunKind.RETRY, Optional.empty(), Optional.empty());
    }

    private record Known(StoredIntegration stored, SyncPosition position) {}

    private StartAnswer start(IntegrationId id, RunKind kind, Optional<Trigger> given, Optional<Integration> justRead) {
        Instant now = parts.time().instant();
        StartAnswer answer = parts.storage().inTransaction(session -> {
            Integration integration = justRead.orElseGet(() -> access.integration(session, id, "start a sync of this"));
            Trigger trigger = given.orElseGet(() -> trigger(session, id, kind));
            Optional<StartAnswer> refusal = Disabled.refusal(integration)
                    .or(() -> trigger == Trigger.MANUAL ? refusal(session, id, now) : Optional.empty());
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Run run = queued(integration, kind, trigger, now);
            return session.runs().add(run) ? new StartAnswer.Queued(run.id()) : overtaken(session, id);
        });
        submit(answer);
        return answer;
    }

    /** Queues the first full sync in a transaction of the caller's, who submits it behind the commit. */
    StartAnswer queueFirst(Session session, Integration integration) {
        Optional<StartAnswer> refusal = Disabled.refusal(integration)
                .or(() -> session.runs().active(integration.id()).map(StoredSyncControl::alreadyActive))
                .or(() -> session.runs()
                        .position(integration.id())
                        .fullSyncAt()
                        .map(at -> new StartAnswer.Unavailable("The first full sync was completed at " + at)));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Run run =
                queued(integration, RunKind.FULL, Trigger.INITIAL, parts.time().instant());
        return session.runs().add(run) ? new StartAnswer.Queued(run.id()) : overtaken(session, integration.id());
    }

    /** Hands a run that was queued to whoever carries it out. */
    void submit(StartAnswer answer) {
        if (answer instanceof StartAnswer.Queued queued) {
            parts.runner().submit(queued.run());
        }
    }

    private Optional<StartAnswer> refusal(Session session, IntegrationId id, Instant now) {
        Optional<StartAnswer> active = session.runs().active(id).map(StoredSyncControl::alreadyActive);
        return active.isPresent()
                ? active
                : nextManual(session, id).filter(now::isBefore).map(StartAnswer.RefusedUntil::new);
    }

    private static StartAnswer alreadyActive(Run run) {
        return new StartAnswer.AlreadyActive(run.id(), run.state());
    }

    private static StartAnswer overtaken(Session session, IntegrationId id) {
        return session.runs()
                .active(id)
                .map(StoredSyncControl::alreadyActive)
                .orElseGet(() -> new StartAnswer.Unavailable("Another run was started at the same moment; try again"));
    }

    private Trigger trigger(Session session, IntegrationId id, RunKind kind) {
        if (kind == RunKind.FULL && session.runs().position(id).fullSyncAt().isEmpty()) {
            return Trigger.INITIAL;
        }
        return access.caller().role() == Caller.Role.HOST ? Trigger.SCHEDULED : Trigger.MANUAL;
    }

    private Optional<Instant> nextManual(Session session, IntegrationId id) {
        if (parts.manualInterval().isZero()) {
            return Optional.empty();
        }
        return session.runs().list(id, Optional.empty(), MOST_RUNS).items().stream()
                .filter(run -> run.trigger() == Trigger.MANUAL && run.kind() != RunKind.PROPOSE)
                .findFirst()
                .map(run -> run.queuedAt().plus(parts.manualInterval()));
    }

    private Run queued(Integration integration, RunKind kind, Trigger trigger, Instant now) {
        return new Run(
                parts.ids().get(),
                integration.organization(),
                integration.id(),
                kind,
                trigger,
                access.caller().name(),
                now);
    }

    @Override
    public Preview preview(IntegrationId id, int samples) {
        if (samples < 0 || samples > MOST_SAMPLES) {
            throw new IllegalArgumentException("samples is to be 0 to " + MOST_SAMPLES + ", not " + samples);
        }
        StoredIntegration stored =
                parts.storage().inTransaction(session -> access.stored(session, id, "preview a sync of this"));
        return parts.previews().preview(stored, samples);
    }

    @Override
    public RunProgress progress(RunId id) {
        Run stored = parts.storage().inTransaction(session -> access.run(session, id, "watch this run"));
        return parts.live().progress(id).orElseGet(() -> new RunProgress(stored, stored.total(), 0, Optional.empty()));
    }

    @Override
    public void pause(RunId id) {
        ask(id, Ask.PAUSE, RunState.PAUSED, "pause this run");
    }

    @Override
    public void cancel(RunId id) {
        ask(id, Ask.CANCEL, RunState.CANCELLED, "cancel this run");
    }

    private void ask(RunId id, Ask ask, RunState atOnce, String action) {
        Optional<StoppedRun> stopped = again(session -> {
            Run seen = access.run(session, id, action);
            if (seen.state() == RunState.RUNNING) {
                session.runs().ask(id, ask);
                // Behind the write: its worker may have let go of it since.
                seen = access.run(session, id, action);
                if (seen.state() == RunState.RUNNING) {
                    return Optional.empty();
                }
            }
            if (!seen.state().active() || seen.state() == atOnce) {
                return Optional.empty();
            }
            // Nobody worked on it. Behind the claim nobody can who has just begun to, or is about to.
            session.runs().claim(RunWorker.job(seen));
            Run run = access.run(session, id, action);
            if (!run.state().active()) {
                throw takenMeanwhile(run);
            }
            return Optional.of(
                    StoppedRun.store(session, run, atOnce, parts.time().instant(), Optional.empty()));
        });
        parts.live().ask(id, ask);
        stopped.ifPresent(run -> run.tell(parts.pump()));
    }

    /** A worker may take the run at the same moment; one of the two then tries again. */
    private <T> T again(Function<Session, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return parts.storage().inTransaction(work);
            } catch (StaleVersionException moved) {
                if (attempt == ATTEMPTS) {
                    throw moved;
                }
            }
        }
    }

    /** Rolls back, so that the claim takes nobody's lease who works on another run; the second look answers. */
    private static StaleVersionException takenMeanwhile(Run run) {
        return new StaleVersionException("The run '" + run.id() + "'");
    }

    @Override
    public StartAnswer resume(RunId id) {
        StartAnswer answer = again(session -> {
            Run seen = access.run(session, id, "resume this run");
            Optional<StartAnswer> refusal = notResumable(session, seen);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            session.runs().claim(RunWorker.job(seen));
            Run run = access.run(session, id, "resume this run");
            if (notResumable(session, run).isPresent()) {
                throw takenMeanwhile(run);
            }
            session.runs().ask(id, Ask.GO_ON);
            ApprovedPlan.takeUp(session, run);
            session.runs().save(run.in(RunState.QUEUED, parts.time().instant(), Optional.empty()));
            return new StartAnswer.Queued(id);
        });
        if (answer instanceof StartAnswer.Queued) {
            parts.runner().submit(id);
        }
        return answer;
    }

    private Optional<StartAnswer> notResumable(Session session, Run run) {
        Optional<StartAnswer> disabled =
                session.settings().find(run.integration()).flatMap(stored -> Disabled.refusal(stored.integration()));
        if (disabled.isPresent()) {
            return disabled;
        }
        if (run.state() != RunState.PAUSED && run.state() != RunState.FAILED) {
            return Optional.of(
                    run.state().active()
                            ? alreadyActive(run)
                            : new StartAnswer.Unavailable(
                                    run.kind() == RunKind.APPLY
                                            ? "The run is over; approve its plan again if that waits"
                                            : "The run is over; start a new one"));
        }
        Optional<StartAnswer> planless =
                ApprovedPlan.refusal(session, run, parts.time().instant());
        if (planless.isPresent()) {
            return planless;
        }
        return session.runs()
                .active(run.integration())
                .filter(active -> !active.id().equals(run.id()))
                .map(StoredSyncControl::alreadyActive);
    }

    @Override
    public Slice<Run> list(IntegrationId integration, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST_RUNS);
        return parts.storage().inTransaction(session -> {
            Slice<Run> runs = new Cursors("the runs of '" + integration + "'")
                    .slice(cursor, from -> session.runs().list(integration, from, limit));
            if (runs.items().isEmpty() || session.settings().find(integration).isPresent()) {
                access.integration(session, integration, LIST);
            } else {
                // Those of one that was removed stay.
                access.organization(runs.items().get(0).organization(), LIST);
            }
            return runs;
        });
    }

    @Override
    public Optional<LastSync> lastSync(IntegrationId integration) {
        return parts.storage().inTransaction(session -> {
            access.integration(session, integration, "see the last sync of this");
            return session.runs()
                    .position(integration)
                    .syncAt()
                    .map(at -> new LastSync(at, session.links().count(integration)));
        });
    }

    @Override
    public Slice<Absence> absences(RunId id, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST_ABSENCES);
        return parts.storage().inTransaction(session -> {
            Run run = access.run(session, id, "list the absences of this run");
            boolean proven = run.kind() == RunKind.FULL
                    && (run.state() == RunState.COMPLETED || run.state() == RunState.HELD)
                    && run.checkpoint().provable();
            return new Cursors("the absences of the run '" + id + "'")
                    .slice(
                            cursor,
                            from -> proven
                                    ? session.absences().list(run.integration(), id, from, limit)
                                    : new Slice<>(List.of(), Optional.empty()));
        });
    }
}

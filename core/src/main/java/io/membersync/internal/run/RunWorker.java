package io.membersync.internal.run;

import io.membersync.conflict.RuleVersion;
import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.event.SyncEvent;
import io.membersync.fault.Fault;
import io.membersync.fault.LostLeaseException;
import io.membersync.fault.MemberSyncException;
import io.membersync.fault.RegistryException;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.http.Urgency;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.internal.watch.Meters;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.Run.Checkpoint;
import io.membersync.run.RunFailure;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.Trigger;
import io.membersync.run.Waiting;
import io.membersync.setup.Integration;
import io.membersync.storage.Fence;
import io.membersync.storage.RunStore.Ask;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import io.membersync.storage.SyncPosition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes a run, carries it out and stores how it ended. Whatever goes wrong is stored with the run; nothing is thrown.
 * Safe for many threads.
 */
public final class RunWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    /** Opens the way to an integration's registry. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens a connector.
         *
         * @param stored the integration as it was just read
         * @param urgency who waits for what it reads
         * @return the connector, to be closed by the caller
         */
        Connector open(StoredIntegration stored, Urgency urgency);
    }

    /**
     * What all runs of an engine share.
     *
     * @param storage where everything is kept
     * @param opener the way to the registries
     * @param live the runs of this process
     * @param time the engine's time
     * @param waiting the engine's waiting
     * @param readers where pages are read ahead
     * @param limits when a batch is committed
     * @param recovery starts the full sync that an expired place in the feed asks for
     * @param pump who is told
     * @param sealer seals what is staged
     * @param erasures knows erased persons again
     */
    public record Shared(
            Storage storage,
            Opener opener,
            LiveRuns live,
            InstantSource time,
            Waiting waiting,
            ExecutorService readers,
            BatchLimits limits,
            Function<IntegrationId, StartAnswer> recovery,
            ListenerPump pump,
            SecretSealer sealer,
            ErasureKey erasures) {}

    private record Taken(
            Fence fence,
            Run run,
            StoredIntegration stored,
            Basis basis,
            SyncPosition position,
            QuarantineWatch quarantine,
            Map<String, String> pausedBefore) {
        Integration integration() {
            return basis.integration();
        }
    }

    private record Take(Optional<Taken> taken, Optional<StoppedRun> stopped) {

        static final Take NOTHING = new Take(Optional.empty(), Optional.empty());

        static Take of(Taken taken) {
            return new Take(Optional.of(taken), Optional.empty());
        }

        static Take stopped(StoppedRun run) {
            return new Take(Optional.empty(), Optional.of(run));
        }
    }

    private static final RunFailure VANISHED = new RunFailure(
            Optional.empty(),
            "The integration of this run is no longer there",
            "Nothing needs to be done; what was committed stays.");

    private static final RunFailure DISABLED = new RunFailure(
            Optional.empty(),
            "The integration of this run is disabled",
            "Enable the integration to have it synchronized again; what was committed stays.");

    private final Shared shared;
    private final StorageRetry retry;
    private final Set<RunId> orphans = ConcurrentHashMap.newKeySet();

    /**
     * Makes a worker.
     *
     * @param shared what all runs of the engine share
     */
    public RunWorker(Shared shared) {
        this.shared = shared;
        this.retry = new StorageRetry(shared.waiting());
    }

    /**
     * The lease that guards an integration's runs.
     *
     * @param run one of its runs
     * @return the job's name
     */
    public static String job(Run run) {
        return job(run.integration());
    }

    /**
     * Names the lease that an integration's runs work under.
     *
     * @param integration the integration
     * @return the job's name
     */
    public static String job(IntegrationId integration) {
        return "sync:" + integration;
    }

    /**
     * Lets a run be carried out that a process left behind while it worked on it.
     *
     * @param id the run
     */
    public void adopt(RunId id) {
        orphans.add(id);
    }

    /**
     * Carries a run out to its end. Does nothing when the run is not there or over.
     *
     * @param id the run
     */
    public void carryOut(RunId id) {
        MDC.put("run", id.value());
        try {
            Take take = retry.call(() -> take(id));
            take.stopped().ifPresent(run -> run.tell(shared.pump()));
            if (take.taken().isPresent()) {
                Taken taken = take.taken().get();
                MDC.put("integration", taken.run().integration().value());
                work(taken);
            }
        } catch (LostLeaseException lost) {
            LOG.info("Another worker has taken the run over: {}", lost.getMessage());
        } catch (InterruptedException stopped) {
            // The run stays as it is stored and is taken up at the next start.
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            // Not even the failure could be stored; the run stays as it is and is taken up at the next start.
            LOG.error("The run could not be taken or its end could not be stored", failed);
        } finally {
            orphans.remove(id);
            MDC.remove("run");
            MDC.remove("integration");
        }
    }

    private Take take(RunId id) {
        Instant now = now();
        return shared.storage().inTransaction(session -> {
            Optional<Run> found = session.runs().find(id).filter(this::mine);
            if (found.isEmpty()) {
                return Take.NOTHING;
            }
            Fence fence = session.runs().claim(job(found.get()));
            // Read again behind the claim: whoever worked on it before can write no more, and how far it came stands.
            Run stored = session.runs().find(id).orElseThrow();
            if (!mine(stored)) {
                // Stopped, or taken by another, between the two reads. Rolled back, so that the claim takes nobody's
                // lease who works on another run of the integration; the second look finds nothing to do.
                throw new StaleVersionException("The run '" + id + "'");
            }
            Ask asked = session.runs().asked(id);
            if (asked != Ask.GO_ON) {
                // Asked of a worker that died before it could look.
                RunState wished = asked == Ask.CANCEL ? RunState.CANCELLED : RunState.PAUSED;
                return Take.stopped(StoppedRun.store(session, stored, wished, now, Optional.empty()));
            }
            Optional<StoredIntegration> settings = session.settings().find(stored.integration());
            if (settings.isEmpty()) {
                return Take.stopped(StoppedRun.store(session, stored, RunState.FAILED, now, Optional.of(VANISHED)));
            }
            if (!settings.get().integration().timetable().enabled()) {
                return Take.stopped(StoppedRun.store(session, stored, RunState.CANCELLED, now, Optional.of(DISABLED)));
            }
            Basis basis = Basis.of(session, settings.get(), stored, rules(session, stored), now);
            takeEffect(session, basis, now);
            if (basis.anew() && stored.checkpoint().equals(Checkpoint.START)) {
                // Whom the rules on trial may decide otherwise; runs under the rules before may have looked since.
                session.edits().markApart(stored.integration());
            }
            Run run = stored.reading(basis.kind())
                    .taken(now, basis.rules().number())
                    .goingBy(basis.version(session));
            session.runs().save(run);
            if (run.kind() == RunKind.FULL || run.kind() == RunKind.DELTA) {
                session.inbox().take(run.integration(), run.id());
            }
            return Take.of(new Taken(
                    fence,
                    run,
                    settings.get(),
                    basis,
                    session.runs().position(run.integration()),
                    new QuarantineWatch(session, run.integration()),
                    RunParts.pausedBefore(session, run.integration(), run.id())));
        });
    }

    /** A run keeps to the rules that were in force when it was first taken. */
    private static RuleVersion rules(Session session, Run run) {
        OrganizationId organization = run.organization();
        return run.rules().isEmpty()
                ? session.rules().inForce(organization)
                : session.rules()
                        .find(organization, run.rules().get())
                        .orElseGet(() -> RuleVersion.platformDefaults(organization));
    }

    /** Rules that are on trial take effect when they are let through. */
    private static void takeEffect(Session session, Basis basis, Instant now) {
        RuleVersion rules = basis.rules();
        if (!basis.trial() && rules.number() > 0 && rules.effectiveAt().isEmpty()) {
            session.rules().tookEffect(rules.organization(), rules.number(), now);
        }
    }

    /** Waiting, or left behind by a worker that is no longer there. */
    private boolean mine(Run run) {
        return (run.state() == RunState.QUEUED && !run.isParked(now()))
                || (run.state() == RunState.RUNNING && orphans.contains(run.id()));
    }

    private void work(Taken taken) throws InterruptedException {
        LiveRun live = new LiveRun(taken.run(), now());
        shared.live().add(live);
        shared.pump().happened(new SyncEvent.Started(taken.run()));
        LOG.info("Run started: {} {}", taken.run().kind(), taken.run().trigger());
        try {
            RunState state = carryOut(taken, live);
            if (state != RunState.COMPLETED && state != RunState.HELD) {
                end(taken, live, state, Optional.empty());
            }
        } catch (LostLeaseException lost) {
            throw lost;
        } catch (InterruptedException | CancellationException stopped) {
            Thread.interrupted();
            end(taken, live, RunState.QUEUED, Optional.empty());
            Thread.currentThread().interrupt();
        } catch (RegistryException failed) {
            Optional<Instant> until = Parking.until(live.run(), failed, now());
            String how = until.map(at -> "Run laid aside until " + at).orElse("Run ended early");
            LOG.warn("{}: {} {}", how, failed.fault(), failed.getMessage());
            if (until.isPresent()) {
                park(taken, live, until.get(), failure(live.run(), failed));
            } else {
                end(taken, live, RunState.FAILED, Optional.of(failure(live.run(), failed)));
            }
        } catch (MemberSyncException failed) {
            LOG.error("Run ended early: {}", failed.getMessage());
            end(taken, live, RunState.FAILED, Optional.of(failure(failed)));
        } catch (RuntimeException | Error bug) {
            LOG.error("Run ended by an unexpected failure", bug);
            end(taken, live, RunState.FAILED, Optional.of(failure(bug)));
        } finally {
            shared.live().remove(live);
        }
        Run run = live.run();
        shared.pump().happened(new SyncEvent.Ended(run));
        shared.pump().measured(Meters.of(run));
        LOG.info("Run ended: {} {} {}", run.kind(), run.state(), run.counts());
        if (feedExpired(run)) {
            StartAnswer answer = shared.recovery().apply(run.integration());
            LOG.warn("The place in the change feed had expired; a full sync is to find what was missed: {}", answer);
        }
    }

    private RunState carryOut(Taken taken, LiveRun live) throws InterruptedException {
        Urgency urgency = taken.run().trigger() == Trigger.MANUAL ? Urgency.PERSON_WAITS : Urgency.BACKGROUND;
        try (Connector connector = shared.opener().open(taken.stored(), urgency)) {
            RunParts parts = new RunParts(
                    shared.storage(),
                    taken.fence(),
                    taken.integration(),
                    taken.basis().inForce(),
                    taken.basis().rules().rules(),
                    taken.basis().trial(),
                    taken.stored().inForce().isEmpty(),
                    taken.position(),
                    taken.quarantine(),
                    taken.pausedBefore(),
                    connector,
                    shared.time(),
                    shared.waiting(),
                    shared.readers(),
                    shared.limits(),
                    shared.pump(),
                    shared.erasures());
            StagingArea area = new StagingArea(parts, live.run(), shared.sealer());
            BatchWriter writer = new BatchWriter(parts, live, area);
            return new SyncRun(parts, live, writer).carryOut(new StagedRelease(parts, live, writer, area));
        }
    }

    private void end(Taken taken, LiveRun live, RunState state, Optional<RunFailure> failure)
            throws InterruptedException {
        Instant now = now();
        StoppedRun ended = retry.call(() -> shared.storage().inTransaction(taken.fence(), session -> {
            // What is stored counts: the answer to the last commit may have been lost, even to that of the run's end.
            Run stored = session.runs().find(live.run().id()).orElse(live.run());
            if (stored.state().over()) {
                return new StoppedRun(stored, List.of());
            }
            Run over = live.run().at(stored.checkpoint(), stored.counts());
            RunState last = state == RunState.PAUSED ? lastWord(session, over) : state;
            StoppedRun stopped =
                    StoppedRun.store(session, over, last, now, failure.map(why -> ApprovedPlan.advised(over, why)));
            if (feedExpired(stopped.run())) {
                SyncPosition before = session.runs().position(stored.integration());
                session.runs().savePosition(stored.integration(), before.withoutFeed());
            }
            return stopped;
        }));
        live.stored(ended.run());
        shared.pump().recorded(ended.audit());
    }

    private void park(Taken taken, LiveRun live, Instant until, RunFailure why) throws InterruptedException {
        StoppedRun laidAside = retry.call(() -> shared.storage().inTransaction(taken.fence(), session -> {
            Run stored = session.runs().find(live.run().id()).orElse(live.run());
            Run parked = live.run().at(stored.checkpoint(), stored.counts()).parked(until, why);
            // Behind this write, nothing can be asked of a running run any more.
            session.runs().save(parked);
            return switch (session.runs().asked(parked.id())) {
                case GO_ON -> new StoppedRun(parked, List.of());
                case PAUSE -> StoppedRun.store(session, parked, RunState.PAUSED, now(), Optional.empty());
                case CANCEL -> StoppedRun.store(session, parked, RunState.CANCELLED, now(), Optional.empty());
            };
        }));
        live.stored(laidAside.run());
        shared.pump().recorded(laidAside.audit());
    }

    private Instant now() {
        return shared.time().instant();
    }

    /** A run that is about to be paused may be cancelled at the same moment. */
    private static RunState lastWord(Session session, Run run) {
        // Whoever asks writes to the same row: behind this write, nothing can be asked of a running run any more.
        session.runs().save(run);
        return session.runs().asked(run.id()) == Ask.CANCEL ? RunState.CANCELLED : RunState.PAUSED;
    }

    /** The place in the feed is worth nothing any more: the next full sync is to find a new one. */
    private static boolean feedExpired(Run ended) {
        return ended.kind() == RunKind.DELTA
                && ended.checkpoint().cursor().equals(Cursor.START)
                && ended.failure()
                        .flatMap(RunFailure::fault)
                        .filter(Fault.CURSOR_EXPIRED::equals)
                        .isPresent();
    }

    private static RunFailure failure(Run run, RegistryException failed) {
        String message = String.valueOf(failed.getMessage());
        return new RunFailure(Optional.of(failed.fault()), message, StuckFeed.advice(run, failed));
    }

    private static RunFailure failure(MemberSyncException failed) {
        return new RunFailure(
                Optional.empty(),
                String.valueOf(failed.getMessage()),
                "The sync's own storage or configuration is at fault; what was committed stays. Mend it and resume the"
                        + " run.");
    }

    private static RunFailure failure(Throwable bug) {
        // The class alone: an unexpected failure's message may hold anything.
        return new RunFailure(
                Optional.empty(),
                "Unexpected failure: " + bug.getClass().getName(),
                "This is a fault of the library or of an extension; the log has the details. What was committed"
                        + " stays.");
    }
}

package io.membersync;

import io.membersync.connector.WebhookAnswer;
import io.membersync.connector.WebhookRequest;
import io.membersync.enrichment.LoginContext;
import io.membersync.enrichment.LoginProvider;
import io.membersync.fault.StorageException;
import io.membersync.http.HttpGateway;
import io.membersync.internal.admin.KeyRotation;
import io.membersync.internal.admin.Services;
import io.membersync.internal.audit.AuditSealer;
import io.membersync.internal.calendar.Calendar;
import io.membersync.internal.deliver.OutboxWorker;
import io.membersync.internal.enrich.BaselineCounter;
import io.membersync.internal.enrich.EnrichmentWorker;
import io.membersync.internal.http.Gateways;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.receive.InboxWorker;
import io.membersync.internal.receive.WebhookIntake;
import io.membersync.internal.run.LiveRuns;
import io.membersync.internal.run.RunWorker;
import io.membersync.internal.watch.AlertKeeper;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.run.JobRunner;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.storage.Storage;
import jakarta.validation.ValidatorFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the members of a host application and of its organizations' registries consistent. Build it with
 * {@link #builder(Storage)}, {@link #start()} it, use it through {@link #as(Caller)}, and {@link #close()} it: a run in
 * progress then stops at a checkpoint and goes on at the next start, here or elsewhere. Holds no static state; several
 * engines live side by side in one JVM. Safe for many threads.
 */
public final class MemberSyncEngine implements AutoCloseable {

    private static final Duration LOOKING_FOR_RUNS = Duration.ofSeconds(2);
    private static final Duration LONG_WAIT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(MemberSyncEngine.class);

    private enum State {
        BUILT,
        STARTED,
        CLOSED
    }

    /** What the engine owns, beside its services. */
    record Parts(
            Storage storage,
            Services services,
            RunWorker worker,
            JobRunner runner,
            LiveRuns live,
            WebhookIntake intake,
            InboxWorker inbox,
            OutboxWorker outbox,
            Calendar calendar,
            AlertKeeper alerts,
            Enriching enriching,
            AuditSealer sealer,
            KeyRotation rotation,
            ListenerPump pump,
            Gateways gateways,
            InstantSource time,
            List<ExecutorService> executors,
            ValidatorFactory validation) {}

    /** What works on enrichments. */
    record Enriching(
            EnrichmentWorker worker, BaselineCounter counter, Function<URI, HttpGateway> gateway, boolean testMode) {}

    private final Parts parts;
    private final AtomicReference<State> state = new AtomicReference<>(State.BUILT);

    MemberSyncEngine(Parts parts) {
        this.parts = parts;
    }

    /**
     * Begins to build an engine.
     *
     * @param storage where the library keeps its state and where the host's members are
     * @return a builder
     */
    public static MemberSyncBuilder builder(Storage storage) {
        return new MemberSyncBuilder(storage);
    }

    /**
     * Starts working: takes up the runs that a dead or closed process left behind, and those that are queued from now
     * on.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public void start() {
        if (!state.compareAndSet(State.BUILT, State.STARTED)) {
            throw new IllegalStateException("The engine was already " + state.get());
        }
        parts.runner().start(parts.worker()::carryOut);
        unfinished().forEach(run -> {
            parts.worker().adopt(run.id());
            parts.runner().submit(run.id());
        });
        parts.runner().repeat(LOOKING_FOR_RUNS, this::submitQueued);
        parts.runner().repeat(InboxWorker.INTERVAL, parts.inbox()::look);
        parts.runner().repeat(OutboxWorker.INTERVAL, parts.outbox()::look);
        parts.runner().repeat(Calendar.INTERVAL, parts.calendar()::look);
        parts.runner().repeat(AlertKeeper.INTERVAL, parts.alerts()::look);
        parts.runner().repeat(EnrichmentWorker.INTERVAL, parts.enriching().worker()::look);
        parts.runner().repeat(BaselineCounter.INTERVAL, parts.enriching().counter()::look);
        parts.runner().repeat(AuditSealer.INTERVAL, parts.sealer()::look);
        parts.runner().repeat(KeyRotation.INTERVAL, parts.rotation()::look);
    }

    /** Runs may be queued by another node, or in a transaction of the host's that ended after they were handed out. */
    private void submitQueued() {
        try {
            Instant now = parts.time().instant();
            List<Run> queued = unfinished().stream()
                    .filter(run -> run.state() == RunState.QUEUED && !run.isParked(now))
                    .toList();
            queued.stream().map(Run::id).forEach(parts.runner()::submit);
            // Who waits for longer than a free worker takes to come.
            Instant before = now.minus(LONG_WAIT);
            parts.live()
                    .giveWay(
                            queued.stream()
                                    .filter(run -> run.queuedAt().isBefore(before))
                                    .count(),
                            now);
        } catch (StorageException failed) {
            LOG.warn("Queued runs could not be looked for; the next look tries again: {}", failed.getMessage());
        }
    }

    private List<Run> unfinished() {
        return parts.storage().inTransaction(session -> session.runs().unfinished());
    }

    /**
     * Takes a webhook in that came to the host's address for an integration: verifies it, stores that it came, and
     * leaves the rest to a delta run that follows within seconds. Asks nobody, and never throws for what a stranger
     * sends. Works before {@link #start()} too.
     *
     * @param integration the integration whose address it came to
     * @param request headers and bytes as they came; the host refuses bodies above 256 KiB before it reads them
     * @return what to answer
     */
    public WebhookAnswer receive(IntegrationId integration, WebhookRequest request) {
        return parts.intake().receive(integration, request);
    }

    /**
     * Lets a login provider work with this engine, from now on and until it is closed. One of the same name is replaced.
     *
     * @param <P> the provider's type
     * @param endpoint the provider's base URL; its gateway keeps to that origin
     * @param provider makes the provider of what the engine lends it
     * @return the provider
     * @throws io.membersync.fault.RegistryException with {@code ENDPOINT} when the base URL is none
     */
    public <P extends LoginProvider> P attach(URI endpoint, Function<LoginContext, P> provider) {
        Enriching enriching = parts.enriching();
        LoginContext context = new LoginContext(
                enriching.gateway().apply(endpoint),
                parts.time(),
                enriching.testMode(),
                parts.services().desk(this::wakeEnriching));
        P attached = provider.apply(context);
        enriching.worker().attach(attached);
        return attached;
    }

    private void wakeEnriching(Set<IntegrationId> integrations) {
        if (state.get() == State.STARTED) {
            parts.enriching().worker().wake(integrations, parts.runner()::soon);
        }
    }

    /**
     * Gives the services as one caller may use them. Works before {@link #start()} too; runs then wait.
     *
     * @param caller who asks
     * @return the services
     */
    public MemberSync as(Caller caller) {
        return new MemberSync(parts.services(), caller);
    }

    /**
     * Stops: takes no more work, lets each run commit the batch in hand, tells listeners what is left to tell, and lets
     * go of threads and connections. The host's storage stays open. Idempotent.
     */
    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        parts.live().releaseAll();
        parts.runner().close();
        parts.executors().forEach(ExecutorService::shutdownNow);
        parts.pump().close();
        parts.gateways().close();
        parts.validation().close();
    }
}

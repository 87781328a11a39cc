package io.membersync.internal.enrich;

import io.membersync.connector.Connector;
import io.membersync.connector.NationalIdWriter;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.enrichment.LoginProvider;
import io.membersync.fault.MemberSyncException;
import io.membersync.fault.RegistryException;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.IntegrationId;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives registries the numbers that logins brought. Every attempt is noted before it is made, so that a killed process
 * loses nothing; a registry that cannot be reached is left alone for a while. Safe for many threads.
 */
public final class EnrichmentWorker {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(EnrichmentWorker.class);

    private static final int AT_ONCE = 100;
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(5);

    private final Storage storage;
    private final Function<StoredIntegration, Connector> opener;
    private final InstantSource time;
    private final TaskNotes notes;
    private final Vault vault;
    private final Map<String, LoginProvider> providers = new ConcurrentHashMap<>();
    private final Executor threads;
    private final Set<IntegrationId> inHand = ConcurrentHashMap.newKeySet();
    private final Set<IntegrationId> missed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Map<IntegrationId, Instant> pausedUntil = new ConcurrentHashMap<>();
    private final Map<IntegrationId, Failures> failures = new ConcurrentHashMap<>();

    /**
     * Makes a worker.
     *
     * @param storage where the tasks are
     * @param opener opens the way to an integration's registry
     * @param sealer opens what is sealed
     * @param time the engine's time
     * @param pump who is told
     * @param threads where each integration's are carried out, so that a slow registry keeps no other waiting
     */
    public EnrichmentWorker(
            Storage storage,
            Function<StoredIntegration, Connector> opener,
            SecretSealer sealer,
            InstantSource time,
            ListenerPump pump,
            Executor threads) {
        this.threads = threads;
        this.storage = storage;
        this.opener = opener;
        this.time = time;
        this.vault = new Vault(sealer);
        this.notes = new TaskNotes(storage, pump, time, new NumberHashes(sealer), vault);
    }

    /**
     * Attaches a provider, which is asked from now on.
     *
     * @param provider the provider; one of the same name is replaced
     */
    public void attach(LoginProvider provider) {
        providers.put(provider.name(), provider);
    }

    /**
     * Looks soon, unless all these integrations are being left alone for a while. However many logins come at once, one
     * look is enough for all that were stored before it.
     *
     * @param integrations where something waits now
     * @param runner what carries it out
     */
    public void wake(Set<IntegrationId> integrations, Consumer<Runnable> runner) {
        Instant now = time.instant();
        if (integrations.stream().allMatch(id -> paused(id, now))) {
            return;
        }
        if (woken.compareAndSet(false, true)) {
            runner.accept(() -> {
                woken.set(false);
                look();
            });
        }
    }

    /** Looks once. Failures are logged: the next look tries again. */
    public void look() {
        providers.values().forEach(EnrichmentWorker::makeReady);
        Instant now = time.instant();
        try {
            Set<IntegrationId> waiting =
                    storage.inTransaction(session -> session.enrichments().waiting(now));
            waiting.stream().filter(id -> !paused(id, now)).forEach(this::begin);
        } catch (RuntimeException failed) {
            LOG.warn("Enrichments could not be looked at: {}", shown(failed));
        }
    }

    private static void makeReady(LoginProvider provider) {
        try {
            provider.keepReady();
        } catch (RuntimeException unasked) {
            LOG.warn("The login provider '{}' could not be asked: {}", provider.name(), shown(unasked));
        }
    }

    // Only the library's own failures are known to quote nothing.
    private static String shown(RuntimeException failed) {
        return failed instanceof MemberSyncException
                ? String.valueOf(failed.getMessage())
                : failed.getClass().getName();
    }

    private void begin(IntegrationId id) {
        if (!inHand.add(id)) {
            missed.add(id);
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    carryOut(id);
                } finally {
                    inHand.remove(id);
                }
                // What came while it was in hand.
                if (missed.remove(id)) {
                    look();
                }
            });
        } catch (RejectedExecutionException closing) {
            inHand.remove(id);
        }
    }

    private boolean paused(IntegrationId integration, Instant now) {
        return now.isBefore(pausedUntil.getOrDefault(integration, Instant.MIN));
    }

    private void carryOut(IntegrationId id) {
        try {
            storage.inTransaction(session -> session.settings().find(id))
                    .filter(stored -> stored.integration().timetable().enabled())
                    .ifPresentOrElse(stored -> carryOut(id, stored), () -> leaveAlone(id));
        } catch (RuntimeException failed) {
            LOG.warn("Enrichment of {} could not be carried out: {}", id, shown(failed));
        }
    }

    private void carryOut(IntegrationId id, StoredIntegration stored) {
        try (Connector connector = opener.apply(stored)) {
            Optional<NationalIdWriter> writer = connector.nationalIds();
            if (writer.isEmpty()) {
                LOG.warn("Enrichment of {} waits: its connector takes no personnummer", id);
                leaveAlone(id);
                return;
            }
            carryOut(
                    id,
                    new TaskDelivery(
                            failures.computeIfAbsent(id, unknown -> new Failures()),
                            writer.get(),
                            providers,
                            notes,
                            vault,
                            time));
        } catch (RegistryException unopened) {
            LOG.warn("Enrichment of {} waits: {}", id, unopened.getMessage());
            leaveAlone(id);
        }
    }

    private void carryOut(IntegrationId id, TaskDelivery delivery) {
        for (EnrichmentTask login : due(id, EnrichmentState.UNVERIFIED)) {
            carefully(login, open -> {
                delivery.verify(open);
                return Optional.empty();
            });
        }
        for (EnrichmentTask task : due(id, EnrichmentState.PENDING)) {
            Optional<Duration> pause = carefully(task, delivery::write);
            if (pause.isPresent()) {
                pause(id, pause.get());
                return;
            }
        }
    }

    private List<EnrichmentTask> due(IntegrationId id, EnrichmentState state) {
        Instant now = time.instant();
        return storage.inTransaction(session -> session.enrichments().due(id, state, now, AT_ONCE));
    }

    /** Nothing can be written now; but no login is kept beyond its time for that. */
    private void leaveAlone(IntegrationId id) {
        pause(id, UNTIL_CONFIGURED);
        Instant now = time.instant();
        due(id, EnrichmentState.UNVERIFIED).stream()
                .filter(login -> TaskDelivery.late(login, now))
                .forEach(login -> carefully(login, late -> {
                    notes.refused(late, Optional.empty(), TaskDelivery.TOO_LATE);
                    return Optional.empty();
                }));
    }

    private static Optional<Duration> carefully(
            EnrichmentTask task, Function<EnrichmentTask, Optional<Duration>> work) {
        try {
            return work.apply(task);
        } catch (StaleVersionException another) {
            LOG.debug("Another login or worker has taken an enrichment of {}", task.integration());
        } catch (RuntimeException failed) {
            // It was noted as tried before, so it comes again after a while, and the others' turn now.
            LOG.warn("An enrichment of {} could not be carried out: {}", task.integration(), shown(failed));
        }
        return Optional.empty();
    }

    private void pause(IntegrationId id, Duration length) {
        pausedUntil.put(id, time.instant().plus(length));
    }
}

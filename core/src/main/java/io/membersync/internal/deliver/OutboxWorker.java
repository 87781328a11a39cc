package io.membersync.internal.deliver;

import io.membersync.connector.Connector;
import io.membersync.connector.RecordWriter;
import io.membersync.fault.RegistryException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.outbox.OutboxEntry;
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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 12: delivers what is due, one member at a time. Every attempt is noted before it is made, which also keeps other
 * nodes from making it; a registry that cannot be reached is left alone for a while. Safe for many threads.
 */
public final class OutboxWorker {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

    private static final int AT_ONCE = 100;
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final Duration FORGETTING = Duration.ofHours(1);
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(5);

    private final Storage storage;
    private final Function<StoredIntegration, Connector> opener;
    private final InstantSource time;
    private final ListenerPump pump;
    private final Map<IntegrationId, Instant> pausedUntil = new ConcurrentHashMap<>();
    private volatile Instant nextForgetting = Instant.MIN;

    /**
     * Makes a worker.
     *
     * @param storage where the outbox is
     * @param opener opens the way to an integration's registry
     * @param time the engine's time
     * @param pump who is told
     */
    public OutboxWorker(
            Storage storage, Function<StoredIntegration, Connector> opener, InstantSource time, ListenerPump pump) {
        this.storage = storage;
        this.opener = opener;
        this.time = time;
        this.pump = pump;
    }

    /** Looks once. Failures are logged: the next look tries again. */
    public void look() {
        Instant now = time.instant();
        try {
            Set<IntegrationId> waiting =
                    storage.inTransaction(session -> session.outbox().waiting(now));
            waiting.stream().filter(id -> !paused(id, now)).forEach(this::deliver);
            forget(now);
        } catch (RuntimeException failed) {
            LOG.warn("What goes out could not be looked at", failed);
        }
    }

    private boolean paused(IntegrationId integration, Instant now) {
        return now.isBefore(pausedUntil.getOrDefault(integration, Instant.MIN));
    }

    private void deliver(IntegrationId id) {
        Optional<StoredIntegration> stored =
                storage.inTransaction(session -> session.settings().find(id));
        if (stored.filter(found -> found.integration().timetable().enabled()).isEmpty()) {
            pause(id, UNTIL_CONFIGURED);
            return;
        }
        try (Connector connector = opener.apply(stored.get())) {
            Optional<RecordWriter> writer = connector.writer();
            if (writer.isEmpty()) {
                LOG.warn("What goes out to {} waits: its connector cannot write", id);
                pause(id, UNTIL_CONFIGURED);
                return;
            }
            MemberDelivery delivery =
                    new MemberDelivery(storage, stored.get().asInForce(), connector, writer.get(), time, pump);
            for (ExternalId member : due(id)) {
                Optional<Duration> pause = delivery.deliver(member);
                if (pause.isPresent()) {
                    pause(id, pause.get());
                    return;
                }
            }
        } catch (RegistryException unopened) {
            LOG.warn("What goes out to {} waits: {}", id, unopened.getMessage());
            pause(id, UNTIL_CONFIGURED);
        } catch (RuntimeException failed) {
            // The next integration's turn comes all the same.
            LOG.warn("What goes out to {} could not be delivered", id, failed);
        }
    }

    private List<ExternalId> due(IntegrationId id) {
        Instant now = time.instant();
        return storage.inTransaction(session -> session.outbox().due(id, now, AT_ONCE)).stream()
                .map(OutboxEntry::externalId)
                .distinct()
                .toList();
    }

    private void pause(IntegrationId id, Duration length) {
        pausedUntil.put(id, time.instant().plus(length));
    }

    private void forget(Instant now) {
        if (!now.isBefore(nextForgetting)) {
            nextForgetting = now.plus(FORGETTING);
            storage.inTransaction(session -> session.outbox().forget(now.minus(REMEMBERED)));
        }
    }
}

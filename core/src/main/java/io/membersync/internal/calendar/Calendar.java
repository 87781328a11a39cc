package io.membersync.internal.calendar;

import io.membersync.model.IntegrationId;
import io.membersync.run.RunKind;
import io.membersync.run.StartAnswer;
import io.membersync.setup.Integration;
import io.membersync.storage.Overview;
import io.membersync.storage.Storage;
import io.membersync.storage.StoredIntegration;
import io.membersync.storage.SyncPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the syncs that are due, the one first that is due longest. What was missed while nobody looked is started once.
 * Safe for many threads, and on many nodes: the storage admits one run of an integration at a time.
 */
public final class Calendar {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(Calendar.class);
    private static final Duration UNTIL_STARTABLE = Duration.ofMinutes(5);

    /** Starts a run. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Starts a run because it is due.
         *
         * @param integration the integration
         * @param kind full or delta; a full sync takes the place of a delta that cannot be
         * @return what became of it
         */
        StartAnswer start(IntegrationId integration, RunKind kind);
    }

    private record Start(IntegrationId integration, Due due) {}

    private final Storage storage;
    private final Starter starter;
    private final InstantSource time;
    private final Map<IntegrationId, Instant> pausedUntil = new ConcurrentHashMap<>();

    /**
     * Makes a calendar.
     *
     * @param storage where everything is kept
     * @param starter starts runs
     * @param time the engine's time
     */
    public Calendar(Storage storage, Starter starter, InstantSource time) {
        this.storage = storage;
        this.starter = starter;
        this.time = time;
    }

    /** Looks once. Failures are logged: the next look tries again. */
    public void look() {
        try {
            Instant now = time.instant();
            due(now).forEach(start -> start(start, now));
        } catch (RuntimeException failed) {
            LOG.warn("It could not be seen which syncs are due; the next look tries again", failed);
        }
    }

    private List<Start> due(Instant now) {
        return storage.inTransaction(session -> {
            List<Integration> scheduled = session.settings().list().stream()
                    .map(StoredIntegration::integration)
                    .filter(Calendar::isScheduled)
                    .filter(found -> !now.isBefore(pausedUntil.getOrDefault(found.id(), Instant.MIN)))
                    .toList();
            if (scheduled.isEmpty()) {
                return List.of();
            }
            Map<IntegrationId, Overview> overviews = session.overviews()
                    .of(scheduled.stream().map(Integration::id).toList());
            return scheduled.stream()
                    .flatMap(found -> Optional.ofNullable(overviews.get(found.id()))
                            .flatMap(overview -> due(found, overview, now))
                            .map(due -> new Start(found.id(), due))
                            .stream())
                    .sorted(Comparator.comparing(start -> start.due().at()))
                    .toList();
        });
    }

    private static boolean isScheduled(Integration integration) {
        return !Due.of(integration, SyncPosition.NONE).isEmpty();
    }

    private static Optional<Due> due(Integration integration, Overview overview, Instant now) {
        return overview.active().isPresent()
                ? Optional.empty()
                : Due.of(integration, overview.position()).stream()
                        .filter(due -> !now.isBefore(due.next()))
                        .findFirst();
    }

    private void start(Start start, Instant now) {
        IntegrationId id = start.integration();
        try {
            if (starter.start(id, start.due().kind()) instanceof StartAnswer.Unavailable unavailable) {
                pausedUntil.put(id, now.plus(UNTIL_STARTABLE));
                LOG.warn(
                        "The sync of {} that was due at {} waits: {}",
                        id,
                        start.due().at(),
                        unavailable.reason());
            }
        } catch (RuntimeException failed) {
            // The next integration's turn comes all the same.
            pausedUntil.put(id, now.plus(UNTIL_STARTABLE));
            LOG.warn(
                    "The sync of {} that was due at {} could not be started",
                    id,
                    start.due().at(),
                    failed);
        }
    }
}

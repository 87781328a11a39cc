package io.membersync.internal.receive;

import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.Trigger;
import io.membersync.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one delta run for all webhooks of an integration that have come meanwhile, and not more often than they bear:
 * whoever sends many has no more than one read now and then. They wait until such a run, or a full one, has come to its
 * end, so that none is lost when one fails. Safe for many threads.
 */
public final class InboxWorker {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
    // A change in the registry is seldom alone: what follows it at once is read along with it.
    private static final Duration GATHERING = Duration.ofSeconds(2);
    // The first is read at once; of a stream of them, or of one that somebody keeps repeating, a read takes this much.
    private static final Duration SPACING = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofDays(2);
    private static final Duration FORGETTING = Duration.ofHours(1);

    private final Storage storage;
    private final Function<IntegrationId, StartAnswer> delta;
    private final InstantSource time;
    private final Map<IntegrationId, Instant> pausedUntil = new ConcurrentHashMap<>();
    private volatile Instant nextForgetting = Instant.MIN;

    /**
     * Makes a worker.
     *
     * @param storage where deliveries are kept
     * @param delta starts a delta run
     * @param time the engine's time
     */
    public InboxWorker(Storage storage, Function<IntegrationId, StartAnswer> delta, InstantSource time) {
        this.storage = storage;
        this.delta = delta;
        this.time = time;
    }

    /** Looks once. Failures are logged: the next look tries again. */
    public void look() {
        try {
            Instant now = time.instant();
            Map<IntegrationId, Instant> waiting =
                    storage.inTransaction(session -> session.inbox().waiting());
            waiting.forEach((integration, since) -> {
                if (!now.isBefore(since.plus(GATHERING)) && !paused(integration, now)) {
                    startIfFree(integration, now);
                }
            });
            forget(now);
        } catch (RuntimeException failed) {
            LOG.warn("Webhooks that wait could not be looked at", failed);
        }
    }

    private boolean paused(IntegrationId integration, Instant now) {
        return now.isBefore(pausedUntil.getOrDefault(integration, Instant.MIN));
    }

    private void startIfFree(IntegrationId integration, Instant now) {
        try {
            if (mayStart(integration, now) && delta.apply(integration) instanceof StartAnswer.Unavailable unavailable) {
                // Looking whether it is available may ask the registry, which is not to be asked every second.
                pausedUntil.put(integration, now.plus(AFTER_FAILURE));
                LOG.info("Webhooks of {} wait: {}", integration, unavailable.reason());
            }
        } catch (RuntimeException failed) {
            // The next integration's turn comes all the same.
            pausedUntil.put(integration, now.plus(AFTER_FAILURE));
            LOG.warn("No delta could be started for the webhooks of {}", integration, failed);
        }
    }

    private boolean mayStart(IntegrationId integration, Instant now) {
        return storage.inTransaction(session -> {
            if (session.runs().active(integration).isPresent()) {
                return false;
            }
            Optional<Run> last = session.runs().list(integration, Optional.empty(), 1).items().stream()
                    .findFirst();
            return last.filter(run -> now.isBefore(notBefore(run))).isEmpty();
        });
    }

    private static Instant notBefore(Run last) {
        Instant spaced = last.trigger() == Trigger.WEBHOOK ? last.queuedAt().plus(SPACING) : Instant.MIN;
        Instant recovered = last.state() == RunState.FAILED
                ? last.endedAt().map(ended -> ended.plus(AFTER_FAILURE)).orElse(Instant.MIN)
                : Instant.MIN;
        return spaced.isAfter(recovered) ? spaced : recovered;
    }

    private void forget(Instant now) {
        if (now.isBefore(nextForgetting)) {
            return;
        }
        nextForgetting = now.plus(FORGETTING);
        storage.inTransaction(session -> session.inbox().forget(now.minus(REMEMBERED)));
    }
}

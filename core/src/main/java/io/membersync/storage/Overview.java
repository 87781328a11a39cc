package io.membersync.storage;

import io.membersync.health.Backlog;
import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is stored about how an integration is. Immutable.
 *
 * @param integration the integration
 * @param position how far it is synchronized, and how its runs went
 * @param active the run that is queued, running or paused
 * @param last the run that ended last
 * @param backlog what waits for a person
 * @param heldUntil until when the plan waits for a decision that does so longest; past when it has expired
 * @param webhookAt when a webhook last came, of those that are remembered
 */
public record Overview(
        IntegrationId integration,
        SyncPosition position,
        Optional<Run> active,
        Optional<Run> last,
        Backlog backlog,
        Optional<Instant> heldUntil,
        Optional<Instant> webhookAt) {

    /** Refuses nulls. */
    public Overview {
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(active, "active");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(backlog, "backlog");
        Objects.requireNonNull(heldUntil, "heldUntil");
        Objects.requireNonNull(webhookAt, "webhookAt");
    }
}

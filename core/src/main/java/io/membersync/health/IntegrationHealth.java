package io.membersync.health;

import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunProgress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One integration as an administrator looks at it first. Immutable snapshot; holds no personal data.
 *
 * @param organization the organization
 * @param integration the integration
 * @param system the id of its member system
 * @param diagnosis its state, why, and what to do
 * @param freshness how old what it knows may be, and when it is due next
 * @param lastRun the run that ended last
 * @param current the run that is queued, running or paused
 * @param records how many records the last full sync read that came to its end
 * @param backlog what waits for a person
 */
public record IntegrationHealth(
        OrganizationId organization,
        IntegrationId integration,
        String system,
        Diagnosis diagnosis,
        Freshness freshness,
        Optional<Run> lastRun,
        Optional<RunProgress> current,
        long records,
        Backlog backlog) {

    /** Refuses nulls. */
    public IntegrationHealth {
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(diagnosis, "diagnosis");
        Objects.requireNonNull(freshness, "freshness");
        Objects.requireNonNull(lastRun, "lastRun");
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(backlog, "backlog");
    }

    /** {@return its state} */
    public HealthState state() {
        return diagnosis.state();
    }

    /** {@return until when the registry has asked for silence; empty unless a run is laid aside for it} */
    public Optional<Instant> silentUntil() {
        return current.flatMap(progress -> progress.run().parkedUntil());
    }
}

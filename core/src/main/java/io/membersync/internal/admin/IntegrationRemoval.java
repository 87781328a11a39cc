package io.membersync.internal.admin;

import io.membersync.alert.Alert;
import io.membersync.audit.AuditEntry;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQuery;
import io.membersync.internal.run.ClosedPlans;
import io.membersync.internal.run.RunWorker;
import io.membersync.internal.run.StoppedRun;
import io.membersync.internal.watch.AlertKeeper;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes an integration in one transaction: what works ends, what is history stays. For one thread. */
final class IntegrationRemoval {

    /**
     * What a removal came to, to be told once it is committed.
     *
     * @param run the run that it ended
     * @param alerts the alerts that it closed
     * @param audit what is recorded
     */
    record Removed(Optional<StoppedRun> run, List<Alert> alerts, List<AuditEntry> audit) {}

    private static final int AT_ONCE = 1_000;
    private static final RunFailure REMOVED = new RunFailure(
            Optional.empty(), "The integration was removed", "Nothing needs to be done; what was committed stays.");

    private final Session session;
    private final String by;
    private final Instant now;

    IntegrationRemoval(Session session, String by, Instant now) {
        this.session = session;
        this.by = by;
        this.now = now;
    }

    Removed remove(IntegrationId id, String reason, AuditEntry entry) {
        // Behind the claim no worker commits anything more.
        session.runs().claim(RunWorker.job(id));
        Optional<StoppedRun> run = session.runs().active(id).map(this::stopped);
        endConflicts(id, "The integration was removed: " + reason);
        List<AuditEntry> audit = new ArrayList<>(new ClosedPlans(session, now).removed(id, by));
        List<Alert> alerts = closeAlerts(id);
        alerts.forEach(alert -> audit.add(AlertKeeper.entry(alert, by, "Alert closed: ", now)));
        session.settings().remove(id);
        audit.add(entry);
        session.audit().append(audit);
        return new Removed(run, alerts, audit);
    }

    private StoppedRun stopped(Run run) {
        return StoppedRun.store(session, run, RunState.CANCELLED, now, Optional.of(REMOVED));
    }

    private void endConflicts(IntegrationId id, String reason) {
        Conflict.Ending ending = new Conflict.Ending(Conflict.Outcome.SETTLED_ITSELF, by, now, reason);
        Slice<Conflict> open;
        do {
            open = session.conflicts().find(List.of(id), ConflictQuery.of(id).slice(Optional.empty(), AT_ONCE));
            session.conflicts()
                    .save(open.items().stream()
                            .map(conflict -> conflict.ended(ending))
                            .toList());
        } while (open.next().isPresent());
    }

    private List<Alert> closeAlerts(IntegrationId id) {
        return session.alerts().open().stream()
                .filter(alert -> alert.integration().equals(id))
                .filter(alert -> session.alerts().close(alert.id(), now))
                .map(alert -> alert.closed(now))
                .toList();
    }
}

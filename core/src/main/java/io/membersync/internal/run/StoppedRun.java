package io.membersync.internal.run;

import io.membersync.audit.AuditEntry;
import io.membersync.event.SyncEvent;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.watch.Meters;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.storage.Session;
import io.membersync.storage.SyncPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run that came to a stop, stored with its audit entry. Immutable.
 *
 * @param run the run as stored
 * @param audit the entry that says how it ended; none when it can go on
 */
public record StoppedRun(Run run, List<AuditEntry> audit) {

    /**
     * Stores it.
     *
     * @param session where, under the lease of whoever stops it
     * @param run the run as it stood
     * @param state what it comes to
     * @param now when
     * @param failure why, when it failed
     * @return what listeners are to be told once this is committed
     */
    public static StoppedRun store(
            Session session, Run run, RunState state, Instant now, Optional<RunFailure> failure) {
        Run stopped = run.in(state, now, failure);
        session.runs().save(stopped);
        List<AuditEntry> audit = state.active() ? List.of() : List.of(new AuditWriter(stopped).runEnded(stopped, now));
        if (!audit.isEmpty()) {
            session.audit().append(audit);
            ApprovedPlan.putBack(session, stopped);
            SyncPosition before = session.runs().position(run.integration());
            session.runs()
                    .savePosition(
                            run.integration(), before.with(before.standing().after(stopped)));
        }
        return new StoppedRun(stopped, audit);
    }

    /**
     * Tells the listeners, after the commit.
     *
     * @param pump who tells them
     */
    public void tell(ListenerPump pump) {
        pump.recorded(audit);
        pump.happened(new SyncEvent.Ended(run));
        pump.measured(Meters.of(run));
    }
}

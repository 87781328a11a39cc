package io.membersync.internal.admin;

import io.membersync.alert.Alert;
import io.membersync.alert.AlertBoard;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertQuery;
import io.membersync.audit.AuditEntry;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.watch.AlertKeeper;
import io.membersync.model.Caller;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Alerts in the storage, as one caller sees them. Safe for many threads. */
final class StoredAlertBoard implements AlertBoard {

    private static final String LIST = "list the alerts of this";

    private final Storage storage;
    private final InstantSource time;
    private final ListenerPump pump;
    private final Access access;

    StoredAlertBoard(Storage storage, InstantSource time, ListenerPump pump, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.pump = pump;
        this.access = new Access(caller);
    }

    @Override
    public Slice<Alert> find(AlertQuery query) {
        return storage.inTransaction(session -> {
            query.integration().ifPresent(id -> access.integration(session, id, LIST));
            Set<OrganizationId> organizations = access.organizations(query.organization(), LIST);
            return new Cursors("the alerts")
                    .slice(
                            query.cursor(),
                            from -> session.alerts()
                                    .list(organizations, from.map(query::from).orElse(query)));
        });
    }

    @Override
    public void acknowledge(AlertId id) {
        Instant now = time.instant();
        Optional<AuditEntry> entry = storage.inTransaction(session -> {
            Alert alert = session.alerts()
                    .find(id)
                    .filter(found -> access.caller().mayActFor(found.organization()))
                    .orElseThrow(() -> access.denied("acknowledge this alert"));
            String by = access.caller().name();
            if (!session.alerts().acknowledge(id, new Alert.Acknowledgment(by, now))) {
                return Optional.empty();
            }
            AuditEntry acknowledged = AlertKeeper.entry(alert, by, "Alert acknowledged: ", now);
            session.audit().append(List.of(acknowledged));
            return Optional.of(acknowledged);
        });
        entry.ifPresent(acknowledged -> pump.recorded(List.of(acknowledged)));
    }
}

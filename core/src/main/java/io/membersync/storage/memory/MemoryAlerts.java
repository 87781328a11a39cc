package io.membersync.storage.memory;

import io.membersync.alert.Alert;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertQuery;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.AlertStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Alerts by id. */
final class MemoryAlerts implements AlertStore {

    private final MemorySession session;

    MemoryAlerts(MemorySession session) {
        this.session = session;
    }

    @Override
    public boolean raise(Alert alert) {
        boolean taken = open().stream()
                .anyMatch(open ->
                        open.kind() == alert.kind() && open.integration().equals(alert.integration()));
        if (!taken) {
            put(alert);
        }
        return !taken;
    }

    @Override
    public List<Alert> open() {
        return rows().of(Tables.ALL).values().stream().filter(Alert::open).toList();
    }

    @Override
    public void seen(Collection<Alert> alerts) {
        alerts.forEach(alert -> find(alert.id())
                .filter(Alert::open)
                .ifPresent(stored -> put(stored.seen(alert.lastSeenAt(), alert.finding()))));
    }

    @Override
    public boolean close(AlertId alert, Instant at) {
        Optional<Alert> open = find(alert).filter(Alert::open);
        open.ifPresent(found -> put(found.closed(at)));
        return open.isPresent();
    }

    @Override
    public boolean acknowledge(AlertId alert, Alert.Acknowledgment by) {
        Optional<Alert> unseen =
                find(alert).filter(found -> found.acknowledged().isEmpty());
        unseen.ifPresent(found -> put(found.acknowledged(by)));
        return unseen.isPresent();
    }

    @Override
    public Optional<Alert> find(AlertId alert) {
        return rows().find(Tables.ALL, alert.value());
    }

    @Override
    public Slice<Alert> list(Set<OrganizationId> organizations, AlertQuery query) {
        Stream<Alert> found = rows().of(Tables.ALL).descendingMap().values().stream()
                .filter(alert -> organizations.isEmpty() || organizations.contains(alert.organization()))
                .filter(alert -> query.integration().isEmpty()
                        || query.integration().get().equals(alert.integration()))
                .filter(alert -> query.kinds().isEmpty() || query.kinds().contains(alert.kind()))
                .filter(alert -> alert.open() || !query.openOnly())
                .filter(alert -> query.cursor().isEmpty()
                        || alert.id().value().compareTo(query.cursor().get()) < 0);
        return Slices.cut(found, query.limit(), alert -> alert.id().value());
    }

    private void put(Alert alert) {
        rows().put(Tables.ALL, alert.id().value(), alert);
    }

    private Rows<Alert> rows() {
        return session.tables().alerts;
    }
}

package io.membersync.storage.jdbc;

import io.membersync.alert.Alert;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertKind;
import io.membersync.alert.AlertQuery;
import io.membersync.fault.StorageException;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.AlertStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Alerts in {@code ms_alert}. */
final class JdbcAlerts implements AlertStore {

    private static final Table ALERT = Table.of(
            "ms_alert",
            Column.key("id"),
            Column.value("organization", ColumnType.KEY),
            Column.value("integration", ColumnType.KEY),
            Column.value("kind", ColumnType.TEXT),
            Column.value("is_open", ColumnType.FLAG),
            Column.value("raised_at", ColumnType.TIME),
            Column.value("seen_at", ColumnType.TIME),
            Column.value("message", ColumnType.TEXT),
            Column.value("next_step", ColumnType.TEXT),
            Column.value("closed_at", ColumnType.TIME),
            Column.value("acknowledged_by", ColumnType.TEXT),
            Column.value("acknowledged_at", ColumnType.TIME));

    private static final Table SEEN = Table.of(
            "ms_alert",
            Column.key("id"),
            Column.value("seen_at", ColumnType.TIME),
            Column.value("message", ColumnType.TEXT),
            Column.value("next_step", ColumnType.TEXT));

    private static final String READ = "SELECT ms_alert.id, organization, integration, kind, raised_at, seen_at,"
            + " message, next_step, closed_at, acknowledged_by, acknowledged_at FROM ";

    private final JdbcSession session;

    JdbcAlerts(JdbcSession session) {
        this.session = session;
    }

    @Override
    public boolean raise(Alert alert) {
        try {
            return session.rows("Raising an alert", ALERT, List.of(alert))
                            .each(a -> a.id().value())
                            .each(a -> a.organization().value())
                            .each(a -> a.integration().value())
                            .each(a -> a.kind().name())
                            .each(a -> a.open() ? true : null)
                            .each(Alert::raisedAt)
                            .each(Alert::lastSeenAt)
                            .each(a -> a.finding().message())
                            .each(a -> a.finding().nextStep())
                            .each(Alert::closedAt)
                            .each(a -> a.acknowledged().map(Alert.Acknowledgment::by))
                            .each(a -> a.acknowledged().map(Alert.Acknowledgment::at))
                            .insertUnlessTaken()
                    == 1;
        } catch (StorageException failure) {
            // H2 has no way of saying it without a failure.
            if (Failures.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public List<Alert> open() {
        return session.query("Listing open alerts", READ + "ms_alert WHERE is_open ORDER BY id")
                .list(JdbcAlerts::alert);
    }

    @Override
    public void seen(Collection<Alert> alerts) {
        session.rows("Noting that alerts hold", SEEN, List.copyOf(alerts))
                .each(alert -> alert.id().value())
                .each(Alert::lastSeenAt)
                .each(alert -> alert.finding().message())
                .each(alert -> alert.finding().nextStep())
                .updateWhere(SEEN.assignments(), SEEN.same() + " AND t.is_open");
    }

    @Override
    public boolean close(AlertId alert, Instant at) {
        return session.query(
                                "Closing an alert",
                                "UPDATE ms_alert SET is_open = NULL, closed_at = ? WHERE id = ? AND is_open")
                        .time(at)
                        .key(alert.value())
                        .update()
                == 1;
    }

    @Override
    public boolean acknowledge(AlertId alert, Alert.Acknowledgment by) {
        return session.query(
                                "Acknowledging an alert",
                                "UPDATE ms_alert SET acknowledged_by = ?, acknowledged_at = ?"
                                        + " WHERE id = ? AND acknowledged_by IS NULL")
                        .text(by.by())
                        .time(by.at())
                        .key(alert.value())
                        .update()
                == 1;
    }

    @Override
    public Optional<Alert> find(AlertId alert) {
        return session.query("Reading an alert", READ + "ms_alert WHERE id = ?")
                .key(alert.value())
                .first(JdbcAlerts::alert);
    }

    @Override
    public Slice<Alert> list(Set<OrganizationId> organizations, AlertQuery query) {
        String among = organizations.isEmpty()
                ? "ms_alert WHERE TRUE"
                : session.dialect().among("ms_alert", "", "organization", ColumnType.KEY);
        String sql = READ + among
                + (query.integration().isPresent() ? " AND integration = ?" : "")
                + (query.cursor().isPresent() ? " AND ms_alert.id < ?" : "")
                + (query.openOnly() ? " AND is_open" : "")
                + kinds(query.kinds())
                + " ORDER BY ms_alert.id DESC LIMIT ?";
        Query found = session.query("Listing alerts", sql);
        if (!organizations.isEmpty()) {
            found.keys(organizations.stream().map(OrganizationId::value).toList());
        }
        found.key(query.integration().map(IntegrationId::value)).key(query.cursor());
        return Slices.cut(
                found.number(Slices.rows(query.limit())).list(JdbcAlerts::alert),
                query.limit(),
                alert -> alert.id().value());
    }

    private static String kinds(Set<AlertKind> kinds) {
        return kinds.isEmpty()
                ? ""
                : kinds.stream().map(kind -> "'" + kind + "'").collect(Collectors.joining(", ", " AND kind IN (", ")"));
    }

    private static Alert alert(Row row) throws SQLException {
        Optional<String> by = row.optionalText(10);
        return new Alert(
                new AlertId(row.key(1)),
                AlertKind.valueOf(row.text(4)),
                OrganizationId.of(row.key(2)),
                IntegrationId.of(row.key(3)),
                row.time(5),
                row.time(6),
                new Alert.Finding(row.text(7), row.text(8)),
                row.optionalTime(9),
                by.isEmpty() ? Optional.empty() : Optional.of(new Alert.Acknowledgment(by.get(), row.time(11))));
    }
}

package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import io.membersync.model.IntegrationId;
import io.membersync.run.RunId;
import io.membersync.storage.InboxStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deliveries in {@code ms_inbox}. */
final class JdbcInbox implements InboxStore {

    private static final Table DELIVERY = Table.of(
            "ms_inbox",
            Column.sharedKey("integration"),
            Column.key("delivery"),
            Column.value("received_at", ColumnType.TIME),
            Column.value("waiting", ColumnType.FLAG));

    private final JdbcSession session;

    JdbcInbox(JdbcSession session) {
        this.session = session;
    }

    @Override
    public boolean add(IntegrationId integration, String delivery, Instant at) {
        try {
            return session.rows("Storing a webhook", DELIVERY, List.of(delivery))
                            .same(integration.value())
                            .each(name -> name)
                            .each(name -> at)
                            .each(name -> true)
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
    public boolean untaken(IntegrationId integration) {
        return !session.query(
                        "Looking for a webhook that no run has taken",
                        "SELECT 1 FROM ms_inbox WHERE integration = ? AND waiting IS NOT NULL AND run IS NULL")
                .key(integration.value())
                .list(row -> true)
                .isEmpty();
    }

    @Override
    public void take(IntegrationId integration, RunId run) {
        session.query(
                        "Giving webhooks to a run",
                        "UPDATE ms_inbox SET run = ? WHERE integration = ? AND waiting IS NOT NULL")
                .key(run.value())
                .key(integration.value())
                .update();
    }

    @Override
    public void read(IntegrationId integration, RunId run) {
        session.query(
                        "Noting webhooks as read",
                        "UPDATE ms_inbox SET waiting = NULL"
                                + " WHERE integration = ? AND waiting IS NOT NULL AND run = ?")
                .key(integration.value())
                .key(run.value())
                .update();
    }

    @Override
    public Map<IntegrationId, Instant> waiting() {
        Map<IntegrationId, Instant> oldest = new LinkedHashMap<>();
        session.query(
                        "Looking for webhooks that wait",
                        "SELECT integration, min(received_at) FROM ms_inbox WHERE waiting IS NOT NULL"
                                + " GROUP BY integration")
                .list(row -> Map.entry(IntegrationId.of(row.key(1)), row.time(2)))
                .forEach(entry -> oldest.put(entry.getKey(), entry.getValue()));
        return oldest;
    }

    @Override
    public int forget(Instant before) {
        return session.query(
                        "Forgetting old webhooks", "DELETE FROM ms_inbox WHERE waiting IS NULL AND received_at < ?")
                .time(before)
                .update();
    }
}

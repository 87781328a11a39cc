package io.membersync.storage.jdbc;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.QuarantinedRecord;
import io.membersync.storage.QuarantineStore;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Quarantined records in {@code ms_quarantine}, ids to read again in {@code ms_reread}. */
final class JdbcQuarantine implements QuarantineStore {

    private static final Table RECORD = Table.of(
            "ms_quarantine",
            Column.sharedKey("integration"),
            Column.key("record_key"),
            Column.value("external_id", ColumnType.KEY),
            Column.value("path", ColumnType.TEXT),
            Column.value("reason", ColumnType.TEXT),
            Column.value("first_seen_at", ColumnType.TIME),
            Column.value("attempts", ColumnType.NUMBER),
            Column.value("next_try_at", ColumnType.TIME));

    private static final Table KEY =
            Table.of("ms_quarantine", Column.sharedKey("integration"), Column.key("record_key"));

    private static final Table REREAD =
            Table.of("ms_reread", Column.sharedKey("integration"), Column.key("external_id"));

    private static final String READ =
            "SELECT record_key, external_id, path, reason, first_seen_at, attempts," + " next_try_at FROM ";

    private final JdbcSession session;

    JdbcQuarantine(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void save(IntegrationId integration, List<QuarantinedRecord> records) {
        session.rows("Storing quarantined records", RECORD, records)
                .same(integration.value())
                .each(QuarantinedRecord::key)
                .each(record -> record.externalId().map(ExternalId::value))
                .each(QuarantinedRecord::path)
                .each(QuarantinedRecord::reason)
                .each(QuarantinedRecord::firstSeenAt)
                .each(record -> (long) record.attempts())
                .each(QuarantinedRecord::nextTryAt)
                .upsert();
    }

    @Override
    public List<QuarantinedRecord> load(IntegrationId integration, Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return session.query(
                        "Loading quarantined records",
                        READ + session.dialect().among("ms_quarantine", "", "record_key", ColumnType.KEY)
                                + " AND integration = ?")
                .keys(keys)
                .key(integration.value())
                .list(JdbcQuarantine::record);
    }

    @Override
    public Slice<QuarantinedRecord> list(IntegrationId integration, Optional<String> cursor, int limit) {
        String behind = cursor.isPresent() ? " AND record_key > ?" : "";
        List<QuarantinedRecord> records = session.query(
                        "Listing quarantined records",
                        READ + "ms_quarantine WHERE integration = ?" + behind + " ORDER BY record_key LIMIT ?")
                .key(integration.value())
                .key(cursor)
                .number(Slices.rows(limit))
                .list(JdbcQuarantine::record);
        return Slices.cut(records, limit, QuarantinedRecord::key);
    }

    @Override
    public void remove(IntegrationId integration, Collection<String> keys) {
        session.rows("Removing quarantined records", KEY, new HashSet<>(keys))
                .same(integration.value())
                .each(key -> key)
                .delete();
    }

    @Override
    public void reread(IntegrationId integration, Collection<ExternalId> ids) {
        rereads(integration, ids).insertNew();
    }

    @Override
    public Set<ExternalId> toReread(IntegrationId integration, int limit) {
        return new LinkedHashSet<>(session.query(
                        "Reading ids to read again",
                        "SELECT external_id FROM ms_reread WHERE integration = ? ORDER BY external_id LIMIT ?")
                .key(integration.value())
                .number(limit)
                .list(row -> ExternalId.of(row.key(1))));
    }

    @Override
    public void rereadDone(IntegrationId integration, Collection<ExternalId> ids) {
        rereads(integration, ids).delete();
    }

    private Rows<ExternalId> rereads(IntegrationId integration, Collection<ExternalId> ids) {
        return session.rows("Noting ids to read again", REREAD, new HashSet<>(ids))
                .same(integration.value())
                .each(ExternalId::value);
    }

    private static QuarantinedRecord record(Row row) throws SQLException {
        return new QuarantinedRecord(
                row.key(1),
                row.optionalKey(2).map(ExternalId::of),
                row.text(3),
                row.text(4),
                row.time(5),
                (int) row.number(6),
                row.time(7));
    }
}

package io.membersync.storage.jdbc;

import io.membersync.conflict.Conflict;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.storage.ConflictStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Open conflicts in {@code ms_conflict}. */
final class JdbcConflicts implements ConflictStore {

    private static final char SEPARATOR = '\n';

    private static final Table CONFLICT = Table.of(
            "ms_conflict",
            Column.key("member_id"),
            Column.key("integration"),
            Column.key("field"),
            Column.value("field_form", ColumnType.TEXT),
            Column.value("external_id", ColumnType.KEY),
            Column.value("app", ColumnType.TEXT),
            Column.value("agreed", ColumnType.TEXT),
            Column.value("registry", ColumnType.TEXT),
            Column.value("why", ColumnType.TEXT),
            Column.value("opened_at", ColumnType.TIME),
            Column.value("changed_at", ColumnType.TIME),
            Column.revision("revision"));

    private static final Table ENDED =
            Table.of("ms_conflict", Column.key("member_id"), Column.key("integration"), Column.key("field"));

    private static final String READ = "SELECT integration, member_id, external_id, field_form, app, agreed, registry,"
            + " why, opened_at, changed_at, revision FROM ";

    private final JdbcSession session;

    JdbcConflicts(JdbcSession session) {
        this.session = session;
    }

    @Override
    public List<Conflict> load(IntegrationId integration, Collection<MemberId> members) {
        if (members.isEmpty()) {
            return List.of();
        }
        return session.query(
                        "Loading conflicts",
                        READ + session.dialect().among("ms_conflict", "", "member_id", ColumnType.KEY)
                                + " AND integration = ?")
                .keys(members.stream().map(MemberId::value).toList())
                .key(integration.value())
                .list(JdbcConflicts::conflict);
    }

    @Override
    public void save(List<Conflict> conflicts) {
        List<Conflict> changed =
                conflicts.stream().filter(conflict -> conflict.revision() != 0).toList();
        List<Conflict> opened =
                conflicts.stream().filter(conflict -> conflict.revision() == 0).toList();
        int written = rows(changed).updateUnchanged() + rows(opened).insertNew();
        if (written != conflicts.size()) {
            throw new StaleVersionException("A conflict");
        }
    }

    private Rows<Conflict> rows(List<Conflict> conflicts) {
        return session.rows("Storing conflicts", CONFLICT, conflicts)
                .each(conflict -> conflict.member().value())
                .each(conflict -> conflict.integration().value())
                .each(conflict -> conflict.field().key())
                .each(conflict -> StoredText.field(conflict.field()))
                .each(conflict -> conflict.externalId().value())
                .each(conflict -> StoredText.value(conflict.app()))
                .each(conflict -> conflict.agreed().map(StoredText::value))
                .each(conflict -> StoredText.value(conflict.registry()))
                .each(Conflict::why)
                .each(Conflict::openedAt)
                .each(Conflict::changedAt)
                .each(Conflict::revision);
    }

    @Override
    public void close(Collection<Conflict> conflicts) {
        session.rows("Closing conflicts", ENDED, conflicts)
                .each(conflict -> conflict.member().value())
                .each(conflict -> conflict.integration().value())
                .each(conflict -> conflict.field().key())
                .delete();
    }

    @Override
    public Slice<Conflict> list(IntegrationId integration, Optional<String> cursor, int limit) {
        String behind = cursor.isPresent() ? " AND (member_id, field) > (?, ?)" : "";
        Query query = session.query(
                        "Listing conflicts",
                        READ + "ms_conflict WHERE integration = ?" + behind + " ORDER BY member_id, field LIMIT ?")
                .key(integration.value());
        cursor.ifPresent(last -> {
            int end = last.indexOf(SEPARATOR);
            query.key(last.substring(0, end)).key(last.substring(end + 1));
        });
        return Slices.cut(
                query.number(Slices.rows(limit)).list(JdbcConflicts::conflict),
                limit,
                conflict ->
                        conflict.member().value() + SEPARATOR + conflict.field().key());
    }

    @Override
    public long count(IntegrationId integration) {
        return session.query("Counting conflicts", "SELECT COUNT(*) FROM ms_conflict WHERE integration = ?")
                .key(integration.value())
                .one(row -> row.number(1));
    }

    private static Conflict conflict(Row row) throws SQLException {
        return new Conflict(
                IntegrationId.of(row.key(1)),
                MemberId.of(row.key(2)),
                ExternalId.of(row.key(3)),
                StoredText.field(row.text(4)),
                StoredText.value(row.text(5)),
                row.optionalText(6).map(StoredText::value),
                StoredText.value(row.text(7)),
                row.text(8),
                row.time(9),
                row.time(10),
                row.number(11));
    }
}

package io.membersync.storage.jdbc;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.AuditStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.util.List;

/** The audit in {@code ms_audit}: one row an entry, numbered as they were added. */
final class JdbcAudit implements AuditStore {

    private static final Table ENTRY = Table.of(
            "ms_audit",
            Column.value("happened_at", ColumnType.TIME),
            Column.value("kind", ColumnType.TEXT),
            Column.value("organization", ColumnType.KEY),
            Column.value("integration", ColumnType.KEY),
            Column.value("run", ColumnType.KEY),
            Column.value("actor", ColumnType.TEXT),
            Column.value("member_id", ColumnType.KEY),
            Column.value("external_id", ColumnType.KEY),
            Column.value("summary", ColumnType.TEXT),
            Column.value("changes", ColumnType.TEXT));

    private static final String READ = "SELECT id, happened_at, kind, organization, integration, run, actor, member_id,"
            + " external_id, summary, changes FROM ms_audit WHERE organization = ?";

    private final JdbcSession session;

    JdbcAudit(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        session.rows("Adding to the audit", ENTRY, entries)
                .each(AuditEntry::at)
                .each(entry -> entry.kind().name())
                .each(entry -> entry.organization().value())
                .each(entry -> entry.integration().map(IntegrationId::value))
                .each(AuditEntry::run)
                .each(AuditEntry::actor)
                .each(entry -> entry.member().map(MemberId::value))
                .each(entry -> entry.externalId().map(ExternalId::value))
                .each(AuditEntry::summary)
                .each(entry -> entry.changes().isEmpty() ? null : StoredText.changes(entry.changes()))
                .insert();
    }

    @Override
    public Slice<AuditEntry> find(AuditQuery query) {
        String sql = READ
                + (query.cursor().isPresent() ? " AND id < ?" : "")
                + (query.kinds().isEmpty() ? "" : " AND " + session.dialect().anyOf("kind"))
                + (query.member().isPresent() ? " AND member_id = ?" : "")
                + (query.run().isPresent() ? " AND run = ?" : "")
                + " ORDER BY id DESC LIMIT ?";
        Query found = session.query("Searching the audit", sql)
                .key(query.organization().value());
        query.cursor().ifPresent(last -> found.number(Long.parseLong(last)));
        if (!query.kinds().isEmpty()) {
            found.array(
                    ColumnType.TEXT, query.kinds().stream().map(AuditKind::name).toArray());
        }
        List<Numbered> entries = found.key(query.member().map(MemberId::value))
                .key(query.run())
                .number(Slices.rows(query.limit()))
                .list(row -> new Numbered(row.number(1), entry(row)));
        Slice<Numbered> slice = Slices.cut(entries, query.limit(), entry -> Long.toString(entry.number));
        return new Slice<>(slice.items().stream().map(Numbered::entry).toList(), slice.next());
    }

    private static AuditEntry entry(Row row) throws SQLException {
        return new AuditEntry(
                row.time(2),
                AuditKind.valueOf(row.text(3)),
                OrganizationId.of(row.key(4)),
                row.optionalKey(5).map(IntegrationId::of),
                row.optionalKey(6),
                row.text(7),
                row.optionalKey(8).map(MemberId::of),
                row.optionalKey(9).map(ExternalId::of),
                row.text(10),
                row.optionalText(11).map(StoredText::changes).orElse(List.of()));
    }

    private record Numbered(long number, AuditEntry entry) {}
}

package io.membersync.storage.jdbc;

import io.membersync.audit.AuditCriterion;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.run.Trigger;
import io.membersync.storage.AuditStore;
import io.membersync.storage.SignedEntry;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
            Column.value("changes", ColumnType.TEXT),
            Column.value("started_for", ColumnType.TEXT),
            Column.value("failed", ColumnType.FLAG),
            Column.value("salt", ColumnType.TEXT),
            Column.value("signature", ColumnType.TEXT));

    /** What {@link #entry} reads, behind the id. */
    static final String COLUMNS =
            "id, happened_at, kind, organization, integration, run, actor, member_id, external_id,"
                    + " summary, changes, started_for, failed";

    static final int COLUMN_COUNT = 13;

    private static final String READ = "SELECT " + COLUMNS + " FROM ms_audit WHERE organization = ?";

    private final JdbcSession session;

    JdbcAudit(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void add(List<SignedEntry> entries) {
        session.rows("Adding to the audit", ENTRY, entries)
                .each(signed -> signed.entry().at())
                .each(signed -> signed.entry().kind().name())
                .each(signed -> signed.entry().organization().value())
                .each(signed -> signed.entry().integration().map(IntegrationId::value))
                .each(signed -> signed.entry().run())
                .each(signed -> signed.entry().actor())
                .each(signed -> signed.entry().member().map(MemberId::value))
                .each(signed -> signed.entry().externalId().map(ExternalId::value))
                .each(signed -> signed.entry().summary())
                .each(signed -> changes(signed.entry()))
                .each(signed -> signed.entry().trigger().map(Trigger::name))
                .each(signed -> signed.entry().failed())
                .each(SignedEntry::salt)
                .each(SignedEntry::signature)
                .insert();
    }

    private static @Nullable String changes(AuditEntry entry) {
        return entry.changes().isEmpty() ? null : StoredText.changes(entry.changes());
    }

    @Override
    public Slice<AuditEntry> find(AuditQuery query) {
        String conditions = query.criteria().stream().map(this::condition).collect(Collectors.joining());
        String older = query.cursor().isPresent() ? " AND id < ?" : "";
        Query found = session.query("Searching the audit", READ + conditions + older + " ORDER BY id DESC LIMIT ?")
                .key(query.organization().value());
        query.criteria().forEach(criterion -> bind(found, criterion));
        query.cursor().ifPresent(last -> found.number(Long.parseLong(last)));
        List<Numbered> entries =
                found.number(Slices.rows(query.limit())).list(row -> new Numbered(row.number(1), entry(row)));
        Slice<Numbered> slice = Slices.cut(entries, query.limit(), entry -> Long.toString(entry.number));
        return new Slice<>(slice.items().stream().map(Numbered::entry).toList(), slice.next());
    }

    private String condition(AuditCriterion criterion) {
        if (criterion instanceof AuditCriterion.OfKind) {
            return " AND " + session.dialect().anyOf("kind");
        } else if (criterion instanceof AuditCriterion.About) {
            return " AND member_id = ?";
        } else if (criterion instanceof AuditCriterion.In) {
            return " AND integration = ?";
        } else if (criterion instanceof AuditCriterion.OfRun) {
            return " AND run = ?";
        } else if (criterion instanceof AuditCriterion.StartedFor) {
            return " AND started_for = ?";
        }
        return criterion instanceof AuditCriterion.Between
                ? " AND happened_at >= ? AND happened_at < ?"
                : " AND failed";
    }

    private static void bind(Query query, AuditCriterion criterion) {
        if (criterion instanceof AuditCriterion.OfKind of) {
            query.array(
                    ColumnType.TEXT, of.kinds().stream().map(AuditKind::name).toArray());
        } else if (criterion instanceof AuditCriterion.About about) {
            query.key(about.member().value());
        } else if (criterion instanceof AuditCriterion.In in) {
            query.key(in.integration().value());
        } else if (criterion instanceof AuditCriterion.OfRun of) {
            query.key(of.run());
        } else if (criterion instanceof AuditCriterion.StartedFor started) {
            query.text(started.trigger().name());
        } else if (criterion instanceof AuditCriterion.Between between) {
            query.time(between.from()).time(between.to());
        }
    }

    static AuditEntry entry(Row row) throws SQLException {
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
                row.optionalText(11).map(StoredText::changes).orElse(List.of()),
                row.optionalText(12).map(Trigger::valueOf),
                row.flag(13));
    }

    private record Numbered(long number, AuditEntry entry) {}
}

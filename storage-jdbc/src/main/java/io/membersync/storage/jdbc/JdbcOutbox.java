package io.membersync.storage.jdbc;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.storage.OutboxStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Values that go out, in {@code ms_outbox}. */
final class JdbcOutbox implements OutboxStore {

    private static final char SEPARATOR = '\n';

    private static final Table ENTRY = Table.of(
            "ms_outbox",
            Column.key("external_id"),
            Column.key("integration"),
            Column.key("field"),
            Column.value("field_form", ColumnType.TEXT),
            Column.value("member_id", ColumnType.KEY),
            Column.value("going_out", ColumnType.TEXT),
            Column.value("registry", ColumnType.TEXT),
            Column.value("state", ColumnType.TEXT),
            Column.value("made_at", ColumnType.TIME),
            Column.value("attempts", ColumnType.NUMBER),
            Column.value("next_try_at", ColumnType.TIME),
            Column.value("sent", ColumnType.TEXT),
            Column.value("reason", ColumnType.TEXT),
            Column.value("returns", ColumnType.NUMBER),
            Column.value("returns_since", ColumnType.TIME),
            Column.revision("revision"));

    private static final Table ENDED = Table.of(
            "ms_outbox",
            Column.key("external_id"),
            Column.key("integration"),
            Column.key("field"),
            new Column("revision", ColumnType.NUMBER, Column.Role.KEY, false));

    private static final String READ = "SELECT integration, external_id, member_id, field_form, going_out, registry,"
            + " state, made_at, attempts, next_try_at, sent, reason, returns, returns_since, revision FROM ";

    private final JdbcSession session;

    JdbcOutbox(JdbcSession session) {
        this.session = session;
    }

    @Override
    public Map<ExternalId, List<OutboxEntry>> load(IntegrationId integration, Collection<ExternalId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return session
                .query(
                        "Loading what goes out",
                        READ + session.dialect().among("ms_outbox", "", "external_id", ColumnType.KEY)
                                + " AND integration = ?")
                .keys(ids.stream().map(ExternalId::value).toList())
                .key(integration.value())
                .list(JdbcOutbox::entry)
                .stream()
                .collect(Collectors.groupingBy(OutboxEntry::externalId, LinkedHashMap::new, Collectors.toList()));
    }

    @Override
    public void save(Collection<OutboxEntry> entries) {
        List<OutboxEntry> changed =
                entries.stream().filter(entry -> entry.revision() != 0).toList();
        List<OutboxEntry> made =
                entries.stream().filter(entry -> entry.revision() == 0).toList();
        if (rows(changed).updateUnchanged() + rows(made).insertNew() != entries.size()) {
            throw stale();
        }
    }

    private static StaleVersionException stale() {
        return new StaleVersionException("What goes out");
    }

    private Rows<OutboxEntry> rows(List<OutboxEntry> entries) {
        return session.rows("Storing what goes out", ENTRY, entries)
                .each(entry -> entry.externalId().value())
                .each(entry -> entry.integration().value())
                .each(entry -> entry.field().key())
                .each(entry -> StoredText.field(entry.field()))
                .each(entry -> entry.member().value())
                .each(entry -> StoredText.value(entry.value()))
                .each(entry -> StoredText.value(entry.registry()))
                .each(entry -> entry.state().name())
                .each(entry -> entry.delivery().madeAt())
                .each(entry -> (long) entry.delivery().attempts())
                .each(entry -> entry.delivery().nextTryAt())
                .each(entry -> entry.delivery().sent().map(StoredText::value))
                .each(entry -> entry.delivery().reason())
                .each(entry -> (long) entry.returns().count())
                .each(entry -> entry.returns().since())
                .each(OutboxEntry::revision);
    }

    @Override
    public void remove(Collection<OutboxEntry> entries) {
        int removed = session.rows("Taking out what goes out", ENDED, entries)
                .each(entry -> entry.externalId().value())
                .each(entry -> entry.integration().value())
                .each(entry -> entry.field().key())
                .each(OutboxEntry::revision)
                .delete();
        if (removed != entries.size()) {
            throw stale();
        }
    }

    @Override
    public Set<IntegrationId> waiting(Instant now) {
        return new HashSet<>(session.query(
                        "Looking for what goes out",
                        "SELECT DISTINCT integration FROM ms_outbox WHERE state = 'PENDING' AND next_try_at <= ?")
                .time(now)
                .list(row -> IntegrationId.of(row.key(1))));
    }

    @Override
    public List<OutboxEntry> due(IntegrationId integration, Instant now, int limit) {
        return session.query(
                        "Reading what goes out",
                        READ + "ms_outbox WHERE state = 'PENDING' AND next_try_at <= ? AND integration = ?"
                                + " ORDER BY made_at, external_id LIMIT ?")
                .time(now)
                .key(integration.value())
                .number(limit)
                .list(JdbcOutbox::entry);
    }

    @Override
    public Slice<OutboxEntry> list(IntegrationId integration, Optional<String> cursor, int limit) {
        String behind = cursor.isPresent() ? " AND (external_id, field) > (?, ?)" : "";
        Query query = session.query(
                        "Listing what goes out",
                        READ + "ms_outbox WHERE integration = ?" + behind
                                + " AND state <> 'DELIVERED' ORDER BY external_id, field LIMIT ?")
                .key(integration.value());
        cursor.ifPresent(last -> {
            int end = last.lastIndexOf(SEPARATOR);
            query.key(last.substring(0, end)).key(last.substring(end + 1));
        });
        return Slices.cut(
                query.number(Slices.rows(limit)).list(JdbcOutbox::entry),
                limit,
                entry -> entry.externalId().value() + SEPARATOR + entry.field().key());
    }

    @Override
    public int forget(Instant before) {
        return session.query(
                        "Forgetting what went out",
                        "DELETE FROM ms_outbox WHERE state = 'DELIVERED' AND next_try_at < ?")
                .time(before)
                .update();
    }

    private static OutboxEntry entry(Row row) throws SQLException {
        return new OutboxEntry(
                IntegrationId.of(row.key(1)),
                ExternalId.of(row.key(2)),
                MemberId.of(row.key(3)),
                StoredText.field(row.text(4)),
                StoredText.value(row.text(5)),
                StoredText.value(row.text(6)),
                OutboxState.valueOf(row.text(7)),
                new OutboxEntry.Delivery(
                        row.time(8),
                        Math.toIntExact(row.number(9)),
                        row.time(10),
                        row.optionalText(11).map(StoredText::value),
                        row.optionalText(12)),
                new OutboxEntry.Returns(Math.toIntExact(row.number(13)), row.time(14)),
                row.number(15));
    }
}

package io.membersync.storage.jdbc;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Conflict.Ending;
import io.membersync.conflict.Conflict.Outcome;
import io.membersync.conflict.Conflict.Question;
import io.membersync.conflict.Conflict.Side;
import io.membersync.conflict.ConflictBacklog;
import io.membersync.conflict.ConflictQuery;
import io.membersync.conflict.Proposal;
import io.membersync.conflict.Rule;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldCategory;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Origin;
import io.membersync.model.Slice;
import io.membersync.storage.ConflictStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conflicts in {@code ms_conflict}. */
final class JdbcConflicts implements ConflictStore {

    private static final char SEPARATOR = '\n';

    private static final Table CONFLICT = Table.of(
            "ms_conflict",
            Column.key("member_id"),
            Column.key("integration"),
            Column.key("field"),
            Column.value("field_form", ColumnType.TEXT),
            Column.value("category", ColumnType.TEXT),
            Column.value("external_id", ColumnType.KEY),
            Column.value("app", ColumnType.TEXT),
            Column.value("app_source", ColumnType.TEXT),
            Column.value("app_changed_at", ColumnType.TIME),
            Column.value("app_seen_at", ColumnType.TIME),
            Column.value("agreed", ColumnType.TEXT),
            Column.value("registry", ColumnType.TEXT),
            Column.value("registry_source", ColumnType.TEXT),
            Column.value("registry_changed_at", ColumnType.TIME),
            Column.value("registry_seen_at", ColumnType.TIME),
            Column.value("rule", ColumnType.TEXT),
            Column.value("why", ColumnType.TEXT),
            Column.value("proposes_registry", ColumnType.FLAG),
            Column.value("proposes_because", ColumnType.TEXT),
            Column.value("opened_at", ColumnType.TIME),
            Column.value("changed_at", ColumnType.TIME),
            Column.value("outcome", ColumnType.TEXT),
            Column.value("ended_by", ColumnType.TEXT),
            Column.value("ended_at", ColumnType.TIME),
            Column.value("ended_because", ColumnType.TEXT),
            Column.revision("revision"));

    private static final String READ = "SELECT integration, member_id, external_id, field_form,"
            + " app, app_source, app_changed_at, app_seen_at, agreed,"
            + " registry, registry_source, registry_changed_at, registry_seen_at,"
            + " rule, why, proposes_registry, proposes_because, opened_at, changed_at,"
            + " outcome, ended_by, ended_at, ended_because, revision FROM ";

    private record Waiting(FieldCategory category, long open, Instant oldest) {}

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
    public void save(Collection<Conflict> conflicts) {
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
                .each(conflict -> conflict.field().category().name())
                .each(conflict -> conflict.externalId().value())
                .each(conflict -> StoredText.value(conflict.app().value()))
                .each(conflict -> conflict.app().source().map(Origin::name))
                .each(conflict -> conflict.app().changedAt())
                .each(conflict -> conflict.app().seenAt())
                .each(conflict -> conflict.agreed().map(StoredText::value))
                .each(conflict -> StoredText.value(conflict.registry().value()))
                .each(conflict -> conflict.registry().source().map(Origin::name))
                .each(conflict -> conflict.registry().changedAt())
                .each(conflict -> conflict.registry().seenAt())
                .each(conflict -> conflict.question().rule().name())
                .each(conflict -> conflict.question().why())
                .each(conflict -> conflict.question().proposal().takesRegistry())
                .each(conflict -> conflict.question().proposal().why())
                .each(conflict -> conflict.question().openedAt())
                .each(conflict -> conflict.question().changedAt())
                .each(conflict ->
                        conflict.ending().map(ending -> ending.outcome().name()))
                .each(conflict -> conflict.ending().map(Ending::by))
                .each(conflict -> conflict.ending().map(Ending::at))
                .each(conflict -> conflict.ending().map(Ending::reason))
                .each(Conflict::revision);
    }

    @Override
    public Slice<Conflict> find(Collection<IntegrationId> integrations, ConflictQuery query) {
        ConflictQuery.What what = query.what();
        String sql = READ
                + session.dialect().among("ms_conflict", "", "integration", ColumnType.KEY)
                + (query.cursor().isPresent() ? " AND (integration, member_id, field) > (?, ?, ?)" : "")
                + state(query.state())
                + (what.category().isPresent() ? " AND category = ?" : "")
                + (what.field().isPresent() ? " AND field = ?" : "")
                + (what.member().isPresent() ? " AND member_id = ?" : "")
                + (query.openedBefore().isPresent() ? " AND opened_at < ?" : "")
                + " ORDER BY integration, member_id, field LIMIT ?";
        Query found = session.query("Listing conflicts", sql)
                .keys(integrations.stream().map(IntegrationId::value).toList());
        query.cursor()
                .ifPresent(last ->
                        List.of(last.split(String.valueOf(SEPARATOR), 3)).forEach(found::key));
        what.category().ifPresent(category -> found.text(category.name()));
        found.key(what.field()).key(what.member().map(MemberId::value));
        query.openedBefore().ifPresent(found::time);
        return Slices.cut(
                found.number(Slices.rows(query.limit())).list(JdbcConflicts::conflict),
                query.limit(),
                conflict -> conflict.integration().value()
                        + SEPARATOR
                        + conflict.member().value()
                        + SEPARATOR
                        + conflict.field().key());
    }

    private static String state(ConflictQuery.State state) {
        return switch (state) {
            case OPEN -> " AND ended_at IS NULL";
            case ENDED -> " AND ended_at IS NOT NULL";
            case ALL -> "";
        };
    }

    @Override
    public ConflictBacklog backlog(IntegrationId integration) {
        List<Waiting> waiting = session.query(
                        "Counting conflicts",
                        "SELECT category, COUNT(*), MIN(opened_at) FROM ms_conflict"
                                + " WHERE integration = ? AND ended_at IS NULL GROUP BY category")
                .key(integration.value())
                .list(row -> new Waiting(FieldCategory.valueOf(row.text(1)), row.number(2), row.time(3)));
        Map<FieldCategory, Long> byCategory = new EnumMap<>(FieldCategory.class);
        waiting.forEach(some -> byCategory.put(some.category(), some.open()));
        return new ConflictBacklog(
                waiting.stream().mapToLong(Waiting::open).sum(),
                waiting.stream().map(Waiting::oldest).min(Comparator.naturalOrder()),
                byCategory);
    }

    private static Conflict conflict(Row row) throws SQLException {
        Optional<String> outcome = row.optionalText(20);
        return new Conflict(
                IntegrationId.of(row.key(1)),
                MemberId.of(row.key(2)),
                ExternalId.of(row.key(3)),
                StoredText.field(row.text(4)),
                side(row, 5),
                row.optionalText(9).map(StoredText::value),
                side(row, 10),
                new Question(
                        Rule.valueOf(row.text(14)),
                        row.text(15),
                        new Proposal(row.flag(16), row.text(17)),
                        row.time(18),
                        row.time(19)),
                outcome.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Ending(Outcome.valueOf(outcome.get()), row.text(21), row.time(22), row.text(23))),
                row.number(24));
    }

    private static Side side(Row row, int at) throws SQLException {
        return new Side(
                StoredText.value(row.text(at)),
                row.optionalText(at + 1).map(Origin::valueOf),
                row.optionalTime(at + 2),
                row.time(at + 3));
    }
}

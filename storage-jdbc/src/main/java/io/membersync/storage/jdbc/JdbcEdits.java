package io.membersync.storage.jdbc;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.storage.EditMark;
import io.membersync.storage.EditStore;
import io.membersync.storage.StoredText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Marks of edits in {@code ms_edit_mark}; their editions come from a sequence, so that none comes twice. */
final class JdbcEdits implements EditStore {

    private static final Table SEEN = Table.of(
            "ms_edit_mark",
            Column.sharedKey("integration"),
            Column.key("external_id"),
            new Column("edition", ColumnType.NUMBER, Column.Role.KEY, false));

    private static final String LOAD = "SELECT external_id, edition, edited_at FROM ";

    private final JdbcSession session;

    JdbcEdits(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void mark(Collection<MemberId> members, Instant at) {
        if (!members.isEmpty()) {
            session.query("Marking edits", session.dialect().markEdits())
                    .time(at)
                    .keys(members.stream().map(MemberId::value).distinct().toList())
                    .update();
        }
    }

    @Override
    public void markApart(IntegrationId integration) {
        session.query("Marking members to decide on", session.dialect().markApart())
                .key(integration.value())
                .text("%" + StoredText.APART + "%")
                .update();
    }

    @Override
    public void markAgain(Collection<MemberId> members) {
        if (!members.isEmpty()) {
            session.query("Marking members to decide on", session.dialect().markAgain())
                    .keys(members.stream().map(MemberId::value).distinct().toList())
                    .update();
        }
    }

    @Override
    public List<EditMark> pending(IntegrationId integration, Optional<ExternalId> after, int limit) {
        String behind = after.isPresent() ? " AND external_id > ?" : "";
        return session.query(
                        "Reading marks of edits",
                        LOAD + "ms_edit_mark WHERE integration = ?" + behind + " ORDER BY external_id LIMIT ?")
                .key(integration.value())
                .key(after.map(ExternalId::value))
                .number(limit)
                .list(JdbcEdits::mark);
    }

    @Override
    public Map<ExternalId, EditMark> load(IntegrationId integration, Collection<ExternalId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<EditMark> marks = session.query(
                        "Reading marks of edits",
                        LOAD + session.dialect().among("ms_edit_mark", "", "external_id", ColumnType.KEY)
                                + " AND integration = ?")
                .keys(ids.stream().map(ExternalId::value).toList())
                .key(integration.value())
                .list(JdbcEdits::mark);
        Map<ExternalId, EditMark> found = new LinkedHashMap<>();
        marks.forEach(mark -> found.put(mark.externalId(), mark));
        return found;
    }

    @Override
    public void clear(IntegrationId integration, Collection<EditMark> seen) {
        session.rows("Clearing marks of edits", SEEN, seen)
                .same(integration.value())
                .each(mark -> mark.externalId().value())
                .each(EditMark::edition)
                .delete();
    }

    private static EditMark mark(Row row) throws SQLException {
        return new EditMark(ExternalId.of(row.key(1)), row.number(2), row.optionalTime(3));
    }
}

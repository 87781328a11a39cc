package io.membersync.storage.jdbc;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import io.membersync.run.Absence;
import io.membersync.run.RunId;
import io.membersync.storage.AbsenceStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ids that listings passed over, in {@code ms_absence}. */
final class JdbcAbsences implements AbsenceStore {

    private static final Table ABSENCE =
            Table.of("ms_absence", Column.sharedKey("integration"), Column.sharedKey("run"), Column.key("external_id"));

    /** The link by a subquery, which looks each up in the index, however few rows the planner expects. */
    private static final String READ = "SELECT x.external_id, x.member_id FROM (SELECT a.external_id,"
            + " (SELECT l.member_id FROM ms_link AS l WHERE l.integration = a.integration"
            + " AND l.external_id = a.external_id AND l.live) AS member_id"
            + " FROM ms_absence AS a WHERE a.integration = ? AND a.run = ?";

    private static final String LINKED = ") AS x WHERE x.member_id IS NOT NULL ORDER BY x.external_id LIMIT ?";

    private final JdbcSession session;

    JdbcAbsences(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void add(IntegrationId integration, RunId run, Collection<ExternalId> ids) {
        session.rows("Noting absences", ABSENCE, new HashSet<>(ids))
                .same(integration.value())
                .same(run.value())
                .each(ExternalId::value)
                .insertNew();
    }

    @Override
    public Slice<Absence> list(IntegrationId integration, RunId run, Optional<String> cursor, int limit) {
        String behind = cursor.isPresent() ? " AND a.external_id > ?" : "";
        List<Absence> absences = session.query("Listing absences", READ + behind + LINKED)
                .key(integration.value())
                .key(run.value())
                .key(cursor)
                .number(Slices.rows(limit))
                .list(row -> new Absence(ExternalId.of(row.key(1)), MemberId.of(row.key(2))));
        return Slices.cut(absences, limit, absence -> absence.externalId().value());
    }

    @Override
    public void keepOnly(IntegrationId integration, RunId run) {
        session.query("Forgetting absences", "DELETE FROM ms_absence WHERE integration = ? AND run <> ?")
                .key(integration.value())
                .key(run.value())
                .update();
        session.query(
                        "Keeping absences",
                        "UPDATE ms_absence SET kept = TRUE WHERE integration = ? AND run = ? AND kept IS NULL")
                .key(integration.value())
                .key(run.value())
                .update();
    }

    @Override
    public Set<ExternalId> missedBefore(IntegrationId integration, RunId run, Collection<ExternalId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(session.query(
                        "Comparing absences",
                        "SELECT external_id FROM "
                                + session.dialect().among("ms_absence", "", "external_id", ColumnType.KEY)
                                + " AND integration = ? AND run <> ? AND kept")
                .keys(ids.stream().map(ExternalId::value).toList())
                .key(integration.value())
                .key(run.value())
                .list(row -> ExternalId.of(row.key(1))));
    }
}

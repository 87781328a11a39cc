package io.membersync.storage.jdbc;

import io.membersync.health.Backlog;
import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.storage.Overview;
import io.membersync.storage.OverviewStore;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sums the other tables up: three statements, however many integrations there are. */
final class JdbcOverviews implements OverviewStore {

    private static final String READ = "SELECT ms_integration.id, p.feed, p.full_sync_at, p.sync_at, p.standing"
            + of("COUNT(*)", "ms_quarantine", "")
            + of("COUNT(*)", "ms_outbox", " AND c.state IN ('GIVEN_UP', 'PARKED')")
            + of("COUNT(*)", "ms_conflict", " AND c.ended_at IS NULL")
            + of("COUNT(*)", "ms_match_review", " AND c.decided_by IS NULL")
            + of("MAX(c.expires_at)", "ms_plan", " AND c.state = 'WAITING'")
            + of("MAX(c.received_at)", "ms_inbox", "")
            + " FROM ";

    private final JdbcSession session;

    JdbcOverviews(JdbcSession session) {
        this.session = session;
    }

    private static String of(String what, String table, String condition) {
        return ", (SELECT " + what + " FROM " + table + " AS c WHERE c.integration = ms_integration.id" + condition
                + ")";
    }

    @Override
    public Map<IntegrationId, Overview> of(Collection<IntegrationId> integrations) {
        List<Overview> found = session.query(
                        "Summing integrations up",
                        READ
                                + session.dialect()
                                        .among(
                                                "ms_integration",
                                                " LEFT JOIN ms_position AS p ON p.integration = ms_integration.id",
                                                "ms_integration.id",
                                                ColumnType.KEY))
                .keys(integrations.stream().map(IntegrationId::value).toList())
                .list(JdbcOverviews::overview);
        JdbcRuns runs = new JdbcRuns(session);
        Map<IntegrationId, Run> active = by(Run::integration, runs.activeOf(integrations));
        Map<RunId, Run> last = by(
                Run::id,
                runs.all(found.stream()
                        .flatMap(overview -> overview.position().standing().lastRun().stream())
                        .toList()));
        Map<IntegrationId, Overview> whole = new LinkedHashMap<>();
        found.forEach(overview -> whole.put(overview.integration(), with(overview, active, last)));
        return whole;
    }

    private static <K> Map<K, Run> by(Function<Run, K> key, List<Run> runs) {
        return runs.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    private static Overview with(Overview found, Map<IntegrationId, Run> active, Map<RunId, Run> last) {
        return new Overview(
                found.integration(),
                found.position(),
                Optional.ofNullable(active.get(found.integration())),
                found.position().standing().lastRun().flatMap(id -> Optional.ofNullable(last.get(id))),
                found.backlog(),
                found.heldUntil(),
                found.webhookAt());
    }

    private static Overview overview(Row row) throws SQLException {
        return new Overview(
                IntegrationId.of(row.key(1)),
                JdbcRuns.position(row, 2),
                Optional.empty(),
                Optional.empty(),
                new Backlog(row.number(6), row.number(7), row.number(8), row.number(9)),
                row.optionalTime(10),
                row.optionalTime(11));
    }
}

package io.membersync.storage.jdbc;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.NationalIdCheck;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.EnrichmentStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Personnummer on their way, in {@code ms_enrichment}. */
final class JdbcEnrichments implements EnrichmentStore {

    private static final char SEPARATOR = '\n';

    private static final Table TASK = Table.of(
            "ms_enrichment",
            Column.key("member_id"),
            Column.key("integration"),
            Column.key("part"),
            Column.value("organization", ColumnType.KEY),
            Column.value("provider", ColumnType.TEXT),
            Column.value("state", ColumnType.TEXT),
            Column.value("sealed", ColumnType.TEXT),
            Column.value("number_hash", ColumnType.TEXT),
            Column.value("subject_hash", ColumnType.TEXT),
            Column.value("held", ColumnType.TEXT),
            Column.value("taken_at", ColumnType.TIME),
            Column.value("attempts", ColumnType.NUMBER),
            Column.value("next_try_at", ColumnType.TIME),
            Column.value("reason", ColumnType.TEXT),
            Column.revision("revision"));

    private static final Table ENDED = Table.of(
            "ms_enrichment",
            Column.key("member_id"),
            Column.key("integration"),
            Column.key("part"),
            new Column("revision", ColumnType.NUMBER, Column.Role.KEY, false));

    private static final String READ = "SELECT member_id, integration, organization, provider, state, sealed,"
            + " number_hash, subject_hash, held, taken_at, attempts, next_try_at, reason, revision FROM ms_enrichment";

    private static final String WAITING = "state IN ('UNVERIFIED', 'PENDING')";
    private static final String DUE = " WHERE " + WAITING + " AND next_try_at <= ?";

    private final JdbcSession session;

    JdbcEnrichments(JdbcSession session) {
        this.session = session;
    }

    @Override
    public List<EnrichmentTask> load(MemberId member) {
        return session.query("Loading enrichments of a member", READ + " WHERE member_id = ?")
                .key(member.value())
                .list(JdbcEnrichments::task);
    }

    @Override
    public void save(Collection<EnrichmentTask> tasks) {
        List<EnrichmentTask> changed =
                tasks.stream().filter(task -> task.revision() != 0).toList();
        List<EnrichmentTask> made =
                tasks.stream().filter(task -> task.revision() == 0).toList();
        if (rows(changed).updateUnchanged() + rows(made).insertNew() != tasks.size()) {
            throw stale();
        }
    }

    private Rows<EnrichmentTask> rows(List<EnrichmentTask> tasks) {
        return session.rows("Storing enrichments", TASK, tasks)
                .each(task -> task.member().value())
                .each(task -> task.integration().value())
                .each(JdbcEnrichments::part)
                .each(task -> task.organization().value())
                .each(EnrichmentTask::provider)
                .each(task -> task.state().name())
                .each(task -> task.contents().sealed())
                .each(task -> task.contents().number())
                .each(task -> task.contents().subject())
                .each(task -> task.contents().held().map(Enum::name))
                .each(task -> task.progress().takenAt())
                .each(task -> (long) task.progress().attempts())
                .each(task -> task.progress().nextTryAt())
                .each(task -> task.progress().reason())
                .each(EnrichmentTask::revision);
    }

    private static StaleVersionException stale() {
        return new StaleVersionException("An enrichment");
    }

    @Override
    public void remove(Collection<EnrichmentTask> tasks) {
        int removed = session.rows("Removing enrichments", ENDED, tasks)
                .each(task -> task.member().value())
                .each(task -> task.integration().value())
                .each(JdbcEnrichments::part)
                .each(EnrichmentTask::revision)
                .delete();
        if (removed != tasks.size()) {
            throw stale();
        }
    }

    @Override
    public Set<IntegrationId> waiting(Instant now) {
        return new HashSet<>(
                session.query("Looking for enrichments", "SELECT DISTINCT integration FROM ms_enrichment" + DUE)
                        .time(now)
                        .list(row -> IntegrationId.of(row.key(1))));
    }

    @Override
    public List<EnrichmentTask> due(IntegrationId integration, EnrichmentState state, Instant now, int limit) {
        return session.query(
                        "Reading enrichments",
                        READ + DUE + " AND integration = ? AND state = ?"
                                + " ORDER BY next_try_at, taken_at, member_id LIMIT ?")
                .time(now)
                .key(integration.value())
                .text(state.name())
                .number(limit)
                .list(JdbcEnrichments::task);
    }

    @Override
    public List<EnrichmentTask> withNumber(OrganizationId organization, String hash) {
        return withHash("number_hash", organization, hash);
    }

    @Override
    public List<EnrichmentTask> ofSubject(OrganizationId organization, String hash) {
        return withHash("subject_hash", organization, hash);
    }

    private List<EnrichmentTask> withHash(String column, OrganizationId organization, String hash) {
        return session.query(
                        "Finding enrichments of one person", READ + " WHERE organization = ? AND " + column + " = ?")
                .key(organization.value())
                .text(hash)
                .list(JdbcEnrichments::task);
    }

    @Override
    public Slice<EnrichmentTask> list(
            OrganizationId organization, Set<EnrichmentState> states, Optional<String> cursor, int limit) {
        String behind = cursor.isPresent() ? " AND (member_id, integration, part) > (?, ?, ?)" : "";
        Query query = session.query(
                        "Listing enrichments",
                        READ + " WHERE organization = ?" + behind + " AND "
                                + session.dialect().anyOf("state") + " ORDER BY member_id, integration, part LIMIT ?")
                .key(organization.value());
        cursor.ifPresent(last -> {
            int part = last.lastIndexOf(SEPARATOR);
            int integration = last.lastIndexOf(SEPARATOR, part - 1);
            query.key(last.substring(0, integration))
                    .key(last.substring(integration + 1, part))
                    .key(last.substring(part + 1));
        });
        query.array(ColumnType.TEXT, states.stream().map(EnrichmentState::name).toArray());
        return Slices.cut(
                query.number(Slices.rows(limit)).list(JdbcEnrichments::task),
                limit,
                task -> task.member().value() + SEPARATOR + task.integration().value() + SEPARATOR + part(task));
    }

    private static String part(EnrichmentTask task) {
        return task.open() ? "login" : "number";
    }

    @Override
    public Map<EnrichmentState, Long> count(OrganizationId organization) {
        Map<EnrichmentState, Long> counts = new EnumMap<>(EnrichmentState.class);
        session.query(
                        "Counting enrichments",
                        "SELECT state, count(*) FROM ms_enrichment WHERE organization = ? GROUP BY state")
                .key(organization.value())
                .list(row -> Map.entry(EnrichmentState.valueOf(row.text(1)), row.number(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    @Override
    public Optional<Instant> waitingSince(OrganizationId organization) {
        return session.query(
                        "Looking for the oldest enrichment",
                        "SELECT taken_at FROM ms_enrichment WHERE " + WAITING
                                + " AND organization = ? ORDER BY taken_at LIMIT 1")
                .key(organization.value())
                .first(row -> row.time(1));
    }

    private static EnrichmentTask task(Row row) throws SQLException {
        return new EnrichmentTask(
                MemberId.of(row.key(1)),
                IntegrationId.of(row.key(2)),
                OrganizationId.of(row.key(3)),
                row.text(4),
                EnrichmentState.valueOf(row.text(5)),
                new EnrichmentTask.Contents(
                        row.optionalText(6),
                        row.optionalText(7),
                        row.optionalText(8),
                        row.optionalText(9).map(NationalIdCheck.Kind::valueOf)),
                new EnrichmentTask.Progress(
                        row.time(10), Math.toIntExact(row.number(11)), row.time(12), row.optionalText(13)),
                row.number(14));
    }
}

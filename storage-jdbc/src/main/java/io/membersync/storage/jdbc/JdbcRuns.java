package io.membersync.storage.jdbc;

import io.membersync.connector.Cursor;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.StorageException;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Standing;
import io.membersync.run.Trigger;
import io.membersync.storage.Fence;
import io.membersync.storage.RunStore;
import io.membersync.storage.StoredText;
import io.membersync.storage.SyncPosition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Runs in {@code ms_run}, leases in {@code ms_lease}, positions in {@code ms_position}. */
final class JdbcRuns implements RunStore {

    private static final int MAX_JOB_LENGTH = 250;

    private static final Table RUN = Table.of(
            "ms_run",
            Column.key("id"),
            Column.value("organization", ColumnType.KEY),
            Column.value("integration", ColumnType.KEY),
            Column.value("kind", ColumnType.TEXT),
            Column.value("started_for", ColumnType.TEXT),
            Column.value("started_by", ColumnType.TEXT),
            Column.value("state", ColumnType.TEXT),
            Column.value("active", ColumnType.FLAG),
            Column.value("queued_at", ColumnType.TIME),
            Column.value("started_at", ColumnType.TIME),
            Column.value("ended_at", ColumnType.TIME),
            Column.value("checkpoint", ColumnType.TEXT),
            Column.value("counts", ColumnType.TEXT),
            Column.value("total", ColumnType.NUMBER),
            Column.value("failure", ColumnType.TEXT),
            Column.value("rules", ColumnType.NUMBER),
            Column.value("configuration", ColumnType.NUMBER),
            Column.value("parked_until", ColumnType.TIME));

    private static final Table POSITION = Table.of(
            "ms_position",
            Column.key("integration"),
            Column.value("feed", ColumnType.TEXT),
            Column.value("full_sync_at", ColumnType.TIME),
            Column.value("sync_at", ColumnType.TIME),
            Column.value("standing", ColumnType.TEXT));

    private static final String COLUMNS =
            "SELECT ms_run.id, organization, integration, kind, started_for, started_by, state, queued_at, started_at,"
                    + " ended_at, checkpoint, counts, total, failure, rules, configuration, parked_until FROM ";

    private static final String READ = COLUMNS + "ms_run WHERE ";

    private final JdbcSession session;

    JdbcRuns(JdbcSession session) {
        this.session = session;
    }

    @Override
    public Fence claim(String job) {
        if (job.length() > MAX_JOB_LENGTH) {
            throw new IllegalArgumentException("A job's name has at most " + MAX_JOB_LENGTH + " characters");
        }
        return new Fence(job, session.dialect().claim(session, job));
    }

    @Override
    public void hold(String job) {
        session.query("Holding a lease", "SELECT token FROM ms_lease WHERE job = ? FOR UPDATE")
                .key(job)
                .first(row -> row.number(1));
    }

    @Override
    public boolean add(Run run) {
        if (added(run)) {
            return true;
        }
        if (find(run.id()).isPresent()) {
            throw new IllegalArgumentException("The run '" + run.id() + "' exists already");
        }
        return false;
    }

    private boolean added(Run run) {
        try {
            return rows(run).insertUnlessTaken() == 1;
        } catch (StorageException failure) {
            // H2 has no way of saying it without a failure.
            if (Failures.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public void save(Run run) {
        try {
            if (rows(run).updateUnchanged() == 0) {
                throw new IllegalArgumentException("There is no run '" + run.id() + "' to save");
            }
        } catch (StorageException failure) {
            throw Failures.isDuplicate(failure)
                    ? new StaleVersionException("The active run of '" + run.integration() + "'")
                    : failure;
        }
    }

    private Rows<Run> rows(Run run) {
        return session.rows("Storing a run", RUN, List.of(run))
                .each(r -> r.id().value())
                .each(r -> r.organization().value())
                .each(r -> r.integration().value())
                .each(r -> r.kind().name())
                .each(r -> r.trigger().name())
                .each(Run::startedBy)
                .each(r -> r.state().name())
                .each(r -> r.state().active() ? true : null)
                .each(Run::queuedAt)
                .each(Run::startedAt)
                .each(Run::endedAt)
                .each(r -> StoredText.checkpoint(r.checkpoint()))
                .each(r -> StoredText.counts(r.counts()))
                .each(Run::total)
                .each(r -> r.failure().map(StoredText::failure))
                .each(Run::rules)
                .each(Run::configuration)
                .each(Run::parkedUntil);
    }

    @Override
    public Optional<Run> find(RunId id) {
        return session.query("Reading a run", READ + "id = ?").key(id.value()).first(JdbcRuns::run);
    }

    @Override
    public Slice<Run> list(IntegrationId integration, Optional<String> cursor, int limit) {
        String older = cursor.isPresent() ? " AND (queued_at < ? OR (queued_at = ? AND id < ?))" : "";
        Query query = session.query(
                        "Listing runs", READ + "integration = ?" + older + " ORDER BY queued_at DESC, id DESC LIMIT ?")
                .key(integration.value());
        cursor.map(Age::parse).ifPresent(age -> query.time(age.at).time(age.at).key(age.id));
        return Slices.cut(query.number(Slices.rows(limit)).list(JdbcRuns::run), limit, Age::text);
    }

    @Override
    public List<Run> unfinished() {
        return session.query("Listing runs", READ + "active AND state <> 'PAUSED' ORDER BY queued_at, id")
                .list(JdbcRuns::run);
    }

    @Override
    public Optional<Run> active(IntegrationId integration) {
        return session.query("Reading a run", READ + "integration = ? AND active")
                .key(integration.value())
                .first(JdbcRuns::run);
    }

    /** Finds the active runs of integrations. */
    List<Run> activeOf(Collection<IntegrationId> integrations) {
        return session.query(
                        "Listing active runs",
                        COLUMNS + session.dialect().among("ms_run", "", "integration", ColumnType.KEY) + " AND active")
                .keys(integrations.stream().map(IntegrationId::value).toList())
                .list(JdbcRuns::run);
    }

    /** Finds runs by their ids. */
    List<Run> all(Collection<RunId> ids) {
        return session.query(
                        "Reading runs", COLUMNS + session.dialect().among("ms_run", "", "ms_run.id", ColumnType.KEY))
                .keys(ids.stream().map(RunId::value).toList())
                .list(JdbcRuns::run);
    }

    @Override
    public void ask(RunId id, Ask ask) {
        session.query("Asking something of a run", "UPDATE ms_run SET asked = ? WHERE id = ?")
                .text(ask.name())
                .key(id.value())
                .update();
    }

    @Override
    public Ask asked(RunId id) {
        return session.query("Reading a run", "SELECT asked FROM ms_run WHERE id = ?")
                .key(id.value())
                .first(row -> Ask.valueOf(row.text(1)))
                .orElse(Ask.GO_ON);
    }

    @Override
    public SyncPosition position(IntegrationId integration) {
        return session.query(
                        "Reading a position",
                        "SELECT feed, full_sync_at, sync_at, standing FROM ms_position WHERE integration = ?")
                .key(integration.value())
                .first(row -> position(row, 1))
                .orElse(SyncPosition.NONE);
    }

    /** Reads a position from four columns, of which a missing row leaves nulls. */
    static SyncPosition position(Row row, int at) throws SQLException {
        return new SyncPosition(
                row.optionalText(at).map(Cursor::new),
                row.optionalTime(at + 1),
                row.optionalTime(at + 2),
                row.optionalText(at + 3).map(StoredText::standing).orElse(Standing.NONE));
    }

    @Override
    public void savePosition(IntegrationId integration, SyncPosition position) {
        session.rows("Storing a position", POSITION, List.of(position))
                .each(p -> integration.value())
                .each(p -> p.feed().map(Cursor::text))
                .each(SyncPosition::fullSyncAt)
                .each(SyncPosition::syncAt)
                .each(p -> StoredText.standing(p.standing()))
                .upsert();
    }

    private static Run run(Row row) throws SQLException {
        return new Run(
                new RunId(row.key(1)),
                OrganizationId.of(row.key(2)),
                IntegrationId.of(row.key(3)),
                RunKind.valueOf(row.text(4)),
                Trigger.valueOf(row.text(5)),
                row.text(6),
                RunState.valueOf(row.text(7)),
                row.time(8),
                row.optionalTime(9),
                row.optionalTime(10),
                StoredText.checkpoint(row.text(11)),
                StoredText.counts(row.text(12)),
                row.optionalNumber(13),
                row.optionalText(14).map(StoredText::failure),
                row.optionalNumber(15),
                row.optionalNumber(16),
                row.optionalTime(17));
    }

    /** A place in the list of runs. */
    private record Age(Instant at, String id) {

        static String text(Run run) {
            return Times.micros(run.queuedAt()) + "-" + run.id();
        }

        static Age parse(String cursor) {
            // A number before 1970 has a minus sign of its own.
            int end = cursor.indexOf('-', 1);
            long micros = Long.parseLong(cursor.substring(0, end));
            Instant at = Instant.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
            return new Age(at, cursor.substring(end + 1));
        }
    }
}

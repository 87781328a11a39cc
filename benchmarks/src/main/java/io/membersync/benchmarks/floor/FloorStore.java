package io.membersync.benchmarks.floor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables and the few statements that the floor needs, prepared once. For one thread. */
final class FloorStore implements AutoCloseable {

    private static final String SCHEMA = "CREATE TABLE app_member (ext_id text COLLATE \"C\" PRIMARY KEY, "
            + MemberColumn.ALL.stream()
                    .map(column -> column.column() + " " + column.type())
                    .collect(Collectors.joining(", "))
            + ");"
            + "CREATE TABLE member_snapshot (ext_id text COLLATE \"C\" NOT NULL, hash uuid, payload text NOT NULL,"
            + " src_version text, PRIMARY KEY (ext_id) INCLUDE (hash));"
            + "CREATE TABLE sync_audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL,"
            + " kind text NOT NULL, ext_id text NOT NULL, details text);"
            + "CREATE TABLE sync_absence (ext_id text COLLATE \"C\" PRIMARY KEY);"
            + "CREATE TABLE sync_position (feed text)";

    private final Connection connection;
    private final PreparedStatement hashesFrom;
    private final PreparedStatement hashesInRange;
    private final PreparedStatement hashesOf;
    private final PreparedStatement rowsOf;
    private final PreparedStatement writeMembers;
    private final PreparedStatement writeSnapshots;
    private final PreparedStatement writeAudit;
    private final PreparedStatement writeAbsent;
    private final PreparedStatement endMembers;
    private final PreparedStatement endSnapshots;

    FloorStore(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        String hashes = "SELECT ext_id, hash FROM member_snapshot WHERE ";
        hashesFrom = connection.prepareStatement(hashes + "ext_id > ? ORDER BY ext_id");
        hashesInRange = connection.prepareStatement(hashes + "ext_id > ? AND ext_id <= ? ORDER BY ext_id");
        hashesOf = connection.prepareStatement(hashes + "ext_id = ANY (?)");
        rowsOf = connection.prepareStatement("SELECT ext_id, payload, " + MemberColumn.names()
                + " FROM app_member JOIN member_snapshot USING (ext_id) WHERE ext_id = ANY (?)");
        writeMembers = connection.prepareStatement(upsert(
                "app_member",
                "ext_id, " + MemberColumn.names(),
                "?::text[], "
                        + MemberColumn.ALL.stream()
                                .map(column -> "?::" + column.type() + "[]")
                                .collect(Collectors.joining(", "))));
        writeSnapshots = connection.prepareStatement(upsert(
                "member_snapshot", "ext_id, hash, payload, src_version", "?::text[], ?::uuid[], ?::text[], ?::text[]"));
        writeAudit = connection.prepareStatement("INSERT INTO sync_audit (at, kind, ext_id, details)"
                + " SELECT now(), * FROM unnest(?::text[], ?::text[], ?::text[])");
        writeAbsent = connection.prepareStatement(
                "INSERT INTO sync_absence SELECT * FROM unnest(?::text[]) ON CONFLICT DO NOTHING");
        endMembers = connection.prepareStatement("UPDATE app_member SET status = 'TERMINATED' WHERE ext_id = ANY (?)");
        endSnapshots = connection.prepareStatement("UPDATE member_snapshot SET hash = NULL WHERE ext_id = ANY (?)");
    }

    static void install(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    private static String upsert(String table, String columns, String arrays) {
        String assignments = java.util.Arrays.stream(columns.split(", ", -1))
                .skip(1)
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + columns + ") SELECT * FROM unnest(" + arrays
                + ") ON CONFLICT (ext_id) DO UPDATE SET " + assignments;
    }

    /** The ids and hashes behind one id and up to another, or to the end. To be closed by the caller. */
    ResultSet hashes(String after, @Nullable String upTo) throws SQLException {
        PreparedStatement query = upTo == null ? hashesFrom : hashesInRange;
        query.setString(1, after);
        if (upTo != null) {
            query.setString(2, upTo);
        }
        return query.executeQuery();
    }

    ResultSet hashes(List<String> ids) throws SQLException {
        hashesOf.setArray(1, texts(ids));
        return hashesOf.executeQuery();
    }

    /** Loads the rows of members that changed. */
    void load(List<String> ids, MemberRows rows) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        rowsOf.setArray(1, texts(ids));
        try (ResultSet found = rowsOf.executeQuery()) {
            while (found.next()) {
                @Nullable String[] app = new @Nullable String[MemberColumn.COUNT];
                for (int i = 0; i < app.length; i++) {
                    app[i] = i == MemberColumn.PROTECTED_ADDRESS.ordinal()
                            ? String.valueOf(found.getBoolean(i + 3))
                            : found.getString(i + 3);
                }
                rows.known.put(found.getString(1), new MemberRows.Known(app, MemberRows.fields(found.getString(2))));
            }
        }
    }

    void write(MemberRows rows) throws SQLException {
        if (!rows.ids.isEmpty()) {
            writeMembers.setArray(1, texts(rows.ids));
            for (MemberColumn column : MemberColumn.ALL) {
                String[] values = rows.columns.get(column.ordinal()).toArray(new String[0]);
                writeMembers.setArray(column.ordinal() + 2, connection.createArrayOf(column.type(), values));
            }
            writeMembers.executeUpdate();
            writeSnapshots.setArray(1, texts(rows.ids));
            writeSnapshots.setArray(2, connection.createArrayOf("uuid", rows.hashes.toArray(new UUID[0])));
            writeSnapshots.setArray(3, texts(rows.payloads));
            writeSnapshots.setArray(4, texts(rows.versions));
            writeSnapshots.executeUpdate();
        }
        if (!rows.ended.isEmpty()) {
            endMembers.setArray(1, texts(rows.ended));
            endMembers.executeUpdate();
            endSnapshots.setArray(1, texts(rows.ended));
            endSnapshots.executeUpdate();
        }
        if (!rows.auditIds.isEmpty()) {
            writeAudit.setArray(1, texts(rows.auditKinds));
            writeAudit.setArray(2, texts(rows.auditIds));
            writeAudit.setArray(3, texts(rows.auditDetails));
            writeAudit.executeUpdate();
        }
        if (!rows.absent.isEmpty()) {
            writeAbsent.setArray(1, texts(rows.absent));
            writeAbsent.executeUpdate();
        }
    }

    void forgetAbsent() throws SQLException {
        execute("DELETE FROM sync_absence");
    }

    String position() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT feed FROM sync_position")) {
            found.next();
            return String.valueOf(found.getString(1));
        }
    }

    /** Only the feed tells deletions: a listing takes its place in the feed only where there is none yet. */
    void keepPosition(String feed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sync_position SELECT ? WHERE NOT EXISTS (SELECT 1 FROM sync_position)")) {
            insert.setString(1, feed);
            insert.executeUpdate();
        }
    }

    void savePosition(String feed) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE sync_position SET feed = ?")) {
            update.setString(1, feed);
            if (update.executeUpdate() == 1) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO sync_position VALUES (?)")) {
            insert.setString(1, feed);
            insert.executeUpdate();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private java.sql.Array texts(List<? extends @Nullable String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray(new String[0]));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

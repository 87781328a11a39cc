package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** H2. Ids are stored as UTF-8 bytes, because text is compared by the collation of the database. */
final class H2Dialect implements Dialect {

    private static final String WRITE_DELAY =
            "SELECT MAX(SETTING_VALUE) FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'";

    @Override
    public String folder() {
        return "h2";
    }

    @Override
    public String type(ColumnType type) {
        return switch (type) {
            case KEY -> "VARBINARY";
            case TEXT -> "VARCHAR";
            case NUMBER -> "BIGINT";
            case FLAG -> "BOOLEAN";
            case DAY -> "DATE";
            case TIME -> "TIMESTAMP(6) WITH TIME ZONE";
            case UUID -> "UUID";
        };
    }

    @Override
    public String instant(String microseconds) {
        return "DATEADD(MICROSECOND, " + microseconds + ", TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00')";
    }

    @Override
    public Array array(Connection connection, ColumnType type, @Nullable Object[] values) throws SQLException {
        @Nullable Object[] elements = type == ColumnType.KEY ? bytes(values) : values;
        return connection.createArrayOf(type(type), elements);
    }

    private static @Nullable Object[] bytes(@Nullable Object[] keys) {
        @Nullable Object[] bytes = new @Nullable Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Object key = keys[i];
            bytes[i] = key == null ? null : bytes(key.toString());
        }
        return bytes;
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void bindKey(PreparedStatement statement, int at, String key) throws SQLException {
        statement.setBytes(at, bytes(key));
    }

    @Override
    public @Nullable String key(ResultSet row, int at) throws SQLException {
        byte[] bytes = row.getBytes(at);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String among(String table, String joined, String column, ColumnType type) {
        // As a join that begins with the array: H2 carries a subquery out again for each row, and does not look the
        // elements of an array up in an index.
        return "UNNEST(CAST(? AS " + type(type) + " ARRAY)) AS x(id) INNER JOIN " + table + " ON " + column + " = x.id"
                + joined + " WHERE TRUE";
    }

    @Override
    public String unguessedKey() {
        return "?";
    }

    @Override
    public String lastDigits(String column, int count) {
        return "RIGHT(REGEXP_REPLACE(" + column + ", '[^0-9]', ''), " + count + ")";
    }

    @Override
    public String anyOf(String column) {
        return column + " = ANY (?)";
    }

    @Override
    public String insertNew(Table table, String source) {
        return Statements.insert(table, source) + " WHERE NOT EXISTS (SELECT 1 FROM " + table.name() + " AS t WHERE "
                + table.same() + ")";
    }

    @Override
    public String insertUnlessTaken(Table table, String source) {
        return Statements.insert(table, source);
    }

    @Override
    public String upsert(Table table, String source) {
        return merge(table, source, table.same()) + " THEN UPDATE SET " + table.assignments()
                + " WHEN NOT MATCHED THEN INSERT (" + table.names() + ") VALUES (" + table.stored() + ")";
    }

    @Override
    public String narrowing(String column, ColumnType type) {
        return "";
    }

    @Override
    public String update(Table table, String source, String assignments, String condition) {
        return merge(table, source, condition) + " THEN UPDATE SET " + assignments;
    }

    @Override
    public String updateReturning(Table table, String source, String assignments, String condition, String column) {
        return "SELECT " + column + " FROM FINAL TABLE (" + update(table, source, assignments, condition) + ")";
    }

    @Override
    public String delete(Table table, String source, String condition) {
        return merge(table, source, condition) + " THEN DELETE";
    }

    private static String merge(Table table, String source, String condition) {
        return "MERGE INTO " + table.name() + " AS t USING " + source + " ON (" + condition + ") WHEN MATCHED";
    }

    @Override
    public long claim(JdbcSession session, String job) {
        return raised(session, job)
                .or(() -> {
                    first(session, job);
                    return raised(session, job);
                })
                .orElseThrow(() -> new StorageException("Taking a lease over failed", true, null));
    }

    private static Optional<Long> raised(JdbcSession session, String job) {
        return session.query(
                        "Taking a lease over",
                        "SELECT token FROM FINAL TABLE (UPDATE ms_lease SET token = token + 1 WHERE job = ?)")
                .key(job)
                .first(row -> row.number(1));
    }

    private static void first(JdbcSession session, String job) {
        try {
            session.query("Making a lease", "INSERT INTO ms_lease (job, token) VALUES (?, 0)")
                    .key(job)
                    .update();
        } catch (StorageException failure) {
            // Somebody else was faster; in H2 the transaction goes on.
            if (!Failures.isDuplicate(failure)) {
                throw failure;
            }
        }
    }

    @Override
    public String markEdits() {
        return "MERGE INTO ms_edit_mark AS t USING (SELECT l.integration, l.external_id,"
                + " CAST(? AS TIMESTAMP(6) WITH TIME ZONE) AS edited_at FROM "
                + among("ms_link AS l", "", "l.member_id", ColumnType.KEY) + " AND l.live) AS u"
                + " ON (t.integration = u.integration AND t.external_id = u.external_id)"
                + " WHEN MATCHED THEN UPDATE SET edition = NEXT VALUE FOR ms_edition, edited_at = u.edited_at"
                + " WHEN NOT MATCHED THEN INSERT (integration, external_id, edition, edited_at)"
                + " VALUES (u.integration, u.external_id, NEXT VALUE FOR ms_edition, u.edited_at)";
    }

    @Override
    public String markApart() {
        return again("ms_link AS l WHERE " + apart());
    }

    @Override
    public String markAgain() {
        return again(among("ms_link AS l", "", "l.member_id", ColumnType.KEY) + " AND l.live");
    }

    private static String again(String links) {
        return "MERGE INTO ms_edit_mark AS t USING (SELECT l.integration, l.external_id FROM " + links
                + ") AS u ON (t.integration = u.integration AND t.external_id = u.external_id)"
                + " WHEN MATCHED THEN UPDATE SET edition = NEXT VALUE FOR ms_edition"
                + " WHEN NOT MATCHED THEN INSERT (integration, external_id, edition)"
                + " VALUES (u.integration, u.external_id, NEXT VALUE FOR ms_edition)";
    }

    @Override
    public String nextNumbers(String sequence) {
        return "SELECT NEXT VALUE FOR " + sequence + " FROM SYSTEM_RANGE(1, ?)";
    }

    @Override
    public boolean checksRowByRow() {
        return true;
    }

    @Override
    public Optional<TableDescription.Name> tableMeant(Connection connection, String name) throws SQLException {
        // Only the database itself knows its search path; the statement is not executed.
        try (PreparedStatement look = connection.prepareStatement("SELECT * FROM " + name + " WHERE FALSE")) {
            ResultSetMetaData columns = look.getMetaData();
            return Optional.of(new TableDescription.Name(columns.getSchemaName(1), columns.getTableName(1)));
        } catch (SQLException failure) {
            if (Failures.isMissing(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public boolean countsCodePoints() {
        return false;
    }

    @Override
    public void checkDurable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet setting = statement.executeQuery(WRITE_DELAY)) {
            if (setting.next()
                    && setting.getString(1) != null
                    && !setting.getString(1).equals("0")) {
                throw new StorageException(
                        "H2 is set to write commits to disk up to " + setting.getString(1) + " ms after it acknowledges"
                                + " them, and would lose them in a crash: call JdbcStorage.install(), or run SET"
                                + " WRITE_DELAY 0, and take WRITE_DELAY out of the connection's URL",
                        false,
                        null);
            }
        }
    }
}

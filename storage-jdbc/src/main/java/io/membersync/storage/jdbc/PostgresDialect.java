package io.membersync.storage.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
final class PostgresDialect implements Dialect {

    private static final String TABLE_MEANT = "SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n"
            + " ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)";

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public String type(ColumnType type) {
        return switch (type) {
            case KEY, TEXT -> "text";
            case NUMBER -> "bigint";
            case FLAG -> "boolean";
            case DAY -> "date";
            case TIME -> "timestamptz";
            case UUID -> "uuid";
        };
    }

    @Override
    public String instant(String microseconds) {
        return "timestamptz 'epoch' + " + microseconds + " * interval '1 microsecond'";
    }

    @Override
    public Array array(Connection connection, ColumnType type, @Nullable Object[] values) throws SQLException {
        // The driver encodes arrays of these three types without looking at each element's class.
        return switch (type) {
            case KEY, TEXT -> connection.createArrayOf("text", copy(values, new String[values.length]));
            case DAY -> connection.createArrayOf("date", copy(values, new String[values.length]));
            case UUID -> connection.createArrayOf("uuid", copy(values, new String[values.length]));
            case NUMBER, TIME -> connection.createArrayOf("int8", copy(values, new Long[values.length]));
            case FLAG -> connection.createArrayOf("bool", copy(values, new Boolean[values.length]));
        };
    }

    private static @Nullable Object[] copy(@Nullable Object[] values, @Nullable Object[] typed) {
        System.arraycopy(values, 0, typed, 0, values.length);
        return typed;
    }

    @Override
    public void bindKey(PreparedStatement statement, int at, String key) throws SQLException {
        statement.setString(at, key);
    }

    @Override
    public @Nullable String key(ResultSet row, int at) throws SQLException {
        return row.getString(at);
    }

    @Override
    public String among(String table, String joined, String column, ColumnType type) {
        return table + joined + " WHERE " + column + " = ANY (CAST(? AS " + type(type) + "[]))";
    }

    @Override
    public String unguessedKey() {
        return "(SELECT CAST(? AS text))";
    }

    @Override
    public String lastDigits(String column, int count) {
        return "RIGHT(REGEXP_REPLACE(" + column + ", '[^0-9]', '', 'g'), " + count + ")";
    }

    @Override
    public String anyOf(String column) {
        return column + " = ANY (CAST(? AS text[]))";
    }

    @Override
    public String insertNew(Table table, String source) {
        return Statements.insert(table, source) + " ON CONFLICT (" + table.keys() + ") DO NOTHING";
    }

    @Override
    public String insertUnlessTaken(Table table, String source) {
        return Statements.insert(table, source) + " ON CONFLICT DO NOTHING";
    }

    @Override
    public String upsert(Table table, String source) {
        return "INSERT INTO " + table.name() + " AS t (" + table.names() + ") SELECT " + table.stored() + " FROM "
                + source + " ON CONFLICT (" + table.keys() + ") DO UPDATE SET "
                + table.assignments().replace("= u.", "= excluded.");
    }

    @Override
    public String narrowing(String column, ColumnType type) {
        return " AND " + column + " = ANY (CAST(? AS " + type(type) + "[]))";
    }

    @Override
    public String update(Table table, String source, String assignments, String condition) {
        return "UPDATE " + table.name() + " AS t SET " + assignments + " FROM " + source + " WHERE " + condition;
    }

    @Override
    public String updateReturning(Table table, String source, String assignments, String condition, String column) {
        return update(table, source, assignments, condition) + " RETURNING t." + column;
    }

    @Override
    public String delete(Table table, String source, String condition) {
        return "DELETE FROM " + table.name() + " AS t USING " + source + " WHERE " + condition;
    }

    @Override
    public long claim(JdbcSession session, String job) {
        return session.query(
                        "Taking a lease over",
                        "INSERT INTO ms_lease AS l (job, token) VALUES (?, 1)"
                                + " ON CONFLICT (job) DO UPDATE SET token = l.token + 1 RETURNING token")
                .key(job)
                .one(row -> row.number(1));
    }

    @Override
    public String markEdits() {
        // Sorted, so that two hosts' transactions lock the same marks in the same order.
        return "INSERT INTO ms_edit_mark (integration, external_id, edition, edited_at)"
                + " SELECT l.integration, l.external_id, nextval('ms_edition'), CAST(? AS timestamptz)"
                + " FROM " + among("ms_link AS l", "", "l.member_id", ColumnType.KEY) + " AND l.live"
                + " ORDER BY l.integration, l.external_id"
                + " ON CONFLICT (integration, external_id)"
                + " DO UPDATE SET edition = excluded.edition, edited_at = excluded.edited_at";
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
        return "INSERT INTO ms_edit_mark (integration, external_id, edition)"
                + " SELECT l.integration, l.external_id, nextval('ms_edition') FROM " + links
                + " ORDER BY l.integration, l.external_id"
                + " ON CONFLICT (integration, external_id) DO UPDATE SET edition = excluded.edition";
    }

    @Override
    public String nextNumbers(String sequence) {
        return "SELECT nextval('" + sequence + "') FROM generate_series(1, CAST(? AS bigint))";
    }

    @Override
    public boolean checksRowByRow() {
        return false;
    }

    @Override
    public Optional<TableDescription.Name> tableMeant(Connection connection, String name) throws SQLException {
        try (PreparedStatement look = connection.prepareStatement(TABLE_MEANT)) {
            look.setString(1, name);
            try (ResultSet row = look.executeQuery()) {
                return row.next()
                        ? Optional.of(new TableDescription.Name(row.getString(1), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    @Override
    public boolean countsCodePoints() {
        return true;
    }

    @Override
    public void checkDurable(Connection connection) {
        // Commits are durable unless the operator has turned that off for the whole server.
    }
}

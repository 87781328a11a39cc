package io.membersync.storage.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table as the database describes it, and how the database understands names without quotes. Immutable. */
final class TableDescription {

    private static final String COLUMNS =
            "SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE, COLUMN_DEFAULT, IS_IDENTITY,"
                    + " IS_GENERATED FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                    + " ORDER BY ORDINAL_POSITION";

    private static final String SIMILAR = "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
            + " WHERE LOWER(TABLE_NAME) = ? ORDER BY TABLE_SCHEMA, TABLE_NAME";

    /**
     * A table's name as stored.
     *
     * @param schema its schema
     * @param table the table itself
     */
    record Name(String schema, String table) {

        /** {@return the name as a statement would have to write it} */
        @Override
        public String toString() {
            return "\"" + schema + "\".\"" + table + "\"";
        }
    }

    private final List<ColumnDescription> columns;
    private final boolean upper;
    private final boolean lower;
    private final boolean sameInAnyCase;

    private TableDescription(List<ColumnDescription> columns, DatabaseMetaData database) throws SQLException {
        this.columns = List.copyOf(columns);
        this.upper = database.storesUpperCaseIdentifiers();
        this.lower = database.storesLowerCaseIdentifiers();
        this.sameInAnyCase = !database.supportsMixedCaseQuotedIdentifiers();
    }

    /** Finds the table that statements mean by a name without quotes. */
    static Optional<TableDescription> find(Connection connection, Dialect dialect, String table) throws SQLException {
        Optional<Name> name = dialect.tableMeant(connection, table);
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new TableDescription(columns(connection, name.get()), connection.getMetaData()));
    }

    private static List<ColumnDescription> columns(Connection connection, Name name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, name.schema());
            statement.setString(2, name.table());
            List<ColumnDescription> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(column(row));
                }
            }
            return found;
        }
    }

    private static ColumnDescription column(ResultSet row) throws SQLException {
        long longest = row.getLong(3);
        Optional<Long> limit = row.wasNull() ? Optional.empty() : Optional.of(longest);
        boolean filled =
                row.getString(5) != null || "YES".equals(row.getString(6)) || "ALWAYS".equals(row.getString(7));
        return new ColumnDescription(row.getString(1), row.getString(2), limit, "NO".equals(row.getString(4)), filled);
    }

    /** Finds tables whose name differs in its case or schema only. */
    static List<Name> similar(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SIMILAR)) {
            statement.setString(1, table.substring(table.indexOf('.') + 1));
            List<Name> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Name(row.getString(1), row.getString(2)));
                }
            }
            return found;
        }
    }

    List<ColumnDescription> columns() {
        return columns;
    }

    /** Finds the column that statements mean by a name in lower case without quotes. */
    Optional<ColumnDescription> find(String column) {
        String stored = upper ? column.toUpperCase(Locale.ROOT) : lower ? column.toLowerCase(Locale.ROOT) : column;
        return columns.stream()
                .filter(known -> known.name().equals(stored))
                .findFirst()
                .or(() -> sameInAnyCase ? inAnyCase(column) : Optional.empty());
    }

    /** Finds a column whose name differs in its case at most. */
    Optional<ColumnDescription> inAnyCase(String column) {
        return columns.stream()
                .filter(known -> known.name().equalsIgnoreCase(column))
                .findFirst();
    }
}

package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs between the databases. Immutable, safe for many threads. */
interface Dialect {

    /** Finds the dialect of a connection's database. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> new PostgresDialect();
            case "H2" -> new H2Dialect();
            default ->
                throw new StorageException(
                        "The database '" + product + "' is not supported; use PostgreSQL or H2", false, null);
        };
    }

    /** The folder of its schema scripts. */
    String folder();

    /** The name of a type. */
    String type(ColumnType type);

    /** An expression for the instant that lies microseconds behind 1970. */
    String instant(String microseconds);

    /** Makes an array to bind; the values are as {@link ColumnType} says, instants as microseconds. */
    Array array(Connection connection, ColumnType type, @Nullable Object[] values) throws SQLException;

    /** Binds an id. */
    void bindKey(PreparedStatement statement, int at, String key) throws SQLException;

    /** Reads an id; null for none. */
    @Nullable
    String key(ResultSet row, int at) throws SQLException;

    /**
     * Narrows a table, with what is joined to it, down to the rows whose column holds one of an array to be bound. May be
     * followed by AND.
     */
    String among(String table, String joined, String column, ColumnType type);

    /**
     * An id to be bound, of which the planner guesses nothing from its statistics: for a short range of text its guess is
     * one row, however many there are.
     */
    String unguessedKey();

    /** An expression for the last digits of a text. */
    String lastDigits(String column, int count);

    /** A condition that a column's text is one of a few in an array to be bound. */
    String anyOf(String column);

    /** Inserts those rows whose key does not exist yet. */
    String insertNew(Table table, String source);

    /**
     * Inserts rows that may break a unique constraint besides the key: then inserts none, or fails as a duplicate and
     * leaves the transaction as it was.
     */
    String insertUnlessTaken(Table table, String source);

    /** Inserts rows, or replaces those of the same key. */
    String upsert(Table table, String source);

    /**
     * A condition, to be added to others, that a column holds one of an array to be bound:
     * where the database would otherwise go by its statistics, and might read a table whole that has grown since. Empty
     * where there is no such need.
     */
    String narrowing(String column, ColumnType type);

    /** Changes rows that meet a condition. */
    String update(Table table, String source, String assignments, String condition);

    /** The same, and gives a column of the rows that were changed. */
    String updateReturning(Table table, String source, String assignments, String condition, String column);

    /** Deletes rows that meet a condition. */
    String delete(Table table, String source, String condition);

    /** Takes a lease over; bound to the job, gives the new token. */
    long claim(JdbcSession session, String job);

    /** Marks the live links of members as edited; bound to the instant and the array of members. */
    String markEdits();

    /**
     * Marks the live links of an integration whose member has an open conflict or whose agreement is like a text; bound
     * to integration and text.
     */
    String markApart();

    /** Marks the live links of members to be decided on again; bound to the array of members. */
    String markAgain();

    /** What {@link #markApart} marks, as a condition on links called l. */
    default String apart() {
        return "l.integration = ? AND l.live AND (l.agreed LIKE ? OR EXISTS (SELECT 1 FROM ms_conflict AS c"
                + " WHERE c.integration = l.integration AND c.member_id = l.member_id AND c.ended_at IS NULL))";
    }

    /** Gives the next numbers of a sequence; bound to how many. */
    String nextNumbers(String sequence);

    /** True when a unique constraint is checked row by row, so that members cannot change places in one statement. */
    boolean checksRowByRow();

    /** Finds the table that statements mean by a name, as it is stored. */
    Optional<TableDescription.Name> tableMeant(Connection connection, String name) throws SQLException;

    /** True when the length of a text column counts code points, false when it counts UTF-16 units. */
    boolean countsCodePoints();

    /**
     * Refuses a database that would lose what it acknowledged.
     *
     * @throws StorageException when it would
     */
    void checkDurable(Connection connection) throws SQLException;
}

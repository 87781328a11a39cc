package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * Creates the library's tables and brings them up to date: numbered scripts, each applied once, in order, and noted in
 * {@code ms_schema}. Forward only: a database that a newer version of the library has brought up to date is refused. Any
 * number of processes may install at once. Immutable, safe for many threads.
 *
 * <p>A host that has a migration tool of its own may apply the scripts itself; they lie in this package's folder
 * {@code schema}, by database.
 */
public final class SchemaInstaller {

    private static final List<String> SCRIPTS = List.of("V001__tables");

    private static final String HISTORY = "CREATE TABLE IF NOT EXISTS ms_schema (version integer NOT NULL PRIMARY KEY,"
            + " script varchar(200) NOT NULL, installed_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL)";

    /** Any number that is not likely to be somebody else's. */
    private static final long POSTGRES_LOCK = 0x6d656d6265727379L;

    /** H2 commits each change of the schema by itself, so its scripts may run again, and one process holds the file. */
    private static final Object H2_LOCK = new Object();

    private final DataSource dataSource;
    private final List<String> scripts;

    private SchemaInstaller(DataSource dataSource, List<String> scripts) {
        this.dataSource = dataSource;
        this.scripts = List.copyOf(scripts);
    }

    /**
     * Makes an installer.
     *
     * @param dataSource where the tables are; its user may create tables in the current schema, and is an administrator
     *     in H2
     * @return the installer
     */
    public static SchemaInstaller of(DataSource dataSource) {
        return new SchemaInstaller(dataSource, SCRIPTS);
    }

    /** An installer of other scripts, in order of their numbers. */
    static SchemaInstaller of(DataSource dataSource, List<String> scripts) {
        return new SchemaInstaller(dataSource, scripts);
    }

    /**
     * Applies the scripts that the database does not have yet. In H2, also turns off delayed writing, with which a crash
     * would lose commits that were acknowledged.
     *
     * @return the names of the scripts that were applied, in order; empty when there was nothing to do
     * @throws StorageException when a script fails, or the database is newer than the library
     */
    public List<String> install() {
        try (Connection connection = dataSource.getConnection()) {
            Dialect dialect = Dialect.of(connection);
            return dialect instanceof H2Dialect ? installH2(connection, dialect) : installPostgres(connection, dialect);
        } catch (SQLException failure) {
            throw Failures.of("Installing the schema", failure);
        }
    }

    private List<String> installH2(Connection connection, Dialect dialect) throws SQLException {
        synchronized (H2_LOCK) {
            execute(connection, "SET WRITE_DELAY 0");
            List<String> applied = apply(connection, dialect);
            dialect.checkDurable(connection);
            return applied;
        }
    }

    private List<String> installPostgres(Connection connection, Dialect dialect) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            execute(connection, "SELECT pg_advisory_xact_lock(" + POSTGRES_LOCK + ")");
            List<String> applied = apply(connection, dialect);
            connection.commit();
            done = true;
            return applied;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(autoCommit);
        }
    }

    private List<String> apply(Connection connection, Dialect dialect) throws SQLException {
        execute(connection, HISTORY);
        int installed = installed(connection);
        if (installed > scripts.size()) {
            throw new StorageException(
                    "The database's schema has version " + installed + ", newer than this library's " + scripts.size()
                            + "; use a newer version of the library",
                    false,
                    null);
        }
        List<String> missing = scripts.subList(installed, scripts.size());
        for (String script : missing) {
            for (String statement : statements(dialect, script)) {
                execute(connection, statement);
            }
            execute(
                    connection,
                    "INSERT INTO ms_schema (version, script) VALUES (" + number(script) + ", '" + script + "')");
        }
        return List.copyOf(missing);
    }

    private static int installed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet newest = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM ms_schema")) {
            newest.next();
            return newest.getInt(1);
        }
    }

    private static int number(String script) {
        return Integer.parseInt(script.substring(1, script.indexOf("__")));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> statements(Dialect dialect, String script) {
        String name = "schema/" + dialect.folder() + "/" + script + ".sql";
        try (InputStream resource = SchemaInstaller.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The script " + name + " is missing");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return new ArrayList<>(Arrays.stream(text.split(";"))
                    .filter(part -> !part.isBlank())
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package io.membersync.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A database of one's own, gone when closed. */
final class TestDatabase implements AutoCloseable {

    private final CountingDataSource dataSource;
    private final Runnable end;

    private TestDatabase(CountingDataSource dataSource, Runnable end) {
        this.dataSource = dataSource;
        this.end = end;
    }

    /** One server for the whole JVM, which stops with it. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();
        private static final String DATABASE = "membersync";
        private static int schemas;

        private static EmbeddedPostgres start() {
            try {
                // Nothing of a test outlives it, so that nothing has to reach the disk.
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        // Otherwise VACUUM cannot yet tell that what was just written is visible to all.
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("deadlock_timeout", "100ms")
                        .start();
                execute(
                        server.getPostgresDatabase(),
                        "CREATE DATABASE " + DATABASE + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'nb'");
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private static synchronized int next() {
            return ++schemas;
        }
    }

    /**
     * A new schema, and so as good as a database of its own, on a real server; the database's own collation is not the
     * order of code points.
     */
    static TestDatabase postgres() throws SQLException {
        String schema = "test_" + Server.next();
        String url = Server.POSTGRES.getJdbcUrl("postgres", Server.DATABASE) + "&currentSchema=" + schema;
        HikariDataSource pool = pool(url);
        execute(pool, "CREATE SCHEMA " + schema);
        return new TestDatabase(new CountingDataSource(pool), () -> {
            drop(pool, schema);
            pool.close();
        });
    }

    private static void drop(DataSource pool, String schema) {
        try {
            execute(pool, "DROP SCHEMA " + schema + " CASCADE");
            execute(pool, "DROP SCHEMA IF EXISTS " + HostTables.SCHEMA + " CASCADE");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A new database in files. */
    static TestDatabase h2() throws IOException {
        return h2("");
    }

    /** A new database in files, whose collation sorts and compares as Norwegians do. */
    static TestDatabase norwegianH2() throws IOException, SQLException {
        TestDatabase database = h2("");
        database.execute("SET COLLATION NORWEGIAN STRENGTH SECONDARY");
        return database;
    }

    /** A new database in files, with settings for its URL. */
    static TestDatabase h2(String settings) throws IOException {
        Path folder = Files.createTempDirectory("membersync-h2");
        HikariDataSource pool = pool("jdbc:h2:file:" + folder.resolve("db") + settings);
        return new TestDatabase(new CountingDataSource(pool), () -> {
            pool.close();
            delete(folder);
        });
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** A pool that counts the statements that are made through it. */
    CountingDataSource dataSource() {
        return dataSource;
    }

    void execute(String... statements) throws SQLException {
        for (String statement : statements) {
            execute(dataSource, statement);
        }
    }

    /** Empties the library's tables and another one. */
    void empty(String table) throws SQLException {
        List<String> tables = query(
                "SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = CURRENT_SCHEMA AND LOWER(table_name) LIKE 'ms\\_%' AND LOWER(table_name) <> 'ms_schema'");
        for (String name : tables) {
            execute("TRUNCATE TABLE " + name);
        }
        execute("TRUNCATE TABLE " + table);
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of all rows. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Stream.Builder<String> values = Stream.builder();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values.build().toList();
        }
    }

    @Override
    public void close() {
        end.run();
    }
}

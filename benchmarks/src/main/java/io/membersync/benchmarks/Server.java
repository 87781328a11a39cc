package io.membersync.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** A PostgreSQL server of our own, durable as in production, and counting its statements. */
final class Server implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Connection connection;
    private final long pid;

    /**
     * What the server has done so far.
     *
     * @param cpuNanos CPU time of all its processes
     * @param statements statements in a database, without those that begin and end transactions
     * @param transactions transactions begun there
     * @param walBytes write-ahead log
     */
    record Work(long cpuNanos, long statements, long transactions, long walBytes) {}

    private Server(EmbeddedPostgres postgres) throws SQLException, IOException {
        this.postgres = postgres;
        this.connection = DriverManager.getConnection(url("postgres"));
        this.pid = Long.parseLong(Files.readAllLines(Path.of(text("SHOW data_directory"), "postmaster.pid"))
                .get(0));
        execute("CREATE EXTENSION pg_stat_statements");
    }

    static Server start(Path folder, String sharedBuffers) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("postgresql").toFile())
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", sharedBuffers)
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("checkpoint_timeout", "30min")
                .setServerConfig("jit", "off")
                .setServerConfig("autovacuum", "off")
                .setServerConfig("max_connections", "50")
                .start();
        return new Server(postgres);
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database + "?user=postgres";
    }

    String version() throws SQLException {
        return text("SHOW server_version");
    }

    void create(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        execute("CREATE DATABASE " + database);
    }

    /** Leaves nothing undone that would fall into the next measurement. */
    void quiet(String database) throws SQLException {
        try (Connection there = DriverManager.getConnection(url(database));
                Statement statement = there.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
        execute("CHECKPOINT");
    }

    Work work(String database) throws SQLException {
        long all =
                number("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                        + " WHERE d.datname = '" + database + "'");
        long begun = calls(database, "BEGIN");
        return new Work(
                Cpu.ofFamily(pid),
                all - begun - calls(database, "COMMIT") - calls(database, "ROLLBACK"),
                begun,
                number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"));
    }

    private long calls(String database, String statement) throws SQLException {
        return number("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
                + " WHERE d.datname = '" + database + "' AND upper(query) LIKE '" + statement + "%'");
    }

    /** The most frequent statements of a database since it was made, for looking closer. */
    String statements(String database) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT calls, round(total_exec_time) AS ms, rows,"
                        + " left(regexp_replace(query, '\\s+', ' ', 'g'), 110) FROM pg_stat_statements s"
                        + " JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = '" + database
                        + "' ORDER BY total_exec_time DESC LIMIT 25")) {
            while (found.next()) {
                lines.append(String.format(
                        "%8d calls %8d ms %10d rows  %s%n",
                        found.getLong(1), found.getLong(2), found.getLong(3), found.getString(4)));
            }
        }
        return lines.toString();
    }

    String text(String database, String sql) throws SQLException {
        try (Connection there = DriverManager.getConnection(url(database));
                Statement statement = there.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return String.valueOf(found.getString(1));
        }
    }

    Set<String> texts(String database, String sql) throws SQLException {
        Set<String> all = new TreeSet<>();
        try (Connection there = DriverManager.getConnection(url(database));
                Statement statement = there.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                all.add(found.getString(1));
            }
        }
        return all;
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return String.valueOf(found.getString(1));
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        connection.close();
        postgres.close();
    }
}

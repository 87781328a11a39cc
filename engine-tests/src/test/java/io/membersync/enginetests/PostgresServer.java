package io.membersync.enginetests;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.membersync.storage.jdbc.JdbcStorage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The one PostgreSQL server of the test process. It starts when it is first asked for and ends with the process.
 *
 * <p>Threads: safe for many.
 */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Queue<HikariDataSource> POOLS = new ConcurrentLinkedQueue<>();

    private PostgresServer() {}

    /**
     * Makes a database that has the library's tables and no rows.
     *
     * @return a data source of its own, with a pool
     */
    public static DataSource freshDatabase() {
        return database(" template " + Running.TEMPLATE + " strategy file_copy");
    }

    /**
     * Makes an empty database.
     *
     * @return a data source of its own, with a pool
     */
    static DataSource emptyDatabase() {
        return database("");
    }

    /**
     * Makes an empty database whose text is sorted and compared as Norwegians do.
     *
     * @return a data source of its own, with a pool
     */
    static DataSource emptyNorwegianDatabase() {
        return database(" template template0 locale_provider icu icu_locale 'nb-NO'");
    }

    private static DataSource database(String options) {
        String name = "test_" + DATABASES.incrementAndGet();
        Running.execute("create database " + name + options);
        // Tests leave their databases behind; what those keep open would add up to more than the server admits.
        POOLS.forEach(pool -> pool.getHikariPoolMXBean().softEvictConnections());
        HikariConfig config = new HikariConfig();
        config.setDataSource(Running.SERVER.getDatabase("postgres", name));
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(20);
        HikariDataSource pool = new HikariDataSource(config);
        POOLS.add(pool);
        return pool;
    }

    private static final class Running {

        static final String TEMPLATE = "installed";
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                execute(server, "create database " + TEMPLATE);
                JdbcStorage.on(server.getDatabase("postgres", TEMPLATE)).install();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }

        private static void execute(String sql) {
            execute(SERVER, sql);
        }

        private static void execute(EmbeddedPostgres server, String sql) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException("No database could be made on the test server", e);
            }
        }
    }
}

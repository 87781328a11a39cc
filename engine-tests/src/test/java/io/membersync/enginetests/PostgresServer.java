package io.membersync.enginetests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The one PostgreSQL server of the test process. It starts when it is first asked for and ends with the process.
 *
 * <p>Threads: safe for many.
 */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresServer() {}

    /**
     * Makes an empty database.
     *
     * @return a data source of its own, without a pool
     */
    public static DataSource freshDatabase() {
        return freshDatabase("");
    }

    /**
     * Makes an empty database whose text is sorted and compared as Norwegians do.
     *
     * @return a data source of its own, without a pool
     */
    static DataSource freshNorwegianDatabase() {
        return freshDatabase(" template template0 locale_provider icu icu_locale 'nb-NO'");
    }

    private static DataSource freshDatabase(String options) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + options);
        } catch (SQLException e) {
            throw new IllegalStateException("No database could be made on the test server", e);
        }
        return Running.SERVER.getDatabase("postgres", name);
    }

    private static final class Running {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
    }
}

package io.membersync.enginetests.crash;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.membersync.enginetests.PostgresServer;
import io.membersync.storage.jdbc.JdbcStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A host's database, which several processes may open in turn.
 *
 * @param url its JDBC address
 * @param user its user, without a password
 */
record HostDatabase(String url, String user) {

    static HostDatabase h2(Path file) {
        return new HostDatabase("jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0", "sa");
    }

    static HostDatabase postgres() {
        try (Connection connection = PostgresServer.freshDatabase().getConnection()) {
            return new HostDatabase(connection.getMetaData().getURL(), "postgres");
        } catch (SQLException failure) {
            throw new IllegalStateException("The new database cannot be reached", failure);
        }
    }

    Opened open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(4);
        HikariDataSource pool = new HikariDataSource(config);
        return new Opened(pool, JdbcStorage.on(pool).install());
    }

    /**
     * The database while this process works with it.
     *
     * @param pool its connections
     * @param storage the library's storage in it
     */
    record Opened(HikariDataSource pool, JdbcStorage storage) implements AutoCloseable {

        long number(String query) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getLong(1);
            } catch (SQLException failure) {
                throw new IllegalStateException("The query failed: " + query, failure);
            }
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}

package io.membersync.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A transaction of its own for each call, on a connection of the data source, which is given back as it came. */
final class OwnTransactions implements TransactionRunner {

    private final DataSource dataSource;

    OwnTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void run(Consumer<Connection> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            try {
                committed(connection, work);
            } finally {
                if (autoCommit) {
                    restore(connection);
                }
            }
        } catch (SQLException failure) {
            throw Failures.of("A transaction", failure);
        }
    }

    private static void committed(Connection connection, Consumer<Connection> work) throws SQLException {
        boolean done = false;
        try {
            work.accept(connection);
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                rollback(connection);
            }
        }
    }

    // A connection that cannot be rolled back is lost, and its server rolls back by itself: the first failure is the
    // one
    // to tell of.
    @SuppressWarnings("EmptyCatch")
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            // See above.
        }
    }

    // The same holds here; a pool throws a lost connection away.
    @SuppressWarnings("EmptyCatch")
    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            // See above.
        }
    }
}

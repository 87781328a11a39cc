package io.membersync.spring;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.storage.jdbc.TransactionRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the library's work in Spring's transactions: in the one that the calling thread is in, such as that of a host's
 * {@code @Transactional} method, else in a new one. What is done inside the host's is committed or rolled back with it.
 * Work that fails there leaves nothing of its own behind, and the host's transaction as it was before, to be committed or
 * rolled back as the host decides. Safe for many threads.
 */
public final class SpringTransactionRunner implements TransactionRunner {

    private final TransactionTemplate transactions;
    private final DataSource dataSource;

    /**
     * Makes a runner.
     *
     * @param manager manages the transactions of the data source: a {@code JdbcTransactionManager}, JPA's, or JTA
     * @param dataSource where host and library keep their tables
     */
    public SpringTransactionRunner(PlatformTransactionManager manager, DataSource dataSource) {
        this.transactions = new TransactionTemplate(Objects.requireNonNull(manager, "manager"));
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    @Override
    public void run(Consumer<Connection> work) {
        if (joins()) {
            onConnection(connection -> saved(connection, work));
        } else {
            transactions.executeWithoutResult(status -> onConnection(work));
        }
    }

    /** A connection may be bound to the thread for a transaction of another data source: that one commits by itself. */
    private boolean joins() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(dataSource)) {
            return false;
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return !connection.getAutoCommit();
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void onConnection(Consumer<Connection> work) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            checkManaged(connection);
            work.accept(connection);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** A manager of another data source would commit nothing of this one, and each statement would stand alone. */
    private static void checkManaged(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new InvalidConfigurationException(
                        "The storage",
                        List.of(new Violation(
                                "transactionManager", "does not manage the transactions of the data source")));
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    // Marking the whole transaction for rollback, as a template would, takes the decision from the host: a login, say,
    // would fail because what it reports could not be stored.
    private static void saved(Connection connection, Consumer<Connection> work) {
        try {
            Savepoint before = connection.setSavepoint();
            boolean done = false;
            try {
                work.accept(connection);
                done = true;
            } finally {
                if (!done) {
                    connection.rollback(before);
                }
            }
            connection.releaseSavepoint(before);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private static TransactionSystemException failed(SQLException failure) {
        return new TransactionSystemException("Joining the host's transaction failed", failure);
    }
}

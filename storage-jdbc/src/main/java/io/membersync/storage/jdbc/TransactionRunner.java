package io.membersync.storage.jdbc;

import java.sql.Connection;
import java.util.function.Consumer;

/**
 * Runs work in a transaction of the host's own making, for hosts whose framework begins and ends transactions. With
 * Spring, for example, over a {@code TransactionTemplate} and the data source's current connection.
 *
 * <p>Implementations are safe for many threads. The transactions run at the level READ COMMITTED or higher.
 */
@FunctionalInterface
public interface TransactionRunner {

    /**
     * Calls the work once, in the calling thread, with the connection of a transaction: of the one that the thread is in,
     * else of a new one. A new one is committed before the call returns, and rolled back when the work throws; the
     * failure is passed on as it is.
     *
     * @param work takes the connection, which it neither commits, rolls back nor closes
     */
    void run(Consumer<Connection> work);
}

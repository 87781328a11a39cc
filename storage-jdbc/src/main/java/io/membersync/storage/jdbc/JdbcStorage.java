package io.membersync.storage.jdbc;

import io.membersync.storage.Fence;
import io.membersync.storage.MemberStore;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the library's state, and the host's members, in PostgreSQL or H2. Immutable, safe for many threads.
 *
 * <p>Every step is one statement, however many rows it touches. Each transaction takes one connection from the data
 * source, which should be a pool, and gives it back as it came. Transactions run at the database's default level, READ
 * COMMITTED in both.
 *
 * <p>A call of {@code inTransaction} inside the work of another, in the same thread, joins it, and so does everything
 * inside {@link #within}. When joined work fails, the whole transaction is rolled back, even if the outer work catches the
 * failure. Sessions and their stores throw {@link IllegalStateException} once their call is over, and in other threads.
 *
 * <p>Instants are kept to the microsecond. External ids and keys are ordered by code point in every database.
 */
public final class JdbcStorage implements Storage {

    private final DataSource dataSource;
    private final Transactions transactions;
    private final TransactionRunner runner;
    private final BiFunction<JdbcSession, RisingIds, MemberStore> members;
    private final @Nullable MemberLimits limits;
    private final InstantSource time;
    private final RandomGenerator random;

    private JdbcStorage(
            DataSource dataSource,
            TransactionRunner runner,
            @Nullable MemberLimits limits,
            BiFunction<JdbcSession, RisingIds, MemberStore> members,
            InstantSource time,
            RandomGenerator random) {
        this.dataSource = dataSource;
        this.runner = runner;
        this.members = members;
        this.limits = limits;
        this.time = time;
        this.random = random;
        RisingIds ids = new RisingIds(time, random);
        this.transactions = new Transactions(runner, session -> members.apply(session, ids));
    }

    /**
     * Keeps everything in a data source, members in the library's own table {@link MemberTable#own}. Makes no connection
     * yet.
     *
     * @param dataSource where the tables are, as {@link #install} makes them; should be a pool
     * @return the storage
     */
    public static JdbcStorage on(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        MemberLimits limits = new MemberLimits(MemberTable.own());
        return new JdbcStorage(
                dataSource,
                new OwnTransactions(dataSource),
                limits,
                tableMembers(MemberTable.own(), limits),
                InstantSource.system(),
                new SecureRandom());
    }

    private static BiFunction<JdbcSession, RisingIds, MemberStore> tableMembers(
            MemberTable table, MemberLimits limits) {
        return (session, ids) -> new TableMembers(session, table, limits, ids);
    }

    /**
     * The same, in transactions that the host's framework begins and ends.
     *
     * @param transactionRunner runs work in them
     * @return a new storage
     */
    public JdbcStorage with(TransactionRunner transactionRunner) {
        return new JdbcStorage(
                dataSource,
                Objects.requireNonNull(transactionRunner, "transactionRunner"),
                limits,
                members,
                time,
                random);
    }

    /**
     * The same, with members in a table of the host.
     *
     * @param table the table
     * @return a new storage
     */
    public JdbcStorage members(MemberTable table) {
        Objects.requireNonNull(table, "table");
        MemberLimits ofTable = new MemberLimits(table);
        return new JdbcStorage(dataSource, runner, ofTable, tableMembers(table, ofTable), time, random);
    }

    /**
     * The same, with members wherever the host's own code keeps them.
     *
     * @param store makes a store that works on the connection of the transaction in hand, and neither commits, rolls back
     *     nor closes it
     * @return a new storage
     */
    public JdbcStorage members(Function<Connection, MemberStore> store) {
        Objects.requireNonNull(store, "store");
        return new JdbcStorage(
                dataSource, runner, null, (session, ids) -> store.apply(session.connection()), time, random);
    }

    /**
     * The same, with another clock and another randomness for the ids of new members; by default those of the system.
     *
     * @param clock tells the time
     * @param randomness safe for many threads
     * @return a new storage
     */
    public JdbcStorage idsFrom(InstantSource clock, RandomGenerator randomness) {
        return new JdbcStorage(
                dataSource,
                runner,
                limits,
                members,
                Objects.requireNonNull(clock, "clock"),
                Objects.requireNonNull(randomness, "randomness"));
    }

    /**
     * Creates the library's tables, or brings them up to date; see {@link SchemaInstaller}. Then looks whether the member
     * table is as it was described, so it has to be there before.
     *
     * @return this storage
     * @throws io.membersync.fault.StorageException when that fails
     * @throws io.membersync.fault.InvalidConfigurationException with every violation at once, by table and column: the
     *     member table or a column of it does not exist, or cannot hold what it is named for
     */
    public JdbcStorage install() {
        SchemaInstaller.of(dataSource).install();
        MemberLimits ofTable = limits;
        if (ofTable != null) {
            try (Connection connection = dataSource.getConnection()) {
                ofTable.read(connection, Dialect.of(connection));
            } catch (SQLException failure) {
                throw Failures.of("Looking at the member table", failure);
            }
        }
        return this;
    }

    @Override
    public <T> T inTransaction(Function<Session, T> work) {
        return transactions.run(Optional.empty(), work);
    }

    @Override
    public <T> T inTransaction(Fence fence, Function<Session, T> work) {
        return transactions.run(Optional.of(fence), work);
    }

    /**
     * Lets everything that this storage does in the calling thread join the host's open transaction: what it writes is
     * committed and rolled back with it. So an edit of a member and its announcement stand or fall together. A call of
     * {@code inTransaction} that fails leaves nothing of its own behind, and the host's transaction as it was before.
     *
     * @param connection the transaction's connection, with auto-commit off; neither committed, rolled back nor closed here
     * @param work what to do
     * @throws IllegalStateException when auto-commit is on, or the thread is in a transaction of this storage already
     * @throws io.membersync.fault.StorageException when the connection fails
     */
    public void within(Connection connection, Runnable work) {
        transactions.within(connection, work);
    }
}

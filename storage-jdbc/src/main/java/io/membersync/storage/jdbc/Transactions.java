package io.membersync.storage.jdbc;

import io.membersync.fault.LostLeaseException;
import io.membersync.fault.MemberSyncException;
import io.membersync.fault.StorageException;
import io.membersync.storage.Fence;
import io.membersync.storage.MemberStore;
import io.membersync.storage.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Begins transactions, lets inner calls join outer ones, and checks leases. Safe for many threads. */
final class Transactions {

    private final TransactionRunner runner;
    private final Function<JdbcSession, MemberStore> members;
    // One for each storage: a thread may be in transactions of several, on different databases.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Current> current = new ThreadLocal<>();

    private volatile @Nullable Dialect dialect;

    Transactions(TransactionRunner runner, Function<JdbcSession, MemberStore> members) {
        this.runner = runner;
        this.members = members;
    }

    /** The transaction that a thread is in. For that thread. */
    private static final class Current {

        private final Connection connection;
        private final boolean hosts;
        private boolean doomed;
        private int depth;

        Current(Connection connection, boolean hosts) {
            this.connection = connection;
            this.hosts = hosts;
        }
    }

    <T> T run(Optional<Fence> fence, Function<Session, T> work) {
        Current outer = current.get();
        if (outer == null) {
            return begun(fence, work);
        }
        return outer.hosts && outer.depth == 0 ? saved(outer, fence, work) : joined(outer, fence, work);
    }

    void within(Connection connection, Runnable work) {
        if (current.get() != null) {
            throw new IllegalStateException("The thread is in a transaction of this storage already");
        }
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalStateException(
                        "The connection commits each statement: there is no transaction to join");
            }
        } catch (SQLException failure) {
            throw Failures.of("Joining the host's transaction", failure);
        }
        current.set(new Current(connection, true));
        try {
            work.run();
        } finally {
            current.remove();
        }
    }

    private <T> T begun(Optional<Fence> fence, Function<Session, T> work) {
        // What the work itself throws is passed on as it is; what the runner adds is a failure of the storage.
        AtomicReference<@Nullable RuntimeException> thrown = new AtomicReference<>();
        AtomicReference<@Nullable Result<T>> result = new AtomicReference<>();
        try {
            runner.run(connection -> {
                try {
                    result.set(new Result<>(outermost(connection, fence, work)));
                } catch (RuntimeException failure) {
                    thrown.set(failure);
                    throw failure;
                }
            });
        } catch (MemberSyncException known) {
            throw known;
        } catch (RuntimeException failure) {
            RuntimeException ofTheWork = thrown.get();
            throw ofTheWork == null ? runnerFailed(failure) : ofTheWork;
        }
        Result<T> done = result.get();
        if (done == null) {
            throw new IllegalStateException("The transaction runner returned without doing the work");
        }
        return done.value;
    }

    private record Result<T>(T value) {}

    private static StorageException runnerFailed(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException inDatabase) {
                return Failures.of("A transaction of the host's runner", inDatabase);
            }
        }
        return new StorageException(
                "A transaction of the host's runner failed with "
                        + failure.getClass().getName(),
                false,
                null);
    }

    private <T> T outermost(Connection connection, Optional<Fence> fence, Function<Session, T> work) {
        Current transaction = new Current(connection, false);
        current.set(transaction);
        try {
            T value = joined(transaction, fence, work);
            if (transaction.doomed) {
                throw new StorageException(
                        "A part of the transaction failed, so that all of it was undone", false, null);
            }
            return value;
        } finally {
            current.remove();
        }
    }

    /** Work of its own inside the host's transaction: undone alone when it fails. */
    private <T> T saved(Current outer, Optional<Fence> fence, Function<Session, T> work) {
        outer.doomed = false;
        try {
            Savepoint before = outer.connection.setSavepoint();
            boolean done = false;
            try {
                T value = joined(outer, fence, work);
                if (outer.doomed) {
                    throw new StorageException(
                            "A part of the transaction failed, so that all of it was undone", false, null);
                }
                outer.connection.releaseSavepoint(before);
                done = true;
                return value;
            } finally {
                if (!done) {
                    outer.connection.rollback(before);
                }
            }
        } catch (SQLException failure) {
            throw Failures.of("Joining the host's transaction", failure);
        }
    }

    private <T> T joined(Current outer, Optional<Fence> fence, Function<Session, T> work) {
        JdbcSession session = new JdbcSession(outer.connection, dialect(outer.connection), members);
        // Before anything is written, so that a refusal leaves an outer transaction as it was.
        fence.ifPresent(lease -> checkInForce(session, lease));
        boolean done = false;
        outer.depth++;
        try {
            T value = work.apply(session);
            done = true;
            return value;
        } finally {
            outer.depth--;
            session.close();
            outer.doomed |= !done;
        }
    }

    /** Locks the lease until the transaction ends, so that nobody can take it over before the commit. */
    private static void checkInForce(JdbcSession session, Fence fence) {
        long inForce = session.query("Checking a lease", "SELECT token FROM ms_lease WHERE job = ? FOR UPDATE")
                .key(fence.job())
                .first(row -> row.number(1))
                .orElse(0L);
        if (inForce != fence.token()) {
            throw new LostLeaseException(fence.job(), fence.token());
        }
    }

    private Dialect dialect(Connection connection) {
        Dialect known = dialect;
        if (known == null) {
            try {
                known = Dialect.of(connection);
                known.checkDurable(connection);
            } catch (SQLException failure) {
                throw Failures.of("Looking at the database", failure);
            }
            dialect = known;
        }
        return known;
    }
}

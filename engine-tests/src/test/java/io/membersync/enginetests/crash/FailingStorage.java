package io.membersync.enginetests.crash;

import io.membersync.fault.StorageException;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A storage whose n-th transaction fails, just before its commit or just after it. For one thread. */
final class FailingStorage implements Storage {

    /** Where in a transaction it fails. */
    enum Moment {
        /** Everything is written, nothing committed. */
        BEFORE_COMMIT,
        /** Everything is committed, but the caller does not learn of it. */
        AFTER_COMMIT
    }

    private final Storage storage;
    private final Moment moment;
    private final boolean forGood;
    private int left;
    private int done;
    private boolean counting;
    private volatile boolean dead;

    /**
     * Makes a storage.
     *
     * @param storage the real one
     * @param failAt which transaction fails, from 1 on; 0 for none
     * @param moment where in it
     * @param forGood whether all that follow fail too, as after the death of the process
     */
    FailingStorage(Storage storage, int failAt, Moment moment, boolean forGood) {
        this.storage = storage;
        this.left = failAt;
        this.moment = moment;
        this.forGood = forGood;
    }

    /** Counts transactions from now on. */
    void count(boolean on) {
        counting = on;
    }

    /** From now on nothing works any more, as for a process that was killed. */
    void die() {
        dead = true;
    }

    /** How many transactions there were while it counted. */
    int done() {
        return done;
    }

    @Override
    public <T> T inTransaction(Function<Session, T> work) {
        return failing(work, storage::inTransaction);
    }

    @Override
    public <T> T inTransaction(Fence fence, Function<Session, T> work) {
        return failing(work, inner -> storage.inTransaction(fence, inner));
    }

    private <T> T failing(Function<Session, T> work, Function<Function<Session, T>, T> transaction) {
        if (dead) {
            throw failure();
        }
        if (!counting) {
            return transaction.apply(work);
        }
        done++;
        if (--left != 0) {
            return transaction.apply(work);
        }
        dead = forGood;
        UnaryOperator<T> fail = value -> {
            throw failure();
        };
        return moment == Moment.BEFORE_COMMIT
                ? transaction.apply(session -> fail.apply(work.apply(session)))
                : fail.apply(transaction.apply(work));
    }

    private StorageException failure() {
        return new StorageException("A failure that the test made", !forGood, null);
    }
}

package io.membersync.storage;

import java.util.function.Function;

/**
 * Where the library keeps its state, and where the host's members are. Safe for many threads.
 *
 * <p>What a transaction wrote is visible to others all at once or not at all, and survives a crash of the process as
 * soon as the call returns. A failure inside the work rolls everything back and is passed on as it is.
 */
public interface Storage {

    /**
     * Does work in one transaction.
     *
     * @param <T> what the work gives
     * @param work takes the session, which is valid inside the call only
     * @return what the work gave
     * @throws io.membersync.fault.StorageException when the storage failed
     */
    <T> T inTransaction(Function<Session, T> work);

    /**
     * Does a worker's work in one transaction, while its lease is in force. The lease cannot be taken over between the
     * check and the commit.
     *
     * @param <T> what the work gives
     * @param fence the worker's lease
     * @param work takes the session, which is valid inside the call only
     * @return what the work gave
     * @throws io.membersync.fault.LostLeaseException when the lease was taken over; the work was not called
     * @throws io.membersync.fault.StorageException when the storage failed
     */
    <T> T inTransaction(Fence fence, Function<Session, T> work);
}

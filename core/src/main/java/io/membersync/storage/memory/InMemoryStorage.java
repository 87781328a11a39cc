package io.membersync.storage.memory;

import io.membersync.fault.LostLeaseException;
import io.membersync.fault.StorageException;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A storage in memory with real transactions: one at a time, all or nothing. For tests and trials, and the reference
 * that the contract is read against; nothing survives the process. Safe for many threads.
 *
 * <p>A call of {@code inTransaction} inside the work of another, in the same thread, joins it: what it wrote is
 * committed or rolled back with the outermost call. So a host can edit members and announce the edits in one
 * transaction of its own. When joined work fails, the whole transaction is rolled back, even if the outer work catches
 * the failure; the outermost call then throws {@link StorageException} instead of returning. A lease that is no longer
 * in force is refused before the work is called, and leaves the outer transaction as it was.
 *
 * <p>Sessions and their stores throw {@link IllegalStateException} once their call is over, and in other threads. Work
 * that waits for another thread's transaction waits forever: there is one lock.
 */
public final class InMemoryStorage implements Storage {

    private final ReentrantLock lock = new ReentrantLock();
    private final Tables tables;
    // Guarded by the lock: true when joined work has failed.
    private boolean doomed;

    /** Makes an empty storage whose members have all standard fields. */
    public InMemoryStorage() {
        this(Set.copyOf(MemberField.standard()));
    }

    /**
     * Makes an empty storage.
     *
     * @param fields the fields that members have; what else is written is left out
     */
    public InMemoryStorage(Set<MemberField> fields) {
        this.tables = new Tables(fields);
    }

    @Override
    public <T> T inTransaction(Function<Session, T> work) {
        return locked(Optional.empty(), work::apply);
    }

    @Override
    public <T> T inTransaction(Fence fence, Function<Session, T> work) {
        return locked(Optional.of(fence), work::apply);
    }

    /**
     * Changes a member as the host's own software does: the version rises, and nothing is announced. Joins the thread's
     * transaction, where there is one.
     *
     * @param member a member that exists
     * @param organization the organization, for the fields that belong to the membership
     * @param changes the fields to change, with their new values
     * @throws IllegalArgumentException when there is no such member
     */
    public void edit(MemberId member, OrganizationId organization, MemberState changes) {
        locked(Optional.empty(), session -> {
            new MemoryMembers(session).edit(organization, member, changes);
            return true;
        });
    }

    /**
     * Lists the members of an organization, terminated ones included. Joins the thread's transaction, where there is
     * one.
     *
     * @param organization the organization
     * @return the members of which it has a membership, by id
     */
    public List<MemberId> memberIds(OrganizationId organization) {
        return locked(
                Optional.empty(),
                session -> session.tables().memberships.of(organization.value()).keySet().stream()
                        .map(key -> MemberId.of(key.id()))
                        .toList());
    }

    /**
     * Tells which member stands for a terminated one. Joins the thread's transaction, where there is one.
     *
     * @param member the member
     * @param organization the organization in which it was terminated
     * @return the member that it was merged into; empty when it was not
     */
    public Optional<MemberId> mergedInto(MemberId member, OrganizationId organization) {
        return locked(Optional.empty(), session -> session.tables().merged.find(organization.value(), member.value()));
    }

    private <T> T locked(Optional<Fence> fence, Function<MemorySession, T> work) {
        lock.lock();
        try {
            fence.ifPresent(this::checkInForce);
            return lock.getHoldCount() > 1 ? joined(work) : outermost(work);
        } finally {
            lock.unlock();
        }
    }

    private void checkInForce(Fence fence) {
        long inForce = tables.tokens.find(Tables.ALL, fence.job()).orElse(0L);
        if (fence.token() != inForce) {
            throw new LostLeaseException(fence.job(), fence.token());
        }
    }

    private <T> T outermost(Function<MemorySession, T> work) {
        doomed = false;
        try {
            T result = joined(work);
            if (doomed) {
                throw new StorageException(
                        "A part of the transaction failed, so that all of it was undone", false, null);
            }
            tables.undo.commit();
            return result;
        } finally {
            // After a commit there is nothing left to take back.
            tables.undo.rollback();
        }
    }

    private <T> T joined(Function<MemorySession, T> work) {
        MemorySession session = new MemorySession(tables);
        boolean done = false;
        try {
            T result = work.apply(session);
            done = true;
            return result;
        } finally {
            session.close();
            doomed |= !done;
        }
    }
}

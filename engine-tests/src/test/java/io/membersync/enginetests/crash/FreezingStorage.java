package io.membersync.enginetests.crash;

import io.membersync.fault.LostLeaseException;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A storage on which a worker freezes just before one of the transactions that its lease guards. */
final class FreezingStorage implements Storage {

    private final Storage storage;
    private final int freezeAt;
    private final AtomicInteger guarded = new AtomicInteger();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);
    private final List<LostLeaseException> refusals = new CopyOnWriteArrayList<>();

    FreezingStorage(Storage storage, int freezeAt) {
        this.storage = storage;
        this.freezeAt = freezeAt;
    }

    void awaitFrozen() throws InterruptedException {
        if (!frozen.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError("The worker never came to its commit " + freezeAt);
        }
    }

    void thaw() {
        thawed.countDown();
    }

    /** The commits that were refused. */
    List<LostLeaseException> refusals() {
        return refusals;
    }

    /** How many guarded transactions were tried. */
    int guarded() {
        return guarded.get();
    }

    @Override
    public <T> T inTransaction(Function<Session, T> work) {
        return storage.inTransaction(work);
    }

    @Override
    public <T> T inTransaction(Fence fence, Function<Session, T> work) {
        if (guarded.incrementAndGet() == freezeAt) {
            frozen.countDown();
            // As a process is frozen: it cannot even be interrupted.
            boolean waiting = true;
            while (waiting) {
                try {
                    thawed.await();
                    waiting = false;
                } catch (InterruptedException notNow) {
                    waiting = true;
                }
            }
        }
        try {
            return storage.inTransaction(fence, work);
        } catch (LostLeaseException refused) {
            refusals.add(refused);
            throw refused;
        }
    }
}

package io.membersync.enginetests;

import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.function.Function;

/** Lets the host do something right before one of a run's commits: after the run has loaded and planned. For one thread. */
final class InterruptedStorage implements Storage {

    private final Storage storage;
    private Runnable work = () -> {};
    private int commits;

    InterruptedStorage(Storage storage) {
        this.storage = storage;
    }

    /**
     * Sets what is to be done next.
     *
     * @param commit before which of the coming commits, counted from 1
     * @param something what; done once
     */
    void before(int commit, Runnable something) {
        commits = commit;
        work = something;
    }

    /** Forgets what was to be done. */
    void forget() {
        commits = 0;
    }

    @Override
    public <T> T inTransaction(Function<Session, T> doing) {
        return storage.inTransaction(doing);
    }

    @Override
    public <T> T inTransaction(Fence fence, Function<Session, T> doing) {
        if (--commits == 0) {
            work.run();
        }
        return storage.inTransaction(fence, doing);
    }
}

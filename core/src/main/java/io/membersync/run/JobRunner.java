package io.membersync.run;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Decides who works on what, and when. In one process the engine brings its own; on several nodes a cluster scheduler
 * implements this. The work itself is fenced by the storage, so a runner that hands out a run twice does no harm.
 */
public interface JobRunner extends AutoCloseable {

    /**
     * Starts handing out work.
     *
     * @param work carries a run out to its end in the calling thread; never throws
     */
    void start(Consumer<RunId> work);

    /**
     * Takes a run to be carried out as soon as possible. Does nothing when it waits here already, and before
     * {@link #start}: the engine submits what waits when it starts.
     *
     * @param run a queued run
     */
    void submit(RunId run);

    /**
     * Takes a duty to be done again and again until this is closed, by one thread at a time. On several nodes each may
     * do it: it is light, and what it starts is guarded by the storage.
     *
     * @param interval about how long between the end of one time and the beginning of the next
     * @param duty what to do; never throws
     */
    void repeat(Duration interval, Runnable duty);

    /**
     * Takes a duty to be done once more as soon as possible, in another thread, because there is something to do for it.
     * A runner may leave it to the next repetition. Does nothing after {@link #close()}.
     *
     * @param duty one that is repeated, and may be done by several threads at a time; never throws
     */
    void soon(Runnable duty);

    /** Stops handing out work and waits for what is in hand to come to its checkpoint. Idempotent. */
    @Override
    void close();
}

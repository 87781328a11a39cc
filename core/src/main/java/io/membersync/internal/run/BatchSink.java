package io.membersync.internal.run;

import io.membersync.run.Run.Checkpoint;

/** What becomes of a batch once it is full: a run writes it, a preview only counts it. For one thread. */
@FunctionalInterface
interface BatchSink {

    /**
     * Takes a batch.
     *
     * @param batch the batch
     * @param checkpoint how far the reading has come with it
     */
    void write(Batch batch, Checkpoint checkpoint) throws InterruptedException;
}

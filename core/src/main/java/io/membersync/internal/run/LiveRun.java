package io.membersync.internal.run;

import io.membersync.run.Run;
import io.membersync.run.RunProgress;
import io.membersync.storage.RunStore.Ask;
import java.time.Instant;

/** A run that is being worked on in this process: watched and asked by other threads. */
final class LiveRun {

    /** What the worker should do next. */
    enum Wish {
        GO_ON,
        PAUSE,
        CANCEL,
        /** The engine is closing, or others wait: let go at the next checkpoint, so that a worker can go on from there. */
        RELEASE
    }

    private volatile Wish wish = Wish.GO_ON;
    private final ProgressMeter meter;
    private final Instant since;
    private volatile Run run;
    private volatile boolean mayGiveWay;

    LiveRun(Run run, Instant now) {
        this.run = run;
        this.since = now;
        this.meter = new ProgressMeter(run.counts().read(), now);
    }

    Run run() {
        return run;
    }

    void stored(Run further) {
        run = further;
    }

    void read(int records, Instant now) {
        meter.read(records, now);
    }

    RunProgress progress() {
        return meter.progress(run);
    }

    synchronized void ask(Ask ask) {
        switch (ask) {
            case GO_ON -> {
                // Only a new worker starts over: what was asked of this one stays asked.
            }
            case PAUSE -> wishUnlessWished(Wish.PAUSE);
            case CANCEL -> wish = Wish.CANCEL;
        }
    }

    void release() {
        wishUnlessWished(Wish.RELEASE);
    }

    private synchronized void wishUnlessWished(Wish next) {
        if (wish == Wish.GO_ON) {
            wish = next;
        }
    }

    /** {@return when this worker began} */
    Instant since() {
        return since;
    }

    /** Tells whether letting go now would cost nothing but the way back to the checkpoint. */
    void mayGiveWay(boolean now) {
        mayGiveWay = now;
    }

    boolean mayGiveWay() {
        return mayGiveWay && wish == Wish.GO_ON;
    }

    Wish wish() {
        return wish;
    }
}

package io.membersync.enginetests.crash;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.event.SyncEvent;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * A host in a process of its own, to be killed. Takes up what an earlier one left, or starts a run, tells each commit
 * that was acknowledged to it in a line, and stays until it is killed or its input ends.
 */
final class SyncChild {

    private SyncChild() {}

    /**
     * Runs the host.
     *
     * @param arguments the database's address and user, the rows and pages of a batch, then kinds of runs, one after the
     *     other; with none it takes up what is left; {@code heap} as the last tells the heap in use every 5,000 members
     * @throws IOException when standard input fails
     */
    public static void main(String[] arguments) throws IOException {
        HostDatabase database = new HostDatabase(arguments[0], arguments[1]);
        boolean heap = arguments[arguments.length - 1].equals("heap");
        int kinds = heap ? arguments.length - 1 : arguments.length;
        PrintStream out = System.out;
        Heap watch = new Heap(out);
        try (HostDatabase.Opened opened = database.open();
                MemberSyncEngine engine = TestSync.engine(opened.storage())
                        .batches(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Duration.ofHours(1))
                        .onSync(event -> tell(out, event))
                        .onSync(heap ? watch::look : event -> {})
                        .build()) {
            engine.start();
            MemberSync sync = TestSync.of(engine);
            for (int i = 4; i < kinds; i++) {
                Run run = TestSync.atRest(sync, TestSync.started(sync, RunKind.valueOf(arguments[i])));
                tellLine(out, "rest " + run.state() + " " + run.counts());
            }
            while (System.in.read() >= 0) {
                // Nothing is said; the end of input ends the host.
            }
        }
    }

    private static void tell(PrintStream out, SyncEvent event) {
        if (event instanceof SyncEvent.Started started) {
            tellLine(out, "started " + started.run().counts().pages());
        } else if (event instanceof SyncEvent.Progressed progressed) {
            var counts = progressed.run().counts();
            tellLine(
                    out,
                    "ack " + counts.pages() + " " + counts.created() + " " + counts.updated() + " " + counts.removed());
        } else {
            tellLine(out, "ended " + event.run().state());
        }
    }

    // One write for the whole line, so that lines of other threads cannot come between.
    private static void tellLine(PrintStream out, String line) {
        out.print("> " + line + "\n");
        out.flush();
    }

    /** Tells how much memory is in use, garbage left out, as members come in. Used by the listener's thread. */
    private static final class Heap {

        private static final int EVERY = 5_000;

        private final PrintStream out;
        private long mark = EVERY;

        Heap(PrintStream out) {
            this.out = out;
        }

        void look(SyncEvent event) {
            if (event instanceof SyncEvent.Started) {
                mark = EVERY;
            }
            long read = event.run().counts().read();
            if (read < mark) {
                return;
            }
            Runtime runtime = Runtime.getRuntime();
            runtime.gc();
            tellLine(out, String.format(Locale.ROOT, "heap %d %d", read, runtime.totalMemory() - runtime.freeMemory()));
            mark = read + EVERY;
        }
    }
}

package io.membersync.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Scanner;

/** A program that is measured, in its own JVM. It serves one command after another, each a line of its input. */
public interface Subject extends AutoCloseable {

    /** The first word of the line that answers to a command. */
    String MEASURED = "measured";

    /** The line that says that the program is ready for commands. */
    String READY = "ready";

    /** Makes the tables and whatever else has to be there before the first sync. Not measured. */
    void install() throws Exception;

    /**
     * Reads the whole registry and brings the members in line with it.
     *
     * @return what was done, in a few words
     */
    String full() throws Exception;

    /**
     * Reads the registry's changes since the last time and brings the members in line with them.
     *
     * @return what was done, in a few words
     */
    String delta() throws Exception;

    @Override
    void close() throws Exception;

    /**
     * Serves commands until the input ends. Every command is answered by {@link #MEASURED}, nanoseconds of wall time,
     * nanoseconds of CPU time, bytes of live heap, and what was done.
     *
     * @param subject the program
     */
    static void serve(Subject subject) throws Exception {
        PrintStream out = System.out;
        HeapWatch heap = new HeapWatch();
        out.println(READY);
        try (subject;
                Scanner commands = new Scanner(System.in, System.getProperty("file.encoding"))) {
            while (commands.hasNextLine()) {
                String command = commands.nextLine();
                heap.forget();
                long cpu = Cpu.ofThisProcess();
                long start = System.nanoTime();
                String done = carryOut(subject, command);
                long wall = System.nanoTime() - start;
                cpu = Cpu.ofThisProcess() - cpu;
                out.println(MEASURED + " " + wall + " " + cpu + " " + heap.live() + " " + done);
            }
        }
    }

    private static String carryOut(Subject subject, String command) throws Exception {
        switch (command.toLowerCase(Locale.ROOT)) {
            case "install" -> {
                subject.install();
                return "installed";
            }
            case "full" -> {
                return subject.full();
            }
            case "delta" -> {
                return subject.delta();
            }
            default -> throw new IllegalArgumentException("Unknown command " + command);
        }
    }
}

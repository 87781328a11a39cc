package io.membersync.examples.week;

import io.membersync.examples.terminal.Screen;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Lets a week pass for three organizations, and tells what an administrator sees of it. Everything is real but the
 * registries, which are simulated, and the time, which is moved on by hand: nothing sleeps.
 */
final class Week {

    private Week() {}

    /**
     * Runs the week; exit status 0 when all went as it should, else 1.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Screen screen = Screen.standard();
        PrintStream err = System.err;
        int status = 1;
        try {
            run(screen);
            status = 0;
        } catch (IOException | RuntimeException failed) {
            screen.endLine();
            err.println("The week went wrong: " + (failed.getMessage() == null ? failed : failed.getMessage()));
        }
        System.exit(status);
    }

    /** Runs the week on a screen, and gives what came of it. */
    static WeekReport run(Screen screen) throws IOException {
        Path folder = Files.createTempDirectory("membersync-week");
        try (World world = new World(folder)) {
            return new Script(world, screen).play(folder);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Week::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

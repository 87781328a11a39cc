package io.membersync.examples.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a program writes: lines, and on a terminal one more that is written over as long as it changes. Where there is no
 * terminal, nothing is written over and no control character is written. For one thread.
 */
public final class Screen {

    private static final String START_OF_LINE = "\r";
    private static final String REST_OF_LINE_EMPTY = "\u001b[K";
    private static final long NANOS_BETWEEN_PLAIN_LINES = 1_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private boolean lineIsOpen;
    private long lastPlainLine = System.nanoTime() - NANOS_BETWEEN_PLAIN_LINES;
    private String lastPlainText = "";

    /**
     * Makes a screen.
     *
     * @param out where it writes
     * @param terminal whether a line can be written over
     */
    public Screen(PrintStream out, boolean terminal) {
        this.out = Objects.requireNonNull(out, "out");
        this.terminal = terminal;
    }

    /** {@return the process's standard output} */
    public static Screen standard() {
        // Terminals outside Windows take UTF-8, also where a bare environment makes Java believe in ASCII only.
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        Charset charset = windows ? Charset.defaultCharset() : StandardCharsets.UTF_8;
        return new Screen(new PrintStream(System.out, true, charset), isTerminal());
    }

    // From JDK 22 on there is always a console; what it is attached to is asked for below.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderThan22) {
            return true;
        }
    }

    /** {@return whether a line can be written over} */
    public boolean isTerminalLike() {
        return terminal;
    }

    /**
     * Writes a line of its own.
     *
     * @param format as for {@link String#format}
     * @param parts what is put into it
     */
    public void line(String format, Object... parts) {
        endLine();
        out.println(String.format(Locale.ROOT, format, parts));
    }

    /**
     * Writes a line that the next call may write over; without a terminal a plain one, at most one a second and none that
     * says nothing new.
     *
     * @param text the line
     */
    public void passing(String text) {
        if (terminal) {
            out.print(START_OF_LINE + text + REST_OF_LINE_EMPTY);
            out.flush();
            lineIsOpen = true;
        } else if (System.nanoTime() - lastPlainLine >= NANOS_BETWEEN_PLAIN_LINES && !text.equals(lastPlainText)) {
            out.println(text);
            lastPlainLine = System.nanoTime();
            lastPlainText = text;
        }
    }

    /** Starts a new series of passing lines, whose first comes after a second where there is no terminal. */
    public void startPassing() {
        endLine();
        lastPlainLine = System.nanoTime();
    }

    /** Clears a line that was still open. */
    public void endLine() {
        if (lineIsOpen) {
            out.print(START_OF_LINE + REST_OF_LINE_EMPTY);
            out.flush();
            lineIsOpen = false;
        }
    }
}

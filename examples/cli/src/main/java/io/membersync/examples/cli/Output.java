package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.examples.terminal.ProgressBar;
import io.membersync.examples.terminal.Screen;
import io.membersync.run.RunProgress;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Where answers go: lines and a progress bar for people, or JSON for programs. For one thread. */
final class Output {

    private final Screen screen;
    private final PrintStream out;
    private final PrintStream err;
    private boolean json;

    Output(Screen screen, PrintStream out, PrintStream err) {
        this.screen = screen;
        this.out = out;
        this.err = err;
    }

    /** Says whether a program reads. */
    void json(boolean on) {
        this.json = on;
    }

    boolean json() {
        return json;
    }

    /** A line for people; programs do not get it. */
    void line(String format, Object... parts) {
        if (!json) {
            screen.line(format, parts);
        }
    }

    /** One object on a line of its own. */
    void write(ObjectNode object) {
        out.println(object);
    }

    /** Shows people how far a run has come. */
    Consumer<RunProgress> progress() {
        if (json) {
            return progress -> {};
        }
        screen.startPassing();
        return new ProgressBar(screen)::show;
    }

    /** What went wrong, on standard error. */
    void problem(String text) {
        screen.endLine();
        err.println(text);
    }
}

package io.membersync.examples.demo;

import io.membersync.examples.terminal.ProgressBar;
import io.membersync.examples.terminal.Screen;
import io.membersync.run.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Synchronizes with a simulated registry of 20,000 members and shows what happens. */
final class Demo {

    private static final int MEMBERS = 20_000;
    private static final long MEMBER_SEED = 7;
    private static final int CHANGES = 25;
    /** Draws updates, new members, a deletion and a merge. */
    private static final long CHANGE_SEED = 9;

    private final Screen screen;
    private final RegistryProcess registry;
    private final Host host;
    private final SummaryTable summary = new SummaryTable();

    private Demo(Screen screen, RegistryProcess registry, Host host) {
        this.screen = screen;
        this.registry = registry;
        this.host = host;
    }

    /**
     * Runs the demo; exit status 0 when all went well, else 1.
     *
     * @param arguments how many members the registry has, 1000 to 1000000; by default 20000
     */
    public static void main(String[] arguments) {
        Screen screen = Screen.standard();
        PrintStream err = System.err;
        int status = 1;
        try {
            run(screen, members(arguments));
            status = 0;
        } catch (InterruptedException stopped) {
            err.println("The demo was interrupted.");
        } catch (Exception failed) {
            screen.endLine();
            err.println("The demo failed: " + (failed.getMessage() == null ? failed : failed.getMessage()));
        }
        System.exit(status);
    }

    private static int members(String... arguments) {
        String text = arguments.length == 0 ? String.valueOf(MEMBERS) : arguments[0];
        if (arguments.length > 1 || !text.matches("[1-9][0-9]{3,5}|1000000")) {
            throw new IllegalArgumentException("it takes one argument, the number of members, from 1000 to 1000000");
        }
        return Integer.parseInt(text);
    }

    /** Runs the whole demo on a screen; an exception tells what went wrong. */
    static void run(Screen screen, int members) throws IOException, InterruptedException, SQLException {
        try (RegistryProcess registry = RegistryProcess.start(members, MEMBER_SEED);
                Host host = Host.start()) {
            Thread onInterrupt = new Thread(() -> {
                registry.stop();
                host.deleteFolder();
            });
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            new Demo(screen, registry, host).run(members);
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        }
    }

    private void run(int members) throws IOException, InterruptedException, SQLException {
        screen.line("");
        screen.line("MemberSync demo");
        screen.line("");
        screen.line("   Registry     a simulated Cornerstone registry with %,d members, all invented,", members);
        screen.line("                process %d, %s", registry.pid(), registry.baseUrl());
        screen.line("   Application  this process, with an H2 database in %s,", host.folder());
        screen.line("                which is deleted at the end");
        screen.line("");
        host.connect(registry.baseUrl(), registry.apiKey());
        step("1 full sync", "All members come in for the first time.", this::full);
        List<RegistryProcess.Change> changes = registry.change(CHANGES, CHANGE_SEED);
        step("2 delta sync", "The registry changes: " + counted(changes) + ". Only that is read.", this::delta);
        step("3 full sync", "All members are read again, and nothing is left to do.", this::full);
        screen.line("Summary");
        summary.print(screen);
        screen.line("");
        screen.line("Three members, from the application's table, and what the audit says of them");
        new SampleMembers(host, screen).show(changes);
        screen.line("");
        check();
    }

    private void step(String name, String what, Callable<Run> sync) throws InterruptedException {
        screen.line("%s. %s", name.substring(0, 1), what);
        screen.startPassing();
        Run run = result(sync);
        screen.line("   %,d records read in %s.", run.counts().read(), SummaryTable.seconds(run));
        screen.line("");
        summary.add(name, run);
    }

    private static Run result(Callable<Run> sync) throws InterruptedException {
        try {
            return sync.call();
        } catch (InterruptedException | RuntimeException known) {
            throw known;
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private Run full() throws InterruptedException {
        return host.fullSync(new ProgressBar(screen)::show);
    }

    private Run delta() throws InterruptedException {
        return host.deltaSync(new ProgressBar(screen)::show);
    }

    /** Such as {@code 3 created, 1 deleted}. */
    private static String counted(List<RegistryProcess.Change> changes) {
        Map<String, Long> kinds = changes.stream()
                .collect(Collectors.groupingBy(
                        change -> change.kind().toLowerCase(Locale.ROOT), TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private void check() throws IOException, InterruptedException, SQLException {
        Comparison same = Comparison.of(registry, host);
        screen.line("Check");
        screen.line(
                "   %,d members in the registry and the same %,d here; all %d fields of each are equal.",
                same.members(), same.members(), same.fields());
        screen.line("   %d more stay here as terminated: the registry deleted or merged them.", same.terminated());
        screen.line("");
    }
}

package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.audit.AuditQuery;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.ConnectorFactory;
import io.membersync.examples.terminal.Screen;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.run.LastSync;
import io.membersync.run.Preview;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands. Each opens what it needs, does one thing, and says by its exit code how it went. */
@Command(
        name = "membersync",
        mixinStandardHelpOptions = true,
        version = "membersync 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        description = "Tries MemberSync on a registry of your own, before you write a line of code.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the sync failed, was stopped, or left records in quarantine",
            "2:wrong usage or configuration",
            "3:the registry refused the credentials",
            "4:the registry cannot be reached, is out of order, or asks for a pause",
            "5:the address leads elsewhere, or the answer cannot be understood",
            "6:the sync cannot be started now",
            "7:the database cannot be used",
            "70:a mistake of this program"
        })
final class Cli {

    private static final int MOST_SAMPLES = 100;
    private static final int MOST_ENTRIES = 200;

    private final Output output;
    private final Function<String, @Nullable String> environment;
    private volatile boolean stopped;

    Cli(Output output, Function<String, @Nullable String> environment) {
        this.output = output;
        this.environment = environment;
    }

    /** What all commands take that work with a configuration. */
    static final class Options {

        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                defaultValue = "membersync.json",
                description = "The configuration; standard ${DEFAULT-VALUE}.")
        private Path config = Path.of("membersync.json");

        @Option(names = "--json", description = "Answer in JSON.")
        private boolean json;
    }

    /** What commands take that reach the registry. */
    static final class Reach {

        @Option(names = "--moved", description = "The endpoint is a new address of the registry that it always was.")
        private boolean moved;
    }

    /** Which sync. */
    static final class Kind {

        @Option(names = "--full", required = true, description = "Read all members.")
        private boolean full;

        @Option(names = "--delta", required = true, description = "Read what changed since the last sync.")
        private boolean delta;

        private RunKind kind() {
            return delta && !full ? RunKind.DELTA : RunKind.FULL;
        }
    }

    /**
     * Carries a command out and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Screen.standard(), utf8(System.out), utf8(System.err), System::getenv, arguments));
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** Carries a command out. */
    static int run(
            Screen screen,
            PrintStream out,
            PrintStream err,
            Function<String, @Nullable String> environment,
            String... arguments) {
        Output output = new Output(screen, out, err);
        Cli cli = new Cli(output, environment);
        CommandLine line = new CommandLine(cli);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            Failure failure = cli.stopped ? Failure.stopped() : Failure.of(exception);
            failure.print(output);
            return failure.code();
        });
        return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    @Command(name = "test", description = "Asks the registry who it is. Reads no member.")
    int test(@Mixin Options options, @Mixin Reach reach) throws SQLException {
        try (Host host = connected(options, reach)) {
            ConnectionReport report = host.sync().integrations().test(host.integration());
            if (output.json()) {
                output.write(Json.connection(report));
            } else {
                Lines.connection(output, report);
            }
            return report instanceof ConnectionReport.Failed failed ? ExitCode.of(failed.fault()) : ExitCode.DONE;
        }
    }

    @Command(name = "preview", description = "Tells what a full sync would do now, and changes nothing.")
    int preview(
            @Mixin Options options,
            @Mixin Reach reach,
            @Option(
                            names = "--samples",
                            paramLabel = "NUMBER",
                            defaultValue = "3",
                            description = "How many records of each kind to show, 0 to 100; standard ${DEFAULT-VALUE}.")
                    int samples)
            throws SQLException {
        try (Host host = connected(options, reach)) {
            Preview preview =
                    host.sync().runs().preview(host.integration(), Math.max(0, Math.min(samples, MOST_SAMPLES)));
            if (output.json()) {
                output.write(Json.preview(preview));
            } else {
                Lines.preview(output, preview);
            }
            return preview.counts().quarantined() == 0 ? ExitCode.DONE : ExitCode.INCOMPLETE;
        }
    }

    @Command(
            name = "sync",
            description = "Brings the members into the database. A sync that was killed is carried on first.")
    int sync(@Mixin Options options, @Mixin Reach reach, @ArgGroup(exclusive = true, multiplicity = "1") Kind kind)
            throws SQLException, InterruptedException {
        try (Host host = connected(options, reach)) {
            host.start();
            Run run = new Syncs(host, output.progress()).run(kind.kind());
            return ended(host, run);
        }
    }

    @Command(
            name = "watch",
            description = {
                "Keeps the members up to date until it is stopped: a delta sync again and again, and first a full one"
                        + " where none was ever completed. Says what each did. Goes on where a fault may pass."
            })
    int watch(
            @Mixin Options options,
            @Mixin Reach reach,
            @Option(
                            names = "--every",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "How long to wait between two syncs; standard ${DEFAULT-VALUE}.")
                    int seconds,
            @Option(
                            names = "--times",
                            paramLabel = "NUMBER",
                            defaultValue = "0",
                            description = "End after so many syncs; standard ${DEFAULT-VALUE}, never.")
                    int times)
            throws SQLException, InterruptedException {
        try (Host host = connected(options, reach)) {
            host.start();
            Syncs syncs = new Syncs(host, output.progress());
            for (int round = 1; ; round++) {
                int code = ended(host, syncs.run(syncs.completedOnce() ? RunKind.DELTA : RunKind.FULL));
                boolean passes = code == ExitCode.DONE || code == ExitCode.INCOMPLETE || code == ExitCode.NETWORK;
                if (!passes || round == times) {
                    return code;
                }
                TimeUnit.SECONDS.sleep(seconds);
            }
        }
    }

    @Command(
            name = "dump",
            description = "Prints every member that the database holds, terminated ones too: a line of JSON each.")
    int dump(@Mixin Options options) {
        try (Host host = toLookAt(options)) {
            new MemberDump(host.storage(), host.organization(), host.integration()).forEach(output::write);
            return ExitCode.DONE;
        }
    }

    @Command(name = "history", description = "Prints the syncs, or what they changed, newest first.")
    int history(
            @Mixin Options options,
            @Option(names = "--audit", description = "Print every entry of the audit instead.") boolean audit,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "50",
                            description = "How many at most, 1 to 200; standard ${DEFAULT-VALUE}.")
                    int limit) {
        int most = Math.max(1, Math.min(limit, MOST_ENTRIES));
        try (Host host = toLookAt(options)) {
            if (host.sync().integrations().find(host.integration()).isEmpty()) {
                output.line("Nothing was done with this configuration yet.");
            } else if (audit) {
                AuditQuery some = AuditQuery.of(host.organization()).atMost(most);
                print(host.sync().audit().find(some).items(), Json::audit, Lines::audit);
            } else {
                List<Run> runs = host.sync()
                        .runs()
                        .list(host.integration(), Optional.empty(), most)
                        .items();
                print(runs, Json::run, Lines::history);
            }
            return ExitCode.DONE;
        }
    }

    private <T> void print(List<T> items, Function<T, ObjectNode> json, Function<T, String> text) {
        for (T item : items) {
            if (output.json()) {
                output.write(json.apply(item));
            } else {
                output.line("%s", text.apply(item));
            }
        }
    }

    @Command(name = "describe", description = "Prints what a member system wants to be told, and a file to start from.")
    int describe(
            @Parameters(paramLabel = "SYSTEM", description = "Such as cornerstone, consio or dynamics.") String system,
            @Option(names = "--json", description = "Answer in JSON.") boolean json) {
        output.json(json);
        ConnectorFactory factory = Systems.find(system)
                .orElseThrow(() -> new InvalidConfigurationException(
                        "The system",
                        List.of(new Violation("SYSTEM", "is not known here; known are " + Systems.ids()))));
        SystemDescription description = new SystemDescription(factory);
        if (json) {
            output.write(description.json());
        } else {
            description.print(output);
        }
        return ExitCode.DONE;
    }

    private Host connected(Options options, Reach reach) throws SQLException {
        output.json(options.json);
        Host host = Host.connected(new ConfigurationFile(options.config, environment).read(), reach.moved);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(host)));
        return host;
    }

    /** Lets a sync come to its checkpoint when the process is told to end. */
    private void stop(Host host) {
        stopped = true;
        host.close();
    }

    private Host toLookAt(Options options) {
        output.json(options.json);
        return Host.toLookAt(new ConfigurationFile(options.config, environment).readWithoutCredentials());
    }

    /** Says how a run ended, and what became of the members. */
    private int ended(Host host, Run run) {
        Optional<LastSync> last = host.sync().runs().lastSync(host.integration());
        if (output.json()) {
            ObjectNode json = Json.run(run);
            last.ifPresent(sync -> json.put("membersLinked", sync.members()));
            output.write(json);
            return ExitCode.of(run);
        }
        output.line("%s  %s", Lines.time(run.endedAt().orElse(run.queuedAt())), Lines.run(run));
        last.ifPresent(sync -> output.line("   %,d members are linked to the registry.", sync.members()));
        run.checkpoint()
                .paused()
                .forEach((field, why) -> output.line("   paused, members keep their values: %s: %s", field, why));
        run.failure().ifPresent(failure -> output.problem("   " + failure.message() + ". " + failure.advice()));
        run.parkedUntil()
                .ifPresent(until -> output.problem("   The sync is laid aside until " + Lines.time(until)
                        + "; the next one after that goes on where it stopped."));
        if (run.counts().quarantined() > 0) {
            host.sync()
                    .quarantine()
                    .list(host.integration(), Optional.empty(), 10)
                    .items()
                    .forEach(record ->
                            output.line("   in quarantine: %s at %s %s", record.key(), record.path(), record.reason()));
        }
        return ExitCode.of(run);
    }
}

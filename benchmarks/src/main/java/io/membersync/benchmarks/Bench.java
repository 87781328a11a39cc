package io.membersync.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures the programs in turn, each against its own database and its own copy of the registry. */
final class Bench implements AutoCloseable {

    private static final double NANOS = 1e9;
    private static final double MB = 1024 * 1024;
    private static final int WARM_UP_CHANGES = 50;
    private static final int FEW = 10;

    private final Options options;
    private final Report report;
    private final Server server;
    private final Map<Kind, Registry> registries = new EnumMap<>(Kind.class);

    Bench(Options options, Report report, Path folder) throws IOException, SQLException {
        this.options = options;
        this.report = report;
        this.server = Server.start(folder, options.sharedBuffers());
        for (Kind kind : Kind.values()) {
            registries.put(kind, Registry.start(options.members()));
        }
    }

    Server server() {
        return server;
    }

    void round(int number) throws Exception {
        // Whoever comes second finds warmer caches; so they take turns.
        List<Kind> order = number % 2 == 0 ? List.of(Kind.FLOOR, Kind.ENGINE) : List.of(Kind.ENGINE, Kind.FLOOR);
        for (Kind kind : order) {
            server.create(kind.label());
            registry(kind).reset();
            try (Child program = start(kind)) {
                program.ask("install", Subject.MEASURED);
                measure("initial load", kind, program, "full");
            }
        }
        checkAlike();
        for (Kind kind : order) {
            try (Child program = start(kind)) {
                measure("nothing changed", kind, program, "full");
                measure("nothing changed, warm", kind, program, "full");
            }
        }
        for (Kind kind : order) {
            registry(kind).changeOnePercent(100 + number);
            try (Child program = start(kind)) {
                measure("1 % changed", kind, program, "full");
            }
        }
        checkAlike();
        for (Kind kind : order) {
            deltas(kind);
        }
        checkAlike();
    }

    private void deltas(Kind kind) throws Exception {
        server.quiet(kind.label());
        long seed = 1_000;
        try (Child program = start(kind)) {
            for (int i = 0; i < options.warmUps(); i++) {
                registry(kind).change(WARM_UP_CHANGES, seed++);
                program.ask("delta", Subject.MEASURED);
            }
            for (int count : options.changes()) {
                List<Measurement> all = new ArrayList<>();
                for (int i = 0; i < options.repeats(); i++) {
                    registry(kind).change(count, seed++);
                    all.add(measured(kind, program, "delta"));
                }
                report.add("delta of " + count, kind, Measurement.typical(all));
            }
        }
    }

    private Registry registry(Kind kind) {
        Registry registry = registries.get(kind);
        if (registry == null) {
            throw new IllegalStateException("Every program has a registry");
        }
        return registry;
    }

    private Child start(Kind kind) throws IOException {
        Registry registry = registry(kind);
        Child program = Child.start(
                kind.program(),
                kind == Kind.ENGINE ? options.engineFlags() : List.of(),
                List.of(server.url(kind.label()), registry.base().toString(), registry.key()));
        program.await(Subject.READY);
        return program;
    }

    private void measure(String phase, Kind kind, Child program, String command) throws Exception {
        server.quiet(kind.label());
        Measurement measurement = measured(kind, program, command);
        report.add(phase, kind, measurement);
        report.note(phase + ", " + kind.label() + ": " + measurement.done());
    }

    private Measurement measured(Kind kind, Child program, String command) throws Exception {
        Server.Work before = server.work(kind.label());
        long requests = registry(kind).requests();
        String[] answer = program.ask(command, Subject.MEASURED).split(" ", 4);
        requests = registry(kind).requests() - requests;
        Server.Work after = server.work(kind.label());
        return new Measurement(
                Long.parseLong(answer[0]) / NANOS,
                Long.parseLong(answer[1]) / NANOS,
                (after.cpuNanos() - before.cpuNanos()) / NANOS,
                after.statements() - before.statements(),
                after.transactions() - before.transactions(),
                requests,
                Long.parseLong(answer[2]) / MB,
                (after.walBytes() - before.walBytes()) / MB,
                answer[3]);
    }

    /** Proves that both programs have come to the same members and the same absences. */
    private void checkAlike() throws SQLException {
        List<String> contents = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            contents.add(server.text(kind.label(), kind.contentSql()) + ", "
                    + server.text(kind.label(), kind.absencesSql()) + " absent");
        }
        report.note("content: " + contents.get(0));
        if (!contents.get(0).equals(contents.get(1))) {
            tellDifferences(Kind.FLOOR, Kind.ENGINE);
            tellDifferences(Kind.ENGINE, Kind.FLOOR);
            throw new IllegalStateException("The programs have come to different members: " + contents);
        }
    }

    /** The registry is simulated, so that members may be shown. */
    private void tellDifferences(Kind here, Kind there) throws SQLException {
        Set<String> only = server.texts(here.label(), here.rowsSql());
        only.removeAll(server.texts(there.label(), there.rowsSql()));
        only.stream().limit(FEW).forEach(row -> report.note("only " + here.label() + " has " + row));
    }

    @Override
    public void close() throws Exception {
        for (Registry registry : registries.values()) {
            registry.close();
        }
        server.close();
    }
}

package io.membersync.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gathers measurements by phase and program, and prints their medians and ratios as tables. */
final class Report {

    private final PrintStream out;
    private final Map<String, Map<Kind, List<Measurement>>> phases = new LinkedHashMap<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void add(String phase, Kind kind, Measurement measurement) {
        phases.computeIfAbsent(phase, any -> new EnumMap<>(Kind.class))
                .computeIfAbsent(kind, any -> new ArrayList<>())
                .add(measurement);
    }

    /** Tells at once how things go; not part of the tables. */
    void note(String line) {
        out.println("# " + line);
    }

    void print() {
        out.println();
        out.println(
                "| phase | program | wall s (min-max) | JVM CPU s | PostgreSQL CPU s | SQL statements | transactions"
                        + " | HTTP requests | live heap MB | WAL MB |");
        out.println("|---|---|---|---|---|---|---|---|---|---|");
        phases.forEach((phase, programs) -> programs.forEach((kind, all) -> line(phase, kind, all)));
        out.println();
        out.println("| phase | engine / floor: wall | CPU (JVM + PostgreSQL) | SQL statements |");
        out.println("|---|---|---|---|");
        phases.forEach(this::ratios);
    }

    private void line(String phase, Kind kind, List<Measurement> all) {
        Measurement m = Measurement.median(all);
        double least = all.stream().mapToDouble(Measurement::wall).min().orElse(0);
        double most = all.stream().mapToDouble(Measurement::wall).max().orElse(0);
        out.printf(
                Locale.ROOT,
                "| %s | %s | %.3f (%.3f-%.3f) | %.3f | %.3f | %.0f | %.0f | %.0f | %.0f | %.1f |%n",
                phase,
                kind.label(),
                m.wall(),
                least,
                most,
                m.jvmCpu(),
                m.databaseCpu(),
                m.statements(),
                m.transactions(),
                m.requests(),
                m.heap(),
                m.wal());
    }

    private void ratios(String phase, Map<Kind, List<Measurement>> programs) {
        List<Measurement> floors = programs.getOrDefault(Kind.FLOOR, List.of());
        List<Measurement> engines = programs.getOrDefault(Kind.ENGINE, List.of());
        if (floors.isEmpty() || engines.isEmpty()) {
            return;
        }
        Measurement floor = Measurement.median(floors);
        Measurement engine = Measurement.median(engines);
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |%n",
                phase,
                engine.wall() / floor.wall(),
                engine.cpu() / floor.cpu(),
                engine.statements() / floor.statements());
    }
}

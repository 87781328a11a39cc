package io.membersync.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs the floor program and the engine side by side, and prints what each took and the ratios. */
public final class SideBySide {

    private SideBySide() {}

    /**
     * Measures.
     *
     * @param arguments see {@link Options#USAGE}; all optional
     */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Report report = new Report(System.out);
        Path folder = Files.createTempDirectory(target(), "bench");
        try (Bench bench = new Bench(options, report, folder)) {
            report.note(Machine.description(bench.server().version()));
            report.note(options.toString());
            for (int round = 0; round < options.rounds(); round++) {
                report.note("round " + (round + 1) + " of " + options.rounds());
                bench.round(round);
            }
            if (!options.engineFlags().isEmpty()) {
                System.out.println(bench.server().statements(Kind.ENGINE.label()));
            }
            report.print();
        } finally {
            delete(folder);
        }
    }

    /** The build folder, where everything is written: the one that holds the program. */
    static Path target() throws URISyntaxException {
        Path code = Path.of(SideBySide.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Objects.requireNonNull(code.toAbsolutePath().getParent(), "the program stands in a folder");
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}

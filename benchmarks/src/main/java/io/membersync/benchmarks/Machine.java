package io.membersync.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what was measured on. */
final class Machine {

    private Machine() {}

    static String description(String postgres) {
        Runtime runtime = Runtime.getRuntime();
        return runtime.availableProcessors() + " cores (" + processor() + "), "
                + System.getProperty("java.vm.name") + " " + Runtime.version() + ", PostgreSQL " + postgres + ", "
                + System.getProperty("os.name");
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException unknown) {
            return "unknown processor";
        }
    }
}

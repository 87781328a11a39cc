package io.membersync.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** CPU time of processes, in nanoseconds. */
final class Cpu {

    private static final long NANOS_PER_TICK = 10_000_000;

    private Cpu() {}

    /** {@return the CPU time of this JVM, all threads and its compiler included} */
    static long ofThisProcess() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /**
     * {@return the CPU time of a process, of its children, and of those children that have ended}
     *
     * @param pid the process
     */
    static long ofFamily(long pid) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            long children = processes
                    .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .flatMap(path -> stat(path).stream())
                    .filter(stat -> Long.parseLong(stat[1]) == pid)
                    .mapToLong(stat -> Long.parseLong(stat[11]) + Long.parseLong(stat[12]))
                    .sum();
            return NANOS_PER_TICK * (children + own(pid));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long own(long pid) {
        String[] stat = stat(Path.of("/proc/" + pid)).orElseThrow();
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(stat[i]);
        }
        return ticks;
    }

    /** The fields behind the process's name, which may hold blanks: state, parent, and so on. */
    private static Optional<String[]> stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }
}

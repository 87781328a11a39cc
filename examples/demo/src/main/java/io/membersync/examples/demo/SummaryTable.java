package io.membersync.examples.demo;

import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each run did, one line for each, in columns. For one thread. */
final class SummaryTable {

    private static final String HEADING = "   %-16s%9s%9s%9s%9s%11s%13s%9s";
    private static final String ROW = "   %-16s%,9d%,9d%,9d%,9d%,11d%,13d%9s";

    private final List<String> rows = new ArrayList<>();

    void add(String name, Run run) {
        RunCounts counts = run.counts();
        rows.add(String.format(
                Locale.ROOT,
                ROW,
                name,
                counts.read(),
                counts.created(),
                counts.updated(),
                counts.removed(),
                counts.conflicts(),
                counts.quarantined(),
                seconds(run)));
    }

    void print(Screen screen) {
        String heading = String.format(
                Locale.ROOT,
                HEADING,
                "run",
                "read",
                "created",
                "updated",
                "removed",
                "conflicts",
                "quarantined",
                "time");
        screen.line("%s", heading);
        screen.line("   %s", "-".repeat(heading.length() - 3));
        rows.forEach(row -> screen.line("%s", row));
    }

    /** How long a run took, from the moment a worker took it. */
    static String seconds(Run run) {
        Duration took = Duration.between(
                run.startedAt().orElse(run.queuedAt()), run.endedAt().orElse(run.queuedAt()));
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}

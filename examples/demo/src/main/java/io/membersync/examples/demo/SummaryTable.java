package io.membersync.examples.demo;

import io.membersync.examples.terminal.Screen;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each run did, one line for each, in columns. For one thread. */
final class SummaryTable {

    private static final List<String> HEADINGS =
            List.of("run", "read", "created", "updated", "removed", "conflicts", "quarantined", "time");
    private static final int FIRST_COLUMN = 13;
    private static final int BETWEEN_COLUMNS = 2;
    private static final int NARROWEST_COLUMN = 6;

    private final List<String> rows = new ArrayList<>();

    void add(String name, Run run) {
        RunCounts counts = run.counts();
        rows.add(row(List.of(
                name,
                number(counts.read()),
                number(counts.created()),
                number(counts.updated()),
                number(counts.removed()),
                number(counts.conflicts()),
                number(counts.quarantined()),
                seconds(run))));
    }

    void print(Screen screen) {
        String headings = row(HEADINGS);
        screen.line("   %s", headings);
        screen.line("   %s", "-".repeat(headings.length()));
        rows.forEach(row -> screen.line("   %s", row));
    }

    private static String row(List<String> cells) {
        StringBuilder row = new StringBuilder(cells.get(0)).append(padding(FIRST_COLUMN, cells.get(0)));
        for (int i = 1; i < cells.size(); i++) {
            int width =
                    BETWEEN_COLUMNS + Math.max(NARROWEST_COLUMN, HEADINGS.get(i).length());
            row.append(padding(width, cells.get(i))).append(cells.get(i));
        }
        return row.toString();
    }

    private static String padding(int width, String cell) {
        return " ".repeat(Math.max(0, width - cell.length()));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** How long a run took, from the moment a worker took it. */
    static String seconds(Run run) {
        Duration took = Duration.between(
                run.startedAt().orElse(run.queuedAt()), run.endedAt().orElse(run.queuedAt()));
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}

package io.membersync.examples.cli;

import io.membersync.audit.AuditEntry;
import io.membersync.connector.ConnectionReport;
import io.membersync.model.ExternalId;
import io.membersync.plan.FieldChange;
import io.membersync.run.Preview;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;

/** What people get to read. */
final class Lines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private Lines() {}

    static void connection(Output output, ConnectionReport report) {
        if (report instanceof ConnectionReport.Connected connected) {
            output.line("Connected to '%s'.", connected.organizationName());
            output.line(
                    "   Members      %s",
                    connected.members().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%,d", connected.members().getAsLong())
                            : "the registry does not tell");
            output.line("   API version  %s", connected.apiVersion().orElse("the registry does not tell"));
            output.line(
                    "   Delta        %s",
                    connected
                            .abilities()
                            .deltaUnavailable()
                            .map(why -> "no: " + why)
                            .orElse("yes"));
            output.line(
                    "   Writing      %s",
                    connected
                            .abilities()
                            .writeUnavailable()
                            .map(why -> "no: " + why)
                            .orElse("yes"));
        } else if (report instanceof ConnectionReport.Failed failed) {
            output.problem("No connection (" + failed.fault() + "): " + failed.detail() + ". " + failed.advice());
        }
    }

    static void preview(Output output, Preview preview) {
        output.line("A full sync would do: %s", counts(preview.counts()));
        if (!preview.proven()) {
            output.line(
                    "   The listing is not proven complete, so nothing is concluded from what it does not contain.");
        }
        new TreeMap<>(preview.fields())
                .forEach((field, members) -> output.line("   %,6d would change in %s", members, field));
        for (Preview.Sample sample : preview.samples()) {
            output.line(
                    "   %-10s  %s  %s",
                    sample.kind(), sample.externalId().map(ExternalId::value).orElse("-"), sample.why());
            for (FieldChange change : sample.changes()) {
                output.line(
                        "               %s: '%s' -> '%s'",
                        change.field(),
                        change.before().display(),
                        change.after().display());
            }
        }
        output.line("Nothing was changed.");
    }

    /** Such as {@code FULL sync completed in 2.1 s: 700 read, 700 created, ...}. */
    static String run(Run run) {
        return String.format(
                Locale.ROOT,
                "%s sync %s in %.1f s: %s",
                run.kind(),
                run.state().name().toLowerCase(Locale.ROOT),
                took(run).toMillis() / 1000.0,
                counts(run.counts()));
    }

    static String history(Run run) {
        return String.format(
                "%s  %-5s  %-9s  %-12s  %s%s",
                time(run.queuedAt()),
                run.kind(),
                run.state(),
                run.trigger(),
                counts(run.counts()),
                run.failure().map(failure -> "; " + failure.message()).orElse(""));
    }

    static String audit(AuditEntry entry) {
        return String.format(
                "%s  %-17s  %s%s",
                time(entry.at()),
                entry.kind(),
                entry.externalId().map(id -> id + ": ").orElse(""),
                entry.summary());
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private static String counts(RunCounts counts) {
        return String.format(
                Locale.ROOT,
                "%,d read, %,d created, %,d updated, %,d removed, %,d conflicts, %,d quarantined, %,d absent",
                counts.read(),
                counts.created(),
                counts.updated(),
                counts.removed(),
                counts.conflicts(),
                counts.quarantined(),
                counts.absent());
    }

    private static Duration took(Run run) {
        return Duration.between(
                run.startedAt().orElse(run.queuedAt()), run.endedAt().orElse(run.queuedAt()));
    }
}

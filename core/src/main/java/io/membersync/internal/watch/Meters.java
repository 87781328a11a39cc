package io.membersync.internal.watch;

import io.membersync.health.Backlog;
import io.membersync.health.IntegrationHealth;
import io.membersync.health.Light;
import io.membersync.meter.Measurement;
import io.membersync.meter.Meter;
import io.membersync.model.IntegrationId;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is measured of runs, requests and integrations. Pure. */
public final class Meters {

    private static final double NANOS = 1e9;

    private Meters() {}

    /**
     * Measures a run that has ended.
     *
     * @param run the run
     * @return what there is to tell of it
     */
    public static List<Measurement> of(Run run) {
        List<Measurement> all = new ArrayList<>();
        Map<String, String> whose = whose(run.organization().value(), run.integration());
        Map<String, String> kind = with(whose, "kind", lower(run.kind()));
        Optional<Instant> ended = run.endedAt();
        run.startedAt().filter(started -> ended.isPresent()).ifPresent(started -> {
            all.add(new Measurement(Meter.RUN_WAIT, kind, seconds(run.queuedAt(), started)));
            all.add(new Measurement(
                    Meter.RUN, with(kind, "outcome", lower(run.state())), seconds(started, ended.orElseThrow())));
        });
        if (run.state() == RunState.COMPLETED || run.state() == RunState.HELD) {
            results(run.counts()).forEach((result, number) -> {
                if (number > 0) {
                    all.add(new Measurement(Meter.RECORDS, with(whose, "result", result), number));
                }
            });
        }
        return all;
    }

    private static Map<String, Long> results(RunCounts counts) {
        return Map.of(
                "read", counts.read(),
                "created", counts.created(),
                "updated", counts.updated(),
                "removed", counts.removed(),
                "conflict", counts.conflicts(),
                "quarantined", counts.quarantined(),
                "absent", counts.absent());
    }

    /**
     * Measures a request.
     *
     * @param integration for whom
     * @param outcome its status, or the fault where no answer came
     * @param nanos how long it took
     * @return the measurement
     */
    public static Measurement request(String integration, String outcome, long nanos) {
        return new Measurement(Meter.REQUEST, Map.of("integration", integration, "outcome", outcome), nanos / NANOS);
    }

    /** Measures how an integration stands. */
    static List<Measurement> of(Facts facts, IntegrationHealth health, int alerts) {
        Map<String, String> whose = whose(
                facts.integration().organization().value(), facts.integration().id());
        List<Measurement> all = new ArrayList<>();
        all.add(new Measurement(Meter.LIGHT, whose, light(health.state().light())));
        all.add(new Measurement(Meter.SUCCESS_AGE, whose, seconds(facts.lastSuccess(), facts.now())));
        health.freshness()
                .lastFull()
                .ifPresent(full -> all.add(new Measurement(Meter.FULL_AGE, whose, seconds(full, facts.now()))));
        Optional<Instant> due = facts.nextDue().filter(facts.now()::isAfter);
        all.add(new Measurement(
                Meter.LATENESS,
                whose,
                due.map(moment -> seconds(moment, facts.now())).orElse(0.0)));
        queues(health.backlog())
                .forEach((queue, number) ->
                        all.add(new Measurement(Meter.BACKLOG, with(whose, "queue", queue), number)));
        all.add(new Measurement(Meter.ALERTS, whose, alerts));
        return all;
    }

    private static int light(Light light) {
        return switch (light) {
            case GREEN -> 0;
            case YELLOW -> 1;
            case RED -> 2;
            case GREY -> -1;
        };
    }

    private static Map<String, Long> queues(Backlog backlog) {
        return Map.of(
                "quarantine", backlog.quarantined(),
                "undelivered", backlog.undelivered(),
                "conflicts", backlog.conflicts(),
                "unclear", backlog.unclear());
    }

    private static Map<String, String> whose(String organization, IntegrationId integration) {
        return Map.of("organization", organization, "integration", integration.value());
    }

    private static Map<String, String> with(Map<String, String> tags, String name, String value) {
        Map<String, String> more = new HashMap<>(tags);
        more.put(name, value);
        return more;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toNanos() / NANOS;
    }
}

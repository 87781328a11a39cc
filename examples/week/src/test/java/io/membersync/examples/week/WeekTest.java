package io.membersync.examples.week;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.alert.Alert;
import io.membersync.alert.AlertKind;
import io.membersync.audit.AuditCheck;
import io.membersync.examples.terminal.Screen;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The week goes as it should, minute by minute where it matters. */
class WeekTest {

    @Test
    void aWeekWithAnOutageARevokedKeyAHeldRunAndAnAuditThatProvesItself() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        WeekReport week = Week.run(new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false));

        String told = out.toString(StandardCharsets.UTF_8);
        nights(week.nights());
        outage(week);
        assertThat(week.keyAlerts())
                .filteredOn(alert -> alert.kind() == AlertKind.CREDENTIALS)
                .extracting(Alert::open)
                .containsExactly(true, false);
        assertThat(told).contains("a mistyped key: ", "the right one is taken");
        assertThat(week.held().counts().removed()).isZero();
        assertThat(week.applied().kind()).isEqualTo(RunKind.APPLY);
        assertThat(week.applied().counts().removed()).isEqualTo(60);
        assertThat(week.csvLines()).isGreaterThan(60);
        assertThat(week.checks())
                .hasSize(2)
                .allSatisfy(check -> assertThat(check).isInstanceOf(AuditCheck.Intact.class));
        assertThat(told).contains("200 members", "80 members", "The organization has no member system");
    }

    /** Each organization once in each night, in its window, and never more than 24 hours apart. */
    private static void nights(List<Run> runs) {
        assertThat(runs).allSatisfy(run -> assertThat(run.state()).isEqualTo(RunState.COMPLETED));
        for (var integration : List.of(World.NORTH_REGISTRY, World.SOUTH_REGISTRY)) {
            List<Run> own = runs.stream()
                    .filter(run -> run.integration().equals(integration))
                    .toList();
            assertThat(own).extracting(Run::trigger).containsOnly(Trigger.SCHEDULED);
            Instant last = own.get(0).queuedAt();
            for (Run run : own) {
                assertThat(Duration.between(last, run.queuedAt()))
                        .isLessThanOrEqualTo(Duration.ofMinutes(24 * 60 + 10));
                last = run.queuedAt();
            }
            assertThat(own.stream()
                            .map(run -> run.queuedAt().atZone(World.OSLO))
                            .filter(at -> !at.toLocalTime().isBefore(LocalTime.of(1, 0))
                                    && at.toLocalTime().isBefore(LocalTime.of(4, 10)))
                            .map(at -> at.toLocalDate().getDayOfMonth())
                            .distinct())
                    .containsExactly(24, 25, 26);
            // The night to Monday is 24 hours and more after the night to Sunday: there is one more, an hour before.
            assertThat(own).hasSize(4);
        }
    }

    /** Alerted within an hour of the first sync that was spoiled, and closed by itself. */
    private static void outage(WeekReport week) {
        Alert first = week.outageAlerts().get(0);
        assertThat(first.integration()).isEqualTo(World.NORTH_REGISTRY);
        assertThat(first.raisedAt())
                .isBetween(week.firstSpoiled(), week.firstSpoiled().plus(Duration.ofHours(1)));
        List<AlertKind> raised = week.outageAlerts().stream()
                .filter(Alert::open)
                .map(Alert::kind)
                .toList();
        assertThat(raised).contains(AlertKind.LATE, AlertKind.FAILED_TWICE).doesNotHaveDuplicates();
        assertThat(week.outageAlerts().stream().filter(alert -> !alert.open()).map(Alert::kind))
                .containsExactlyInAnyOrderElementsOf(raised);
        assertThat(week.outageRuns().get(week.outageRuns().size() - 1).state()).isEqualTo(RunState.COMPLETED);
    }
}

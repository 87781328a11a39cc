package io.membersync.internal.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.http.RateLimit;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchOrder;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Safeguards;
import io.membersync.run.RunKind;
import io.membersync.run.Standing;
import io.membersync.run.Standing.Streak;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.Integration;
import io.membersync.setup.SecretMask;
import io.membersync.setup.Timetable;
import io.membersync.storage.SyncPosition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is due, over both clock changes, after failures, and while nobody was there. */
class DueTest {

    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private static Slots window(String from, String until, String zone, double share) {
        return new NightlyWindows(
                SyncSchedule.nightly(LocalTime.parse(from), LocalTime.parse(until), ZoneId.of(zone)),
                new Spread(share));
    }

    @ParameterizedTest
    @CsvSource({
        // An ordinary night, at the window's beginning, in its middle, over midnight.
        "02:00, 05:00, Europe/Oslo, 0.0, 2026-03-10T12:00+01:00, 2026-03-11T02:00+01:00",
        "02:00, 05:00, Europe/Oslo, 0.5, 2026-03-10T12:00+01:00, 2026-03-11T03:30+01:00",
        "02:00, 05:00, Europe/Oslo, 0.5, 2026-03-11T03:00+01:00, 2026-03-11T03:30+01:00",
        "02:00, 05:00, Europe/Oslo, 0.5, 2026-03-11T03:30+01:00, 2026-03-12T03:30+01:00",
        "23:00, 01:00, Europe/Oslo, 0.75, 2026-03-10T23:59+01:00, 2026-03-11T00:30+01:00",
        "23:00, 01:00, Europe/Oslo, 0.75, 2026-03-11T00:30+01:00, 2026-03-12T00:30+01:00",
        // Clocks set on at 02:00 on March 29th: 02:00 is 03:00, the window is an hour shorter, or not there at all.
        "02:00, 05:00, Europe/Oslo, 0.0, 2026-03-28T12:00+01:00, 2026-03-29T03:00+02:00",
        "02:00, 05:00, Europe/Oslo, 0.5, 2026-03-28T12:00+01:00, 2026-03-29T04:00+02:00",
        "02:00, 03:00, Europe/Oslo, 0.5, 2026-03-28T12:00+01:00, 2026-03-29T03:30+02:00",
        "02:15, 02:45, Europe/Oslo, 0.0, 2026-03-28T12:00+01:00, 2026-03-29T03:15+02:00",
        "01:00, 02:30, Europe/Oslo, 0.5, 2026-03-28T12:00+01:00, 2026-03-29T01:45+01:00",
        // Clocks set back at 03:00 on October 25th: 02:00 to 03:00 comes twice, the first one counts.
        "02:00, 05:00, Europe/Oslo, 0.0, 2026-10-24T12:00+02:00, 2026-10-25T02:00+02:00",
        "02:00, 05:00, Europe/Oslo, 0.5, 2026-10-24T12:00+02:00, 2026-10-25T02:30+01:00",
        "02:00, 05:00, Europe/Oslo, 0.0, 2026-10-25T02:00+02:00, 2026-10-26T02:00+01:00",
        "04:00, 05:00, Europe/Oslo, 0.0, 2026-10-24T12:00+02:00, 2026-10-25T04:00+01:00",
        // New York, and an island whose clocks move by half an hour.
        "02:30, 04:30, America/New_York, 0.0, 2026-03-07T12:00-05:00, 2026-03-08T03:30-04:00",
        "01:30, 02:30, America/New_York, 0.0, 2026-10-31T12:00-04:00, 2026-11-01T01:30-04:00",
        "02:00, 03:00, Australia/Lord_Howe, 0.0, 2026-10-03T12:00+10:30, 2026-10-04T02:30+11:00",
        "01:45, 02:45, Australia/Lord_Howe, 0.0, 2026-04-04T12:00+11:00, 2026-04-05T01:45+11:00",
        // Samoa left out December 30th of 2011.
        "02:00, 05:00, Pacific/Apia, 0.0, 2011-12-29T12:00-10:00, 2011-12-31T02:00+14:00"
    })
    void aNightsMomentIsRightOnEveryNight(
            String from, String until, String zone, double share, OffsetDateTime after, OffsetDateTime expected) {
        assertThat(window(from, until, zone, share).after(after.toInstant())).isEqualTo(expected.toInstant());
    }

    @ParameterizedTest
    @CsvSource({"Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"})
    void neverDoMoreThanTwentyFourHoursLieBetweenTwoSyncs(String zone) {
        for (String from : List.of("00:30", "01:30", "02:00", "02:30", "03:00", "23:30")) {
            for (int number = 0; number < 10; number++) {
                Integration integration = nightly("org-" + number, LocalTime.parse(from), ZoneId.of(zone));
                Instant last = Instant.parse("2026-01-01T12:00:00Z");
                int runs = 0;
                while (last.isBefore(Instant.parse("2027-01-01T12:00:00Z"))) {
                    Instant next = due(integration, settled(last)).at();
                    assertThat(Duration.between(last, next)).isPositive().isLessThanOrEqualTo(Duration.ofHours(24));
                    last = next;
                    runs++;
                }
                // One for each night, and one or two more for each time that the clocks are set back.
                assertThat(runs).isBetween(365, 368);
            }
        }
    }

    @Test
    void inTheLongOctoberNightThereIsOneMore() {
        Integration integration = nightly("nbf", LocalTime.of(4, 0), OSLO);
        List<Instant> moments = new ArrayList<>();
        Instant last =
                due(integration, settled(Instant.parse("2026-10-23T12:00:00Z"))).at();
        for (int i = 0; i < 4; i++) {
            moments.add(last);
            last = due(integration, settled(last)).at();
        }

        assertThat(Duration.between(moments.get(0), moments.get(1))).isEqualTo(Duration.ofHours(24));
        assertThat(Duration.between(moments.get(1), moments.get(2))).isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(moments.get(2), moments.get(3))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void organizationsDoNotStartInTheSameSecond() {
        Set<Instant> moments = new HashSet<>();
        for (int number = 0; number < 100; number++) {
            Integration integration = nightly("org-" + number, LocalTime.of(2, 0), OSLO);
            moments.add(due(integration, SyncPosition.NONE).at());
        }

        assertThat(moments).hasSizeGreaterThan(90);
    }

    @Test
    void whatWasMissedIsDueOnce() {
        Integration integration = nightly("nbf", LocalTime.of(2, 0), OSLO);
        Instant now = Instant.parse("2026-06-10T12:00:00Z");

        Due missed = due(integration, settled(now.minus(Duration.ofDays(5))));
        Due after = due(integration, settled(now));

        assertThat(missed.next()).isBefore(now);
        assertThat(after.at()).isBetween(now, now.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 10", "3, 20", "4, 30", "5, 30", "60, 30"})
    void whatFailedIsTriedAgainLaterAndLater(int failures, int minutes) {
        Integration integration = nightly("nbf", LocalTime.of(2, 0), OSLO);
        Instant dueAt = due(integration, settled(LONG_AGO)).at();
        Instant failed = dueAt.plusSeconds(3_600);

        Due due = due(integration, failing(LONG_AGO, failures, failed));

        assertThat(due.at()).isEqualTo(dueAt);
        assertThat(due.next()).isEqualTo(failed.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void theNextNightsMomentIsNotMissedForAPause() {
        Integration integration = nightly("nbf", LocalTime.of(2, 0), OSLO);
        Instant slot =
                due(integration, settled(Instant.parse("2026-06-10T12:00:00Z"))).at();

        Due due = due(integration, failing(slot.minus(Duration.ofHours(25)), 9, slot.minus(Duration.ofMinutes(10))));

        assertThat(due.next()).isEqualTo(slot);
    }

    @Test
    void aNewScheduleIsNotLateForWhatWasBeforeIt() {
        Instant chosen = Instant.parse("2026-06-10T12:00:00Z");
        Integration integration =
                integration("nbf", SyncSchedule.nightly(LocalTime.of(2, 0), LocalTime.of(3, 0), OSLO), chosen);

        assertThat(due(integration, SyncPosition.NONE).at()).isAfter(chosen);
        assertThat(due(integration, settled(chosen.minus(Duration.ofHours(2)))).at())
                .isAfter(chosen)
                .isBeforeOrEqualTo(chosen.plus(Duration.ofHours(22)));
        assertThat(due(integration, settled(chosen.minus(Duration.ofDays(9)))).at())
                .isEqualTo(chosen);
    }

    @Test
    void frequentSyncsAreDeltasWhereThereIsAFeed() {
        Integration integration = integration("nbf", SyncSchedule.everyMinutes(15), LONG_AGO);
        Instant last = Instant.parse("2026-06-10T12:00:00Z");

        Due full = due(integration, settled(last));
        Due delta = due(integration, withFeed(settled(last)));

        assertThat(full.kind()).isEqualTo(RunKind.FULL);
        assertThat(delta.kind()).isEqualTo(RunKind.DELTA);
        assertThat(delta.at()).isAfter(last).isBeforeOrEqualTo(last.plus(Duration.ofMinutes(15)));
        assertThat(due(integration, withFeed(settled(delta.at()))).at())
                .isEqualTo(delta.at().plus(Duration.ofMinutes(15)));
    }

    @Test
    void aFeedThatFailsAgainAndAgainGivesWayToAFullSync() {
        Integration integration = integration("nbf", SyncSchedule.everyMinutes(15), LONG_AGO);
        Instant last = Instant.parse("2026-06-10T12:00:00Z");
        Streak full = new Streak(Optional.of(last), 0, Optional.empty());
        Streak four = new Streak(Optional.of(last), 4, Optional.of(last));
        Streak five = new Streak(Optional.of(last), 5, Optional.of(last));

        assertThat(List.of(four, five))
                .map(delta -> new Standing(Optional.empty(), full, delta, 0, Optional.empty()))
                .map(standing -> due(integration, withFeed(SyncPosition.NONE.with(standing)))
                        .kind())
                .containsExactly(RunKind.DELTA, RunKind.FULL);
    }

    @Test
    void aNightlyFullSyncStandsBesideFrequentDeltas() {
        SyncSchedule.Nightly nightly = SyncSchedule.nightly(LocalTime.of(2, 0), LocalTime.of(5, 0), OSLO);
        Integration integration =
                integration("nbf", SyncSchedule.everyMinutes(15).and(nightly), LONG_AGO);
        Instant last = Instant.parse("2026-06-10T12:00:00Z");
        Standing standing = new Standing(
                Optional.empty(),
                new Streak(Optional.of(last), 0, Optional.empty()),
                new Streak(Optional.of(last.plus(Duration.ofHours(30))), 0, Optional.empty()),
                0,
                Optional.empty());

        List<Due> due = Due.of(integration, withFeed(SyncPosition.NONE.with(standing)));

        assertThat(due).extracting(Due::kind).containsExactly(RunKind.FULL, RunKind.DELTA);
        assertThat(due.get(0).at()).isEqualTo(new NightlyWindows(nightly, Spread.of(integration.id())).after(last));
        assertThat(due.get(1).at()).isAfter(last.plus(Duration.ofHours(30)));
    }

    @Test
    void nothingIsDueWhereNobodyWantsIt() {
        Integration manual = integration("nbf", SyncSchedule.MANUAL_ONLY, LONG_AGO);
        Integration off = nightly("nbf", LocalTime.of(2, 0), OSLO);
        off = off.with(off.timetable().enabled(false, LONG_AGO));

        assertThat(Due.of(manual, SyncPosition.NONE)).isEmpty();
        assertThat(Due.of(off, SyncPosition.NONE)).isEmpty();
    }

    private static Due due(Integration integration, SyncPosition position) {
        return Due.of(integration, position).get(0);
    }

    private static SyncPosition settled(Instant at) {
        Streak full = new Streak(Optional.of(at), 0, Optional.empty());
        return SyncPosition.NONE.with(new Standing(Optional.empty(), full, Streak.NONE, 0, Optional.empty()));
    }

    private static SyncPosition failing(Instant settledAt, int failures, Instant failedAt) {
        Streak full = new Streak(Optional.of(settledAt), failures, Optional.of(failedAt));
        return SyncPosition.NONE.with(new Standing(Optional.empty(), full, Streak.NONE, 0, Optional.empty()));
    }

    private static SyncPosition withFeed(SyncPosition position) {
        return new SyncPosition(
                Optional.of(Cursor.START), position.fullSyncAt(), position.syncAt(), position.standing());
    }

    private static Integration nightly(String id, LocalTime from, ZoneId zone) {
        return integration(id, SyncSchedule.nightly(from, from.plusHours(3), zone), LONG_AGO);
    }

    private static Integration integration(String id, SyncSchedule schedule, Instant since) {
        return new Integration(
                IntegrationId.of(id),
                OrganizationId.of("nbf"),
                "cornerstone",
                URI.create("https://registry.example.org"),
                Map.of(),
                MappingSet.of(),
                Scope.EVERYBODY,
                MatchOrder.STANDARD,
                Safeguards.STANDARD,
                RateLimit.UNLIMITED,
                SecretMask.set(LONG_AGO, "Kari"),
                new Timetable(schedule, since, true, Optional.empty()));
    }
}

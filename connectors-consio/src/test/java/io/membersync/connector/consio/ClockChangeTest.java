package io.membersync.connector.consio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.model.ExternalId;
import io.membersync.testkit.contract.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes read by a wall clock in whole seconds, from a registry that forgets. */
@Requirement({"A2", "B2", "R15"})
class ClockChangeTest {

    private Rig rig = new Rig(Instant.parse("2026-01-01T00:00:00Z"), setup -> setup.members(0));

    private Connector start(String instant, int members) {
        rig.close();
        rig = new Rig(Instant.parse(instant), setup -> setup.members(members));
        return rig.connector();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest(name = "from {0} on")
    @CsvSource({
        // In October 2026 the hour from 00:00 UTC on has the same times as the one from 01:00 UTC on.
        "2026-10-24T22:00:00Z",
        // In March 2026 the hour that would begin at 01:00 UTC does not exist.
        "2026-03-28T22:00:00Z"
    })
    void everyMinuteOfANightWithAClockChangeIsRead(String evening) {
        Connector connector = start(evening, 400);
        Cursor place = Rig.position(connector);
        Set<String> seen = new HashSet<>();

        for (int id = 1; id <= 360; id++) {
            rig.registry.update(id, "{\"poststed\":\"NATT\"}");
            rig.time.advance(Duration.ofMinutes(1));
            if (id % 7 == 0) {
                List<Page> pages = Rig.changes(connector, place);
                seen.addAll(Rig.ids(pages));
                place = Rig.last(pages).next().orElseThrow();
                assertThat(seen).as("members changed until minute " + id).hasSize(id);
            }
        }
    }

    @ParameterizedTest(name = "{0} is asked for as {1}")
    @CsvSource({
        "2026-07-01T10:00:00Z, 2026-07-01T12:00:00",
        "2026-01-01T10:00:00Z, 2026-01-01T11:00:00",
        // October: before, both comings of the hour, after.
        "2026-10-24T23:59:59Z, 2026-10-25T01:59:59",
        "2026-10-25T00:00:00Z, 2026-10-25T01:00:00",
        "2026-10-25T00:38:00Z, 2026-10-25T01:38:00",
        "2026-10-25T01:38:00Z, 2026-10-25T01:38:00",
        "2026-10-25T02:00:00Z, 2026-10-25T03:00:00",
        // March: the last second before the missing hour and the first behind it.
        "2026-03-29T00:59:59Z, 2026-03-29T01:59:59",
        "2026-03-29T01:00:00Z, 2026-03-29T03:00:00",
    })
    void aFilterIsATimeThatStandsOnTheClockOnce(Instant instant, String local) {
        assertThat(new ConsioTimes(ConsioProfile.assumed()).since(instant)).isEqualTo(local);
    }

    @Test
    void changesWithinTheSecondOfAReadAreNotLost() {
        Connector connector = start("2026-03-02T10:00:00Z", 20);
        Cursor place = Rig.position(connector);
        rig.registry.update(3, "{\"poststed\":\"A\"}");
        List<Page> first = Rig.changes(connector, place);
        rig.registry.update(4, "{\"poststed\":\"B\"}");

        assertThat(Rig.ids(first)).containsExactly("3");
        assertThat(Rig.ids(Rig.changes(connector, Rig.last(first).next().orElseThrow())))
                .contains("4");
    }

    @Test
    void twentyFiveThousandMembersOfOneSecondAreReadWhole() {
        Connector connector = start("2026-03-02T10:00:00Z", 25_000);
        Cursor place = Rig.position(connector);
        rig.time.advance(Duration.ofMinutes(10));
        for (long id = 1; id <= 25_000; id++) {
            rig.registry.update(id, "{\"poststed\":\"SAMTIDIG\"}");
        }
        rig.time.advance(Duration.ofMinutes(10));

        List<Page> pages = Rig.changes(connector, place);

        assertThat(Rig.ids(pages)).hasSize(25_000).doesNotHaveDuplicates();
        assertThat(Rig.ids(Rig.changes(connector, Rig.last(pages).next().orElseThrow())))
                .as("the next delta")
                .isEmpty();
        assertThat(rig.registry.requests().count("GET /medlemmer/{id}")).isZero();
    }

    @Test
    void deletionsAndMergesComeBeforeTheMembersAsTheyAreNow() {
        Connector connector = start("2026-03-02T10:00:00Z", 20);
        Cursor place = Rig.position(connector);
        rig.time.advance(Duration.ofMinutes(10));
        rig.registry.delete(5);
        rig.registry.merge(6, 7);

        assertThat(Rig.records(Rig.changes(connector, place)))
                .startsWith(
                        new RegistryRecord.Gone(ExternalId.of("5"), "SLETTET"),
                        new RegistryRecord.Merged(ExternalId.of("6"), ExternalId.of("7")))
                .hasSize(3)
                .last()
                .isInstanceOfSatisfying(
                        RegistryRecord.Present.class,
                        target -> assertThat(target.externalId()).isEqualTo(ExternalId.of("7")));
    }

    @Test
    void aBareListOfDeletedMembersIsReadToo() {
        rig.close();
        rig = new Rig(
                Instant.parse("2026-03-02T10:00:00Z"), setup -> setup.members(9).bareDeletedList(true));
        Connector connector = rig.connector();
        Cursor place = Rig.position(connector);
        rig.time.advance(Duration.ofMinutes(10));
        rig.registry.delete(5);

        assertThat(Rig.records(Rig.changes(connector, place)))
                .containsExactly(new RegistryRecord.Gone(ExternalId.of("5"), "SLETTET"));
    }

    @Test
    void aPlaceFromBeforeTheRegistryForgotIsExpiredAndNeverPassedOver() {
        Connector connector = start("2026-03-02T10:00:00Z", 20);
        Cursor place = Rig.position(connector);
        rig.registry.delete(5);
        rig.time.advance(Duration.ofDays(88));
        assertThat(Rig.records(Rig.changes(connector, place))).hasSize(1);
        rig.time.advance(Duration.ofDays(3));

        RegistryException expired = catchThrowableOfType(
                RegistryException.class,
                () -> connector.deltaReader().orElseThrow().read(place));

        assertThat(expired.fault()).isEqualTo(Fault.CURSOR_EXPIRED);
    }

    @Test
    void whatBecameOfAMemberIsAskedForOnceForAllThatAreMissing() {
        Connector connector = start("2026-03-02T10:00:00Z", 20);
        rig.registry.delete(5);
        rig.registry.merge(6, 7);

        assertThat(connector
                        .singleReader()
                        .orElseThrow()
                        .read(List.of(ExternalId.of("5"), ExternalId.of("6"), ExternalId.of("99")))
                        .records())
                .containsExactly(
                        new RegistryRecord.Gone(ExternalId.of("5"), "SLETTET"),
                        new RegistryRecord.Merged(ExternalId.of("6"), ExternalId.of("7")),
                        new RegistryRecord.Gone(ExternalId.of("99"), "deleted"));
        assertThat(rig.registry.requests().count("GET /medlemmer/slettede")).isEqualTo(1);
    }
}

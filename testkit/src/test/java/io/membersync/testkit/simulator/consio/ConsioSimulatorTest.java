package io.membersync.testkit.simulator.consio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.SettableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the simulated registry does, asked by a plain client. */
@Requirement("A2")
class ConsioSimulatorTest {

    private final SettableTime time = SettableTime.at(Instant.parse("2026-10-25T00:30:00Z"));
    private ConsioSimulator simulator =
            ConsioSimulator.builder().members(250).time(time).strict(true).start();
    private Client client = new Client(simulator);

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static List<Long> ids(JsonNode data) {
        List<Long> ids = new ArrayList<>();
        data.forEach(member -> ids.add(member.path("medlemId").asLong()));
        return ids;
    }

    @Test
    void pagesHoldAHundredWhateverIsAskedForAndEndInEmptyOnes() throws Exception {
        Client.Asked first = client.get("/medlemmer?version=2.3&side=1&antall=500&sorter=medlemId");
        Client.Asked third = client.get("/medlemmer?version=2.3&side=3&antall=500&sorter=medlemId");
        Client.Asked beyond = client.get("/medlemmer?version=2.3&side=4&sorter=medlemId");

        assertThat(ids(first.data())).hasSize(100).startsWith(1L, 2L, 3L);
        assertThat(first.body().path("antall").asInt()).isEqualTo(100);
        assertThat(first.body().path("sider").asInt()).isEqualTo(3);
        assertThat(ids(third.data())).hasSize(50).endsWith(250L);
        assertThat(beyond.status()).isEqualTo(200);
        assertThat(beyond.data()).isEmpty();
    }

    @Test
    void rowsShiftWhenOneIsRemoved() throws Exception {
        simulator.delete(1);

        assertThat(ids(client.get("/medlemmer?version=2.3&side=2&antall=100&sorter=medlemId")
                        .data()))
                .startsWith(102L);
    }

    @Test
    void withoutAnOrderEveryAnswerHasItsOwn() throws Exception {
        List<Long> once = ids(client.get("/medlemmer?version=2.3").data());
        List<Long> twice = ids(client.get("/medlemmer?version=2.3").data());

        assertThat(once).isNotEqualTo(twice);
        assertThat(simulator.violations()).anyMatch(rule -> rule.contains("no order"));
    }

    @Test
    void theFilterIncludesItsSecondAndGoesByTheClockOnTheWall() throws Exception {
        simulator.update(7, "{\"poststed\":\"FØR\"}");
        time.advance(Duration.ofHours(1));
        simulator.update(8, "{\"poststed\":\"ETTER\"}");

        assertThat(simulator.member(7).orElseThrow().changed()).isEqualTo("2026-10-25T02:30:00");
        assertThat(simulator.member(8).orElseThrow().changed()).isEqualTo("2026-10-25T02:30:00");
        assertThat(ids(client.get("/medlemmer?version=2.3&sorter=medlemId&endretEtter=2026-10-25T02:30:00")
                        .data()))
                .containsExactly(7L, 8L);
        assertThat(ids(client.get("/medlemmer?version=2.3&sorter=medlemId&endretEtter=2026-10-25T02:30:01")
                        .data()))
                .isEmpty();
    }

    @Test
    void timesThatStandOnNoClockAreRefused() throws Exception {
        for (String time :
                List.of("2026-03-29T02:30:00", "2026-02-30T00:00:00", "2026-01-01", "2026-01-01T00:00:00Z")) {
            Client.Asked refused = client.get("/medlemmer?version=2.3&endretEtter=" + time);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("UGYLDIG_DATO");
        }
    }

    @Test
    void theListOfDeletedMembersForgetsInSilence() throws Exception {
        simulator.delete(5);
        time.advance(Duration.ofDays(89));
        simulator.merge(6, 7);
        String target = "/medlemmer/slettede?version=2.3&etter=2020-01-01T00:00:00";

        assertThat(ids(client.get(target).data())).containsExactly(5L, 6L);
        assertThat(client.get(target).data().get(1).path("arsak").asText()).isEqualTo("SAMMENSLATT");
        assertThat(client.get(target).data().get(1).path("tilMedlemId").asLong())
                .isEqualTo(7);
        time.advance(Duration.ofDays(2));
        assertThat(client.get(target).status()).isEqualTo(200);
        assertThat(ids(client.get(target).data())).containsExactly(6L);
    }

    @Test
    void aWholeRecordClearsWhatItLeavesOut() throws Exception {
        Client.Asked put = client.ask("PUT", "/medlemmer/9?version=2.3", "{\"etternavn\":\"Ny\"}");

        assertThat(put.status()).isEqualTo(200);
        ConsioMember stored = simulator.member(9).orElseThrow();
        assertThat(stored.text("etternavn")).contains("Ny");
        assertThat(stored.text("fornavn")).isEmpty();
        assertThat(stored.text("medlemId")).contains("9");
        assertThat(simulator.violations()).anyMatch(rule -> rule.contains("fornavn"));
    }

    @Test
    void aWriteOnAnOldConditionConflicts() throws Exception {
        Client.Asked put =
                client.ask("PUT", "/medlemmer/9?version=2.3", "{\"forventetEndret\":\"2020-01-01T00:00:00\"}");

        assertThat(put.status()).isEqualTo(409);
        assertThat(put.code()).isEqualTo("ENDRET_SIDEN");
    }

    @Test
    void aNumberIsTakenOnceAndNeverShown() throws Exception {
        long id = simulator
                .members()
                .filter(member -> member.text("personnr").isEmpty())
                .findFirst()
                .orElseThrow()
                .id();
        String number = new io.membersync.testkit.simulator.GeneratedMembers(1).nationalId((int) id - 1);
        String other = new io.membersync.testkit.simulator.GeneratedMembers(1).nationalId((int) id);

        assertThat(number(id, "12345678901").code()).isEqualTo("PERSONNR_UGYLDIG");
        assertThat(number(id, number).code()).isEqualTo("OK");
        assertThat(number(id, number).code()).isEqualTo("PERSONNR_FINNES");
        assertThat(number(id, other).code()).isEqualTo("PERSONNR_ULIKT");
        assertThat(number(id, other).status()).isEqualTo(200);
        assertThat(simulator.holdsNationalId(id, number)).isTrue();
        assertThat(simulator.member(id).orElseThrow().json())
                .contains("\"harPersonnr\":true", "*****")
                .doesNotContain(number);
        assertThat(number(9_999, number).status()).isEqualTo(404);
    }

    private Client.Asked number(long id, String number) throws Exception {
        return client.ask(
                "POST",
                "/medlemmer/" + id + "/personnr?version=2.3",
                "{\"personnr\":\"" + number + "\",\"kilde\":\"VIPPS\"}");
    }

    @Test
    void everyRequestNeedsTheVersionThatIsSpoken() throws Exception {
        assertThat(client.get("/medlemmer").code()).isEqualTo("MANGLER_VERSJON");
        assertThat(client.get("/medlemmer?version=1.0").code()).isEqualTo("UKJENT_VERSJON");
        assertThat(client.get("/info?version=1.0").status()).isEqualTo(200);
    }

    @Test
    void aLimitIsToldInTheOlderHeaders() throws Exception {
        simulator.close();
        simulator = ConsioSimulator.builder()
                .time(time)
                .rateLimit(2, Duration.ofSeconds(30), false)
                .start();
        client = new Client(simulator);
        client.get("/info?version=2.3");
        Client.Asked second = client.get("/info?version=2.3");
        Client.Asked third = client.get("/info?version=2.3");

        assertThat(second.answer().headers().firstValue("X-RateLimit-Remaining"))
                .contains("0");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.answer().headers().firstValue("Retry-After")).isEmpty();
        assertThat(third.answer().headers().firstValue("X-RateLimit-Reset"))
                .contains(Long.toString(time.instant().getEpochSecond() + 30));
    }

    @Test
    void everyChangeIsHeard() {
        List<ConsioChange> heard = new ArrayList<>();
        simulator.onChange(heard::add);
        long id = simulator.create("{\"etternavn\":\"Ny\"}");
        simulator.update(id, "{\"etternavn\":\"Ny\"}");
        simulator.merge(id, 3);
        simulator.delete(4);

        assertThat(heard)
                .extracting(ConsioChange::kind, ConsioChange::id)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(ConsioChange.Kind.CHANGED, id),
                        org.assertj.core.api.Assertions.tuple(ConsioChange.Kind.MERGED, id),
                        org.assertj.core.api.Assertions.tuple(ConsioChange.Kind.CHANGED, 3L),
                        org.assertj.core.api.Assertions.tuple(ConsioChange.Kind.DELETED, 4L));
    }
}

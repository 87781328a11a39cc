package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.simulator.cornerstone.AppliedChange.Kind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00.123456Z"));
    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(2_000).time(now::get).start();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void raisesTheVersionAndTellsTheFeedOfAChange() throws Exception {
        String after = client.feedCursor();
        long before = registry.member("m_5").orElseThrow().etag();
        assertThat(registry.update("m_5", "{\"membership\":{\"status\":\"LAPSED\"},\"contact\":{\"mobile\":null}}"))
                .isTrue();
        JsonNode event = client.allChanges(after, 10).get(0);
        assertThat(event.get("seq").asLong()).isEqualTo(1);
        assertThat(event.get("op").asText()).isEqualTo("upsert");
        assertThat(event.get("id").asText()).isEqualTo("m_5");
        assertThat(event.get("changedAt").asText()).isEqualTo("2026-03-01T10:00:00.123Z");
        assertThat(event.at("/member/etag").asText()).isEqualTo(Long.toString(before + 1));
        assertThat(event.at("/member/updatedAt").asText()).isEqualTo("2026-03-01T10:00:00.123Z");
        assertThat(event.at("/member/membership/status").asText()).isEqualTo("LAPSED");
        assertThat(event.at("/member/contact/mobile").isNull()).isTrue();
        assertThat(registry.member("m_5").orElseThrow().text("/membership/status"))
                .hasValue("LAPSED");
    }

    @Test
    void doesNothingWhenNothingDiffers() throws Exception {
        String after = client.feedCursor();
        SimulatedMember before = registry.member("m_5").orElseThrow();
        String same = before.text("/person/lastName").orElseThrow();
        assertThat(registry.update("m_5", "{\"person\":{\"lastName\":\"" + same + "\"}}"))
                .isFalse();
        assertThat(client.allChanges(after, 10)).isEmpty();
        assertThat(registry.member("m_5")).hasValue(before);
    }

    @Test
    void refusesAChangeOfWhatTheRoomKeepsItself() {
        assertThatIllegalArgumentException().isThrownBy(() -> registry.update("m_5", "{\"etag\":\"1\"}"));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.update("m_0", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.update("m_5", "[]"));
    }

    @Test
    void carriesTheMemberAsOfTheEvent() throws Exception {
        String after = client.feedCursor();
        registry.update("m_5", "{\"person\":{\"lastName\":\"En\"}}");
        registry.update("m_5", "{\"person\":{\"lastName\":\"To\"}}");
        registry.delete("m_5", "erased");
        List<JsonNode> events = client.allChanges(after, 1);
        assertThat(events)
                .extracting(e -> e.at("/member/person/lastName").asText())
                .containsExactly("En", "To", "");
        assertThat(events.get(2))
                .isEqualTo(Client.JSON.readTree("{\"seq\":3,\"op\":\"delete\",\"id\":\"m_5\",\"reason\":\"erased\"}"));
    }

    @Test
    void tellsAMergeAndThenItsTarget() throws Exception {
        String after = client.feedCursor();
        long etag = registry.member("m_6").orElseThrow().etag();
        registry.merge("m_5", "m_6");
        List<JsonNode> events = client.allChanges(after, 10);
        assertThat(events.get(0))
                .isEqualTo(Client.JSON.readTree("{\"seq\":1,\"op\":\"merge\",\"id\":\"m_5\",\"into\":\"m_6\"}"));
        assertThat(events.get(1).get("op").asText()).isEqualTo("upsert");
        assertThat(events.get(1).at("/member/etag").asLong()).isEqualTo(etag + 1);
        assertThat(registry.count()).isEqualTo(1_999);
        assertThatIllegalArgumentException().isThrownBy(() -> registry.merge("m_5", "m_7"));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.merge("m_7", "m_7"));
    }

    @Test
    void bringsAMirrorUpToDateWhateverHappened() throws Exception {
        Map<String, JsonNode> mirror = new TreeMap<>();
        client.allMembers(500).forEach(m -> mirror.put(m.get("id").asText(), m));
        String after = client.feedCursor();
        List<AppliedChange> applied = registry.applyRandomChanges(700, 42);
        assertThat(applied).hasSize(700).extracting(AppliedChange::kind).contains(Kind.values());
        long last = 0;
        for (JsonNode event : client.allChanges(after, 100)) {
            assertThat(event.get("seq").asLong()).isEqualTo(++last);
            if (event.get("op").asText().equals("upsert")) {
                mirror.put(event.get("id").asText(), event.get("member"));
            } else {
                mirror.remove(event.get("id").asText());
            }
        }
        assertThat(mirror.values()).containsExactlyElementsOf(client.allMembers(500));
    }

    @Test
    void drawsTheSameChangesFromTheSameSeed() {
        List<AppliedChange> first = registry.applyRandomChanges(100, 3);
        List<String> members = registry.members().map(SimulatedMember::json).toList();
        registry.reset();
        assertThat(registry.applyRandomChanges(100, 3)).isEqualTo(first);
        assertThat(registry.members().map(SimulatedMember::json)).isEqualTo(members);
    }

    @Test
    void changesOneInAHundredWithoutTouchingAnyTwice() {
        List<AppliedChange> applied = registry.room().changeOnePercent(9);
        assertThat(applied.stream().collect(Collectors.groupingBy(AppliedChange::kind, Collectors.counting())))
                .isEqualTo(Map.of(Kind.UPDATED, 16L, Kind.DELETED, 2L, Kind.CREATED, 2L));
        assertThat(applied).extracting(AppliedChange::id).doesNotHaveDuplicates();
        assertThat(registry.count()).isEqualTo(2_000);
    }

    @Test
    void givesAnEmptyFeedThatCanBeGoneOnFrom() throws Exception {
        JsonNode page = client.json("/changes?after=" + client.feedCursor());
        assertThat(page.get("data")).isEmpty();
        assertThat(page.get("hasMore").asBoolean()).isFalse();
        registry.delete("m_1", "resigned");
        assertThat(client.allChanges(page.get("next").asText(), 5)).hasSize(1);
    }

    @Test
    void forgetsAfterThirtyDays() throws Exception {
        String after = client.feedCursor();
        registry.update("m_5", "{\"person\":{\"lastName\":\"En\"}}");
        now.updateAndGet(time -> time.plus(Duration.ofDays(30)));
        String later = client.json("/changes?after=" + after).get("next").asText();
        now.updateAndGet(time -> time.plusMillis(1));
        HttpResponse<String> expired = client.get("/changes?after=" + after);
        assertThat(Client.problem(expired)).isEqualTo("410 cursor-expired");
        assertThat(Client.JSON.readTree(expired.body()).get("fullSyncRequired").asBoolean())
                .isTrue();
        registry.update("m_5", "{\"person\":{\"lastName\":\"To\"}}");
        assertThat(client.allChanges(later, 10)).hasSize(1);
    }

    @Test
    void refusesAFeedWithoutACursor() throws Exception {
        assertThat(Client.problem(client.get("/changes"))).isEqualTo("400 invalid-cursor");
    }
}

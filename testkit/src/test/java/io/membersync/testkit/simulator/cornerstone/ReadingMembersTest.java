package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.internal.MemberJson;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingMembersTest {

    private final CornerstoneSimulator registry = CornerstoneSimulator.builder()
            .room("first", "Første rom")
            .members(1_234)
            .addRoom("second", "Andre rom", 30, 99)
            .addKey("second-key", "second", "members:read")
            .strict(true)
            .start();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void tellsTheRoomToWhoeverHasItsKey() throws Exception {
        JsonNode ping = client.json("/ping");
        assertThat(ping.get("room").asText()).isEqualTo("first");
        assertThat(ping.get("roomName").asText()).isEqualTo("Første rom");
        assertThat(ping.get("apiVersion").asText()).isEqualTo("1.6");
        assertThat(ping.get("scopes")).hasSize(3);
        assertThat(ping.get("members").asInt()).isEqualTo(1_234);
    }

    @Test
    void leavesTheCountOutOfThePingIfToldSo() throws Exception {
        try (CornerstoneSimulator silent =
                CornerstoneSimulator.builder().countInPing(false).start()) {
            assertThat(new Client(silent).json("/ping").has("members")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 500})
    void givesEveryMemberOnceInTheOrderOfIdsAsText(int limit) throws Exception {
        try (CornerstoneSimulator small =
                CornerstoneSimulator.builder().members(123).start()) {
            small.create("{\"id\":\"m_100x\"}");
            small.create("{\"id\":\"a\"}");
            small.create("{\"id\":\"z\"}");
            small.delete("m_1", "erased");
            small.delete("m_99", "erased");
            List<JsonNode> all = new Client(small).allMembers(limit);
            List<String> ids = all.stream().map(m -> m.get("id").asText()).toList();
            assertThat(ids).hasSize(124).isSorted().doesNotHaveDuplicates();
            assertThat(ids).startsWith("a", "m_10", "m_100", "m_100x", "m_101").endsWith("m_98", "z");
            assertThat(small.count()).isEqualTo(124);
            assertThat(small.members().map(SimulatedMember::id)).isEqualTo(ids);
        }
    }

    @Test
    void showsTheSameMembersOverHttpAsToTheTest() throws Exception {
        registry.applyRandomChanges(300, 5);
        List<JsonNode> all = client.allMembers(500);
        List<JsonNode> expected = registry.members()
                .map(member -> MemberJson.require(member.json()))
                .map(JsonNode.class::cast)
                .toList();
        assertThat(all).isEqualTo(expected);
        assertThat(registry.count()).isEqualTo(all.size());
        registry.assertNoViolations();
    }

    @Test
    void givesTheFeedCursorOnTheFirstPageOnlyAndFromBeforeIt() throws Exception {
        JsonNode first = client.json("/members?limit=500");
        registry.update("m_1", "{\"person\":{\"lastName\":\"Endret\"}}");
        JsonNode second =
                client.json("/members?limit=500&cursor=" + first.get("next").asText());
        assertThat(second.has("feedCursor")).isFalse();
        List<JsonNode> changes = client.allChanges(first.get("feedCursor").asText(), 10);
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).at("/member/person/lastName").asText()).isEqualTo("Endret");
    }

    @Test
    void showsAMemberAddedBehindThePageButNotOneBeforeIt() throws Exception {
        JsonNode first = client.json("/members?limit=500");
        registry.create("{\"id\":\"a_before\"}");
        registry.create("{\"id\":\"z_behind\"}");
        registry.delete("m_999", "erased");
        TreeMap<String, JsonNode> rest = new TreeMap<>();
        String cursor = first.get("next").asText();
        while (!cursor.equals("null")) {
            JsonNode page = client.json("/members?limit=500&cursor=" + cursor);
            page.get("data").forEach(member -> rest.put(member.get("id").asText(), member));
            cursor = page.get("next").asText();
        }
        assertThat(rest)
                .containsKey("z_behind")
                .doesNotContainKeys("a_before", "m_999")
                .hasSize(734);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "many", ""})
    void refusesALimitOutOfRangeAndNotesIt(String limit) throws Exception {
        assertThat(Client.problem(client.get("/members?limit=" + limit))).isEqualTo("400 invalid-limit");
        assertThat(Client.problem(client.get("/changes?limit=" + limit + "&after=" + client.feedCursor())))
                .isEqualTo("400 invalid-limit");
        assertThat(registry.violations()).hasSize(2).allMatch(text -> text.contains("limit is out of range"));
    }

    @Test
    void refusesCursorsItDidNotMakeForThisRoom() throws Exception {
        Client second = new Client(registry.baseUrl("second"), "second-key");
        String foreign = second.json("/members?limit=2").get("next").asText();
        assertThat(Client.problem(client.get("/members?cursor=" + foreign))).isEqualTo("400 invalid-cursor");
        assertThat(Client.problem(client.get("/changes?after=" + second.feedCursor())))
                .isEqualTo("400 invalid-cursor");
        registry.assertNoViolations();
        assertThat(Client.problem(client.get("/members?cursor=c_bV8x"))).isEqualTo("400 invalid-cursor");
        assertThat(registry.violations()).containsExactly("GET /members: the cursor was not made by the registry");
    }

    @Test
    void keepsRoomsApartThoughIdsAreTheSame() throws Exception {
        Client second = new Client(registry.baseUrl("second"), "second-key");
        assertThat(second.json("/members/m_1").at("/person"))
                .isNotEqualTo(client.json("/members/m_1").at("/person"));
        registry.delete("m_1", "erased");
        assertThat(second.get("/members/m_1").statusCode()).isEqualTo(200);
        assertThat(second.allMembers(500)).hasSize(30);
    }

    @Test
    void answersAnEmptyRoom() throws Exception {
        try (CornerstoneSimulator empty =
                CornerstoneSimulator.builder().members(0).start()) {
            JsonNode page = new Client(empty).json("/members");
            assertThat(page.get("data")).isEmpty();
            assertThat(page.get("next").isNull()).isTrue();
            assertThat(page.get("feedCursor").asText()).startsWith("f_");
        }
    }

    @Test
    void isTheSameAgainAfterAReset() {
        List<SimulatedMember> before = registry.members().toList();
        registry.applyRandomChanges(50, 1);
        assertThat(registry.members().toList()).isNotEqualTo(before);
        registry.reset();
        assertThat(registry.members().toList()).isEqualTo(before);
        assertThat(registry.room().lastSeq()).isZero();
    }
}

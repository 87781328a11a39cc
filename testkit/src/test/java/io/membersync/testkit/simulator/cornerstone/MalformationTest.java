package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MalformationTest {

    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(12).start();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Malformation.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"INVALID_UTF8"})
    void sendsOneMemberMalformedEverywhereAndTheOthersWell(Malformation kind) throws Exception {
        String after = client.feedCursor();
        registry.update("m_2", "{\"address\":{\"city\":\"OTTA\"}}");
        JsonNode well = client.json("/members/m_2");
        JsonNode others = client.json("/members?limit=3").get("data");
        registry.room().malform("m_2", kind);
        JsonNode malformed = client.json("/members/m_2");
        assertThat(malformed).isNotEqualTo(well);
        JsonNode page = client.json("/members");
        assertThat(page.get("data")).hasSize(12);
        assertThat(page.at("/data/4")).isEqualTo(malformed);
        assertThat(page.at("/data/0")).isEqualTo(others.get(0));
        assertThat(client.json("/changes?after=" + after).at("/data/0/member")).isEqualTo(malformed);
        assertThat(registry.member("m_2").orElseThrow().json()).isEqualTo(well.toString());
    }

    @Test
    void breaksTheFieldThatTheKindNames() throws Exception {
        assertThat(sent(Malformation.WRONG_TYPE).at("/person/firstName").isNumber())
                .isTrue();
        assertThat(sent(Malformation.BROKEN_DATE).at("/person/birthDate").asText())
                .isEqualTo("1972-13-45");
        assertThat(sent(Malformation.MISSING_ID).has("id")).isFalse();
        assertThat(sent(Malformation.HUGE_STRING).at("/person/lastName").asText())
                .hasSize(2 * 1024 * 1024);
        assertThat(sent(Malformation.NULL_REQUIRED).at("/person/lastName").isNull())
                .isTrue();
        assertThat(sent(Malformation.NULL_OBJECT).get("person").isNull()).isTrue();
        assertThat(sent(Malformation.UNKNOWN_FIELD).has("extension")).isTrue();
        assertThat(sent(Malformation.UNKNOWN_STATUS).at("/membership/status").asText())
                .isEqualTo("ON_HOLD");
    }

    @Test
    void sendsBytesThatAreNotUtf8() throws Exception {
        registry.room().malform("m_2", Malformation.INVALID_UTF8);
        byte[] body = client.bytes("/members/m_2").body();
        assertThat(isUtf8(body)).isFalse();
        assertThat(isUtf8(client.bytes("/members/m_3").body())).isTrue();
        assertThat(isUtf8(client.bytes("/members").body())).isFalse();
    }

    private JsonNode sent(Malformation kind) throws Exception {
        registry.room().malform("m_2", kind);
        return client.json("/members/m_2");
    }

    private static boolean isUtf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .hasRemaining();
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}

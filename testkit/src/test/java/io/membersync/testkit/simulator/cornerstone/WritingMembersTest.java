package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingMembersTest {

    private static final String NAME = "{\"person\":{\"lastName\":\"Ødegård\"}}";

    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(50).strict(true).start();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void givesOneMemberWithItsVersion() throws Exception {
        HttpResponse<String> answer = client.get("/members/m_7");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(registry.member("m_7").orElseThrow().json());
        assertThat(answer.headers().firstValue("ETag")).hasValue(etag("m_7"));
    }

    @Test
    void answersNotModifiedWithoutABody() throws Exception {
        HttpResponse<String> same = client.get("/members/m_7", "If-None-Match", "\"0\", " + etag("m_7"));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).hasValue(etag("m_7"));
        assertThat(client.get("/members/m_7", "If-None-Match", "\"0\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsUnknownErasedAndMergedMembersApart() throws Exception {
        registry.delete("m_1", "erased");
        registry.merge("m_2", "m_3");
        assertThat(Client.problem(client.get("/members/m_51"))).isEqualTo("404 not-found");
        assertThat(Client.problem(client.get("/members/m_1"))).isEqualTo("410 gone");
        HttpResponse<String> merged = client.get("/members/m_2");
        assertThat(merged.statusCode()).isEqualTo(301);
        assertThat(merged.headers().firstValue("Location")).hasValue("/api/v1/rooms/demo/members/m_3");
        HttpResponse<String> write = client.patch("/members/m_2", NAME, "If-Match", "\"1\"");
        assertThat(Client.problem(write)).isEqualTo("410 gone");
        assertThat(Client.JSON.readTree(write.body()).get("mergedInto").asText())
                .isEqualTo("m_3");
    }

    @Test
    void changesWhatThePatchNames() throws Exception {
        long before = registry.member("m_7").orElseThrow().etag();
        String patch = "{\"contact\":{\"email\":null,\"mobile\":\"+4749000099\"},\"address\":{\"city\":\"BODØ\"},"
                + "\"consents\":[{\"purpose\":\"sms\",\"given\":false,\"at\":\"2026-01-01T00:00:00Z\"}]}";
        HttpResponse<String> answer = client.patch("/members/m_7", patch, "If-Match", etag("m_7"));
        assertThat(answer.statusCode()).isEqualTo(200);
        SimulatedMember now = registry.member("m_7").orElseThrow();
        assertThat(answer.body()).isEqualTo(now.json());
        assertThat(now.etag()).isEqualTo(before + 1);
        assertThat(answer.headers().firstValue("ETag")).hasValue(etag("m_7"));
        assertThat(now.text("/contact/email")).isEmpty();
        assertThat(now.text("/contact/mobile")).hasValue("+4749000099");
        assertThat(now.text("/address/city")).hasValue("BODØ");
        assertThat(now.text("/consents/0/purpose")).hasValue("sms");
        assertThat(registry.room().lastSeq()).isEqualTo(1);
        registry.assertNoViolations();
    }

    @Test
    void keepsTheVersionWhenAPatchChangesNothing() throws Exception {
        String before = etag("m_7");
        String name =
                registry.member("m_7").orElseThrow().text("/person/lastName").orElseThrow();
        HttpResponse<String> answer =
                client.patch("/members/m_7", "{\"person\":{\"lastName\":\"" + name + "\"}}", "If-Match", before);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).hasValue(before);
        assertThat(registry.room().lastSeq()).isZero();
    }

    @Test
    void changesNothingWithoutARightCondition() throws Exception {
        SimulatedMember before = registry.member("m_7").orElseThrow();
        assertThat(Client.problem(client.patch("/members/m_7", NAME))).isEqualTo("428 precondition-required");
        HttpResponse<String> stale = client.patch("/members/m_7", NAME, "If-Match", "\"999\"");
        assertThat(Client.problem(stale)).isEqualTo("412 version-conflict");
        assertThat(stale.headers().firstValue("ETag")).hasValue(etag("m_7"));
        assertThat(Client.problem(client.patch("/members/m_7", NAME, "If-Match", "W/" + etag("m_7"))))
                .isEqualTo("412 version-conflict");
        assertThat(registry.member("m_7")).hasValue(before);
        assertThat(registry.violations())
                .containsExactly("PATCH /members/{id}: the change has no condition on a version");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'membership':{'status':'ACTIVE'}}; read-only; /membership/status; read-only",
                "{'id':'m_8'}; read-only; /id; read-only",
                "{'roles':[]}; read-only; /roles; read-only",
                "{'hasNin':true}; read-only; /hasNin; read-only",
                "{'nickname':'x'}; validation; /nickname; unknown-field",
                "{'person':{'nickname':'x'}}; validation; /person/nickname; unknown-field",
                "{'person':{'lastName':null}}; validation; /person/lastName; required",
                "{'person':{'lastName':' '}}; validation; /person/lastName; invalid-format",
                "{'person':{'lastName':7}}; validation; /person/lastName; invalid-type",
                "{'person':{'birthDate':'1972-13-01'}}; validation; /person/birthDate; invalid-format",
                "{'person':null}; validation; /person; invalid-type",
                "{'contact':{'email':'nobody'}}; validation; /contact/email; invalid-format",
                "{'contact':{'mobile':'99 99 99 99'}}; validation; /contact/mobile; invalid-format",
                "{'address':{'country':'Norge'}}; validation; /address/country; invalid-format",
                "{'consents':[{'purpose':'sms'}]}; validation; /consents/0; invalid-format"
            })
    void refusesAPatchAndPointsAtTheField(String patch, String type, String pointer, String code) throws Exception {
        SimulatedMember before = registry.member("m_7").orElseThrow();
        HttpResponse<String> answer = client.patch("/members/m_7", patch.replace('\'', '"'), "If-Match", etag("m_7"));
        assertThat(Client.problem(answer)).isEqualTo("422 " + type);
        JsonNode error = Client.JSON.readTree(answer.body()).at("/errors/0");
        assertThat(error.get("pointer").asText()).isEqualTo(pointer);
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("message").asText()).isNotEmpty();
        assertThat(registry.member("m_7")).hasValue(before);
    }

    @Test
    void refusesWhatIsNoMergePatch() throws Exception {
        assertThat(Client.problem(client.send(
                        "PATCH", "/members/m_7", NAME, "If-Match", etag("m_7"), "Content-Type", "application/json")))
                .isEqualTo("415 unsupported-media-type");
        assertThat(Client.problem(client.patch("/members/m_7", "[1", "If-Match", etag("m_7"))))
                .isEqualTo("400 invalid-json");
    }

    @Test
    void addsAMemberThatCanBeReadAtItsLocation() throws Exception {
        HttpResponse<String> answer = client.post(
                "/members", "{\"memberNumber\":\"777\",\"person\":{\"firstName\":\"Åse\",\"lastName\":\"Ny\"}}");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/rooms/demo/members/m_51");
        assertThat(client.get("/members/m_51").body()).isEqualTo(answer.body());
        assertThat(registry.member("m_51").orElseThrow().text("/memberNumber")).hasValue("777");
        assertThat(registry.room().lastSeq()).isEqualTo(1);
        assertThat(registry.count()).isEqualTo(51);
    }

    @Test
    void refusesAMemberNumberThatIsTaken() throws Exception {
        String person = "\"person\":{\"firstName\":\"Åse\",\"lastName\":\"Ny\"}}";
        assertThat(Client.problem(client.post("/members", "{\"memberNumber\":\"100007\"," + person)))
                .isEqualTo("409 duplicate-member-number");
        assertThat(Client.problem(client.post("/members", "{\"person\":{\"firstName\":\"Åse\"}}")))
                .isEqualTo("422 validation");
        assertThat(registry.count()).isEqualTo(50);
    }

    @Test
    void findsAMemberByItsNumber() throws Exception {
        registry.update("m_7", "{\"memberNumber\":\"000123\"}");
        registry.delete("m_8", "erased");
        assertThat(search("100009")).containsExactly("m_9");
        assertThat(search("000123")).containsExactly("m_7");
        assertThat(search("100007")).isEmpty();
        assertThat(search("100008")).isEmpty();
        assertThat(search("no number")).isEmpty();
        assertThat(Client.problem(client.post("/members/search", "{\"nin\":\"1\"}")))
                .isEqualTo("422 invalid-search");
    }

    @Test
    void refusesWhatTheContractDoesNotOffer() throws Exception {
        assertThat(Client.problem(client.send("DELETE", "/members/m_7", ""))).isEqualTo("405 method-not-allowed");
        assertThat(Client.problem(client.get("/members/m_7/orders"))).isEqualTo("404 not-found");
        HttpResponse<String> outside = new Client(registry.rootUrl(), "").get("/api/v2/members");
        assertThat(outside.statusCode()).isEqualTo(404);
        assertThat(outside.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    }

    private List<String> search(String number) throws Exception {
        HttpResponse<String> answer = client.post("/members/search", "{\"memberNumber\":\"" + number + "\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = Client.JSON.readTree(answer.body());
        assertThat(body.get("next").isNull()).isTrue();
        return body.get("data").findValuesAsText("id");
    }

    private String etag(String id) {
        return "\"" + registry.member(id).orElseThrow().etag() + "\"";
    }
}

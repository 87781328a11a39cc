package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.LoggedRequest;
import io.membersync.testkit.simulator.OpenApiDocument;
import io.membersync.testkit.simulator.RequestLog;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the simulator answers is what the description of the interface says. */
@Requirement("A1")
class CornerstoneContractDocumentTest {

    private final OpenApiDocument document = OpenApiDocument.read("cornerstone.yaml");
    private final CornerstoneSimulator simulator =
            CornerstoneSimulator.builder().members(30).start();
    private final Client client = new Client(simulator);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyAnswerIsDescribed() throws Exception {
        String feed = client.feedCursor();
        simulator.update("m_1", "{\"contact\":{\"email\":\"ny@example.test\"}}");
        simulator.delete("m_2", "erased");
        simulator.merge("m_3", "m_4");
        check(client.get("/ping"));
        check(client.get("/members?limit=10"));
        check(client.get("/members?limit=501"));
        check(client.get("/changes?limit=10&after=" + feed));
        check(client.get("/changes?after=x"));
        check(client.get("/members/m_1"));
        check(client.get("/members/m_2"));
        check(client.get("/members/nobody"));
        check(client.patch("/members/m_1", "{\"address\":{\"city\":\"OSLO\"}}"));
        check(client.patch("/members/m_1", "{\"address\":{\"city\":\"OSLO\"}}", "If-Match", "\"0\""));
        check(client.post("/members", "{\"memberNumber\":\"100001\"}"));
        check(client.post("/members", "{\"person\":{\"firstName\":\"Ny\",\"lastName\":\"Li\"}}"));
        check(client.post("/members/search", "{\"memberNumber\":\"100001\"}"));
        check(client.post("/members/search", "{}"));
        check(client.put("/members/m_5/nin", "{\"value\":\"1\"}"));
        check(client.put("/members/m_2/nin", "{\"value\":\"1\"}"));
        simulator.revokeKey(simulator.apiKey());
        check(client.get("/ping"));

        assertThat(document.unanswered())
                .as("described operations that no request tried")
                .isEmpty();
    }

    private void check(HttpResponse<String> answer) throws Exception {
        RequestLog log = simulator.requests();
        LoggedRequest logged = log.requests().get(log.requests().size() - 1);
        JsonNode body = Client.JSON.readTree(answer.body());
        List<String> differences = document.differences(
                logged.route(), new TreeSet<>(logged.request().query().keySet()), answer.statusCode(), body);
        assertThat(differences).as(logged.route() + " " + answer.statusCode()).isEmpty();
    }
}

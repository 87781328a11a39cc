package io.membersync.testkit.simulator.consio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.LoggedRequest;
import io.membersync.testkit.simulator.OpenApiDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the simulator answers is what the description of the interface says. */
@Requirement("A2")
class ConsioContractDocumentTest {

    private final OpenApiDocument document = OpenApiDocument.read("consio.yaml");
    private final ConsioSimulator simulator = ConsioSimulator.builder()
            .members(30)
            .time(() -> Instant.parse("2026-03-02T10:00:00Z"))
            .webhooks(true)
            .rateLimit(100, Duration.ofMinutes(1), true)
            .start();
    private final Client client = new Client(simulator);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyAnswerIsDescribed() throws Exception {
        simulator.delete(9);
        simulator.merge(10, 11);
        String whole = simulator.member(3).orElseThrow().json();
        List<Client.Asked> asked = List.of(
                client.ask("GET", "/info?version=2.3", ""),
                client.ask("GET", "/info", ""),
                client.ask("GET", "/medlemmer?version=2.3&side=1&antall=10&sorter=medlemId", ""),
                client.ask("GET", "/medlemmer?version=2.3&side=99&endretEtter=2026-01-01T00:00:00", ""),
                client.ask("GET", "/medlemmer?version=2.3&endretEtter=2026-03-29T02:30:00", ""),
                client.ask("GET", "/medlemmer?version=1.0", ""),
                client.ask("GET", "/medlemmer/slettede?version=2.3&etter=2026-03-01T00:00:00", ""),
                client.ask("GET", "/medlemmer/3?version=2.3", ""),
                client.ask("GET", "/medlemmer/9?version=2.3", ""),
                client.ask("PUT", "/medlemmer/3?version=2.3", whole.replace("\"personnr\":\"*****\",", "")),
                client.ask("PUT", "/medlemmer/3?version=2.3", "{\"forventetEndret\":\"2000-01-01T00:00:00\"}"),
                client.ask("PUT", "/medlemmer/3?version=2.3", "{\"personnr\":\"1\"}"),
                client.ask("PUT", "/medlemmer/3?version=2.3", "{\"epost\":\"x\"}"),
                client.ask("POST", "/medlemmer/3/personnr?version=2.3", "{\"personnr\":\"1\",\"kilde\":\"VIPPS\"}"),
                client.ask("POST", "/medlemmer/9/personnr?version=2.3", "{\"personnr\":\"1\",\"kilde\":\"VIPPS\"}"));
        simulator.expireKey();
        Client.Asked expired = client.ask("GET", "/info?version=2.3", "");
        simulator.stopKey();
        Client.Asked stopped = client.ask("GET", "/medlemmer?version=2.3", "");

        asked.forEach(this::check);
        check(expired);
        check(stopped);
        assertThat(document.unanswered())
                .as("described operations that no request tried")
                .isEmpty();
    }

    private void check(Client.Asked asked) {
        LoggedRequest logged = asked.logged();
        List<String> differences = document.differences(
                logged.route(), new TreeSet<>(logged.request().query().keySet()), asked.status(), asked.body());
        assertThat(differences).as(asked.target() + " " + asked.status()).isEmpty();
    }

    @Test
    void anAnswerThatIsNotDescribedIsFound() throws Exception {
        simulator.faults().on("GET /info").then(Fault.answer(418, java.util.Map.of(), "{}"));
        Client.Asked odd = client.ask("GET", "/info?version=2.3", "");
        Client.Asked fine = client.ask("GET", "/medlemmer/3?version=2.3", "");

        assertThat(document.differences("GET /info", new TreeSet<>(), odd.status(), odd.body()))
                .isNotEmpty();
        JsonNode lacking =
                ((com.fasterxml.jackson.databind.node.ObjectNode) fine.body().deepCopy()).without("status");
        assertThat(document.differences(fine.logged().route(), new TreeSet<>(List.of("version")), 200, lacking))
                .anyMatch(difference -> difference.contains("status"));
        assertThat(document.differences(fine.logged().route(), new TreeSet<>(List.of("versjon")), 200, fine.body()))
                .anyMatch(difference -> difference.contains("versjon"));
    }
}

package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.Faults;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final String NAME = "{\"person\":{\"lastName\":\"Ødegård\"}}";

    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(30).start();
    private final Faults faults = registry.faults();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void strikesOnlyTheRequestsItIsMeantFor() throws Exception {
        Faults.Rule rule = faults.on("GET /members").from(2).times(2).then(Fault.status(503));
        assertThat(client.get("/members").statusCode()).isEqualTo(200);
        assertThat(client.get("/ping").statusCode()).isEqualTo(200);
        assertThat(client.get("/members").statusCode()).isEqualTo(503);
        assertThat(client.get("/members").statusCode()).isEqualTo(503);
        assertThat(client.get("/members").statusCode()).isEqualTo(200);
        assertThat(rule.hits()).isEqualTo(2);
    }

    @Test
    void fitsRoutesByPatternAndRequestsByCondition() throws Exception {
        faults.on("* /members/{id}").when(r -> r.path().endsWith("/m_7")).then(Fault.status(500));
        assertThat(client.get("/members/m_7").statusCode()).isEqualTo(500);
        assertThat(client.get("/members/m_8").statusCode()).isEqualTo(200);
        faults.clear();
        faults.on("GET *").then(Fault.status(502));
        assertThat(client.get("/ping").statusCode()).isEqualTo(502);
        assertThat(client.post("/members/search", "{\"memberNumber\":\"1\"}").statusCode())
                .isEqualTo(200);
        faults.clear();
        Faults.Rule all = faults.on("*").then(Fault.status(500));
        assertThat(client.post("/members/search", "{\"memberNumber\":\"1\"}").statusCode())
                .isEqualTo(500);
        all.off();
        assertThat(client.get("/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void answersWithStatusHeadersAndBody() throws Exception {
        faults.on("GET /ping").then(Fault.answer(503, Map.of("Retry-After", "7"), "wait"));
        HttpResponse<String> answer = client.get("/ping");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(answer.body()).isEqualTo("wait");
    }

    @Test
    void delaysAnAnswerAndDripsABody() throws Exception {
        faults.on("GET /ping").times(1).then(Fault.delay(Duration.ofMillis(120)));
        assertThat(nanosOf("/ping")).isGreaterThan(Duration.ofMillis(115).toNanos());
        int bytes = client.bytes("/ping").body().length;
        faults.on("GET /ping").then(Fault.drip(20, Duration.ofMillis(15)));
        assertThat(nanosOf("/ping"))
                .isGreaterThan(Duration.ofMillis(14).multipliedBy(bytes / 20).toNanos());
        assertThat(client.bytes("/ping").body()).hasSize(bytes);
    }

    @Test
    void hangsUntilItIsClosed() throws Exception {
        faults.on("GET /ping").then(Fault.hang());
        CompletableFuture<HttpResponse<String>> answer =
                HttpClient.newHttpClient().sendAsync(client.request("GET", "/ping", ""), BodyHandlers.ofString());
        assertThatThrownBy(() -> answer.get(150, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        registry.close();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void cutsConnectionsBeforeAndInTheMiddleOfAnAnswer() throws Exception {
        faults.on("POST /members/search").times(1).then(Fault.cut());
        assertThatThrownBy(() -> client.post("/members/search", "{}")).isInstanceOf(IOException.class);
        faults.on("POST /members/search").times(1).then(Fault.reset());
        assertThatThrownBy(() -> client.post("/members/search", "{}")).isInstanceOf(IOException.class);
        faults.on("GET /members").times(1).then(Fault.cutAfter(100));
        assertThatThrownBy(() -> client.get("/members"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes received: 100");
        assertThat(client.get("/members").statusCode()).isEqualTo(200);
        assertThat(registry.requests().requests("POST /members/search"))
                .extracting(request -> request.status())
                .containsExactly(0, 0);
    }

    @Test
    void answersWithAWebPageOrGarbage() throws Exception {
        faults.on("GET /ping").times(1).then(Fault.html(200));
        HttpResponse<String> html = client.get("/ping");
        assertThat(html.statusCode()).isEqualTo(200);
        assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        faults.on("GET /ping").times(1).then(Fault.html(503));
        assertThat(client.get("/ping").statusCode()).isEqualTo(503);
        faults.on("GET /ping").times(1).then(Fault.garbage());
        String garbage = client.get("/ping").body();
        assertThatThrownBy(() -> Client.JSON.readTree(garbage)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void answersWithAWrongPage() throws Exception {
        JsonNode first = client.json("/members?limit=10");
        String second = "/members?limit=10&cursor=" + first.get("next").asText();
        JsonNode right = client.json(second);
        client.json("/members?limit=10");
        JsonNode repeated = struck(second, Fault.repeatedPage());
        assertThat(repeated.get("data")).isEqualTo(first.get("data"));
        assertThat(repeated.get("next")).isEqualTo(right.get("next"));
        client.json("/members?limit=10");
        assertThat(struck(second, Fault.repeatedAnswer()).get("next")).isEqualTo(first.get("next"));
        JsonNode empty = struck(second, Fault.emptyPage());
        assertThat(empty.get("data")).isEmpty();
        assertThat(empty.get("next").isNull()).isTrue();
        JsonNode more = struck(second, Fault.emptyPageWithMore());
        assertThat(more.get("data")).isEmpty();
        assertThat(more.get("next")).isEqualTo(right.get("next"));
        JsonNode fewer = struck(second, Fault.fewerRecords(4));
        assertThat(ids(fewer)).isEqualTo(ids(right).subList(0, 4));
        assertThat(fewer.get("next")).isEqualTo(right.get("next"));
        JsonNode ended = struck(second, Fault.endsEarly());
        assertThat(ids(ended)).isEqualTo(ids(right));
        assertThat(ended.get("next").isNull()).isTrue();
    }

    @Test
    void endsAFeedEarlyToo() throws Exception {
        String after = client.feedCursor();
        registry.applyRandomChanges(10, 1);
        JsonNode page = struck("/changes?limit=2&after=" + after, Fault.endsEarly());
        assertThat(page.get("data")).hasSize(2);
        assertThat(page.get("hasMore").asBoolean()).isFalse();
    }

    @Test
    void stopsTheKeyInTheMiddleOfARun() throws Exception {
        faults.on("GET /members").from(2).then(CornerstoneSimulator.problem(403, "key-revoked"));
        JsonNode first = client.json("/members?limit=10");
        HttpResponse<String> second =
                client.get("/members?limit=10&cursor=" + first.get("next").asText());
        assertThat(Client.problem(second)).isEqualTo("403 key-revoked");
    }

    @Test
    void losesTheAnswerAfterTheWorkWasDone() throws Exception {
        SimulatedMember before = registry.member("m_7").orElseThrow();
        faults.on("PATCH /members/{id}").times(1).then(Fault.answerLost());
        assertThatThrownBy(() -> client.patch("/members/m_7", NAME, "If-Match", "\"" + before.etag() + "\""))
                .isInstanceOf(IOException.class);
        assertThat(registry.member("m_7").orElseThrow().text("/person/lastName"))
                .hasValue("Ødegård");
        faults.on("POST /members").times(1).then(Fault.answerLost());
        String member = "{\"person\":{\"firstName\":\"Åse\",\"lastName\":\"Ny\"}}";
        assertThatThrownBy(() -> client.post("/members", member, "Idempotency-Key", "k"))
                .isInstanceOf(IOException.class);
        HttpResponse<String> again = client.post("/members", member, "Idempotency-Key", "k");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(registry.count()).isEqualTo(31);
    }

    @Test
    void tellsItsOwnBreakdownApartFromTheRegistrys() throws Exception {
        faults.on("GET /ping").then(call -> {
            throw new IllegalStateException("broken on purpose");
        });
        assertThat(client.get("/ping").statusCode()).isEqualTo(599);
    }

    private JsonNode struck(String path, Fault fault) throws Exception {
        Faults.Rule rule = faults.on("*").then(fault);
        try {
            return client.json(path);
        } finally {
            rule.off();
        }
    }

    private static List<String> ids(JsonNode page) {
        return page.get("data").findValuesAsText("id");
    }

    private long nanosOf(String path) throws Exception {
        long start = System.nanoTime();
        assertThat(client.get(path).statusCode()).isEqualTo(200);
        return System.nanoTime() - start;
    }
}

package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.testkit.simulator.LoggedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private final CornerstoneSimulator registry = CornerstoneSimulator.builder()
            .members(30)
            .apiKey("canary-key")
            .strict(true)
            .start();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void keepsWhatCameAndWhatWasAnswered() throws Exception {
        client.get("/members?limit=5", "X-Trace", "t1");
        client.post("/members/search", "{\"memberNumber\":\"100007\"}");
        LoggedRequest read = registry.requests().requests("GET /members").get(0);
        assertThat(read.method()).isEqualTo("GET");
        assertThat(read.target()).isEqualTo("/api/v1/rooms/demo/members?limit=5");
        assertThat(read.headers().get("x-trace")).containsExactly("t1");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.answerBytes()).isGreaterThan(3_000);
        assertThat(read.work()).isPositive();
        LoggedRequest search = registry.requests().requests().get(1);
        assertThat(search.bodyBytes()).isEqualTo(25);
        assertThat(search.request().bodyText()).isEqualTo("{\"memberNumber\":\"100007\"}");
        assertThat(registry.requests().count()).isEqualTo(2);
        assertThat(registry.requests().countByRoute()).containsEntry("POST /members/search", 1L);
        assertThat(registry.requests().answerBytes()).isEqualTo(read.answerBytes() + search.answerBytes());
        registry.requests().clear();
        assertThat(registry.requests().requests()).isEmpty();
        assertThat(registry.requests().count()).isZero();
    }

    @Test
    void showsNoKeyNoQueryAndNoBody() throws Exception {
        client.post("/members/search?name=secret-query", "{\"memberNumber\":\"secret-body\"}");
        LoggedRequest request = registry.requests().requests().get(0);
        assertThat(request.toString())
                .contains("POST", "/members/search", "X-API-Key", "200")
                .doesNotContain("canary-key", "secret-query", "secret-body");
    }

    @Test
    void notesEveryBreachOfTheContract() throws Exception {
        registry.assertNoViolations();
        client.get("/members?limit=5&fields=all");
        client.get("/members?limit=501");
        client.get("/changes?after=f_invented");
        client.get("/members/13897212345");
        client.patch("/members/m_1", "{}", "If-Match", "*");
        client.send("POST", "/members/search", "{}", "Content-Type", "text/plain");
        new Client(registry.baseUrl(), "").get("/ping");
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(registry.baseUrl() + "/ping"))
                                .header("X-API-Key", "canary-key")
                                .build(),
                        BodyHandlers.discarding());
        assertThat(registry.violations())
                .containsExactly(
                        "GET /members: 1 query parameters are not known",
                        "GET /members: limit is out of range",
                        "GET /changes: the feed cursor was not made by the registry",
                        "GET /members/{id}: the URL holds a number of 11 digits",
                        "PATCH /members/{id}: the change has no condition on a version",
                        "POST /members/search: the body was not declared as JSON",
                        "GET /ping: no key was sent",
                        "GET /ping: no Accept header was sent");
        assertThatThrownBy(registry::assertNoViolations)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("11 digits")
                .hasMessageNotContaining("13897212345");
    }
}

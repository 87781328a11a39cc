package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NationalIdWriteTest {

    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(200).strict(true).start();
    private final Client client = new Client(registry);
    private final int without = firstIndex(false);
    private final int with = firstIndex(true);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void storesANumberAndThenConfirmsIt() throws Exception {
        String id = registry.generated().id(without);
        String number = registry.generated().nationalId(without);
        long before = registry.member(id).orElseThrow().etag();
        HttpResponse<String> stored = put(id, number);
        assertThat(stored.statusCode()).isEqualTo(201);
        assertThat(stored.body()).doesNotContain(number);
        assertThat(registry.room().holdsNationalId(id, number)).isTrue();
        assertThat(registry.member(id).orElseThrow().text("/hasNin")).hasValue("true");
        assertThat(registry.member(id).orElseThrow().etag()).isEqualTo(before + 1);
        assertThat(registry.room().lastSeq()).isEqualTo(1);
        assertThat(put(id, number).statusCode()).isEqualTo(200);
        assertThat(registry.room().lastSeq()).isEqualTo(1);
    }

    @Test
    void confirmsANumberTheRegistryHadFromTheStart() throws Exception {
        String id = registry.generated().id(with);
        assertThat(put(id, registry.generated().nationalId(with)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAnotherNumberWithoutShowingTheOneItHas() throws Exception {
        String id = registry.generated().id(with);
        HttpResponse<String> answer = put(id, registry.generated().nationalId(without));
        assertThat(Client.problem(answer)).isEqualTo("409 nin-conflict");
        assertThat(answer.body()).doesNotContainPattern("[0-9]{11}");
        assertThat(registry.room().holdsNationalId(id, registry.generated().nationalId(with)))
                .isTrue();
    }

    @Test
    void refusesWhatIsNoNumberOrNotPermittedOrGone() throws Exception {
        String number = registry.generated().nationalId(without);
        registry.room().refuseNationalId("m_1");
        registry.delete("m_2", "erased");
        registry.merge("m_3", "m_4");
        assertThat(Client.problem(put("m_1", number))).isEqualTo("403 nin-not-permitted");
        assertThat(Client.problem(put("m_999", number))).isEqualTo("404 not-found");
        assertThat(Client.problem(put("m_2", number))).isEqualTo("410 gone");
        HttpResponse<String> merged = put("m_3", number);
        assertThat(Client.problem(merged)).isEqualTo("410 gone");
        assertThat(merged.body()).contains("\"mergedInto\":\"m_4\"");
        String id = registry.generated().id(without);
        assertThat(Client.problem(put(id, "12345678901"))).isEqualTo("422 nin-invalid");
        assertThat(Client.problem(client.put(
                        "/members/" + id + "/nin",
                        "{\"value\":" + number + ",\"source\":\"x\",\"verifiedAt\":\"2026-01-01T00:00:00Z\"}")))
                .isEqualTo("422 nin-invalid");
        assertThat(Client.problem(client.put("/members/" + id + "/nin", "{\"value\":\"" + number + "\"}")))
                .isEqualTo("422 nin-invalid");
        assertThat(registry.room().holdsNationalId(id, number)).isFalse();
        registry.assertNoViolations();
    }

    @Test
    void replaysTheAnswerForTheSameKeyAndRequest() throws Exception {
        String id = registry.generated().id(without);
        String body = body(registry.generated().nationalId(without));
        HttpResponse<String> first = client.put("/members/" + id + "/nin", body, "Idempotency-Key", "k1");
        HttpResponse<String> again = client.put("/members/" + id + "/nin", body, "Idempotency-Key", "k1");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        String other = body(registry.generated().nationalId(with));
        assertThat(Client.problem(client.put("/members/" + id + "/nin", other, "Idempotency-Key", "k1")))
                .isEqualTo("422 idempotency-key-reused");
    }

    @Test
    void tellsThatTheFirstRequestIsStillRunning() throws Exception {
        String id = registry.generated().id(without);
        String body = body(registry.generated().nationalId(without));
        registry.holdNinWrites();
        CompletableFuture<HttpResponse<String>> first = HttpClient.newHttpClient()
                .sendAsync(
                        client.request(
                                "PUT",
                                "/members/" + id + "/nin",
                                body,
                                "Idempotency-Key",
                                "k1",
                                "Content-Type",
                                "application/json"),
                        BodyHandlers.ofString());
        registry.awaitNinWrite();
        HttpResponse<String> second = client.put("/members/" + id + "/nin", body, "Idempotency-Key", "k1");
        assertThat(Client.problem(second)).isEqualTo("409 idempotency-in-progress");
        registry.releaseNinWrites();
        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(client.put("/members/" + id + "/nin", body, "Idempotency-Key", "k1")
                        .statusCode())
                .isEqualTo(201);
    }

    private HttpResponse<String> put(String id, String number) throws Exception {
        return client.put("/members/" + id + "/nin", body(number));
    }

    private static String body(String number) {
        return "{\"value\":\"" + number + "\",\"source\":\"vipps-login\",\"verifiedAt\":\"2026-01-01T10:00:00Z\"}";
    }

    private int firstIndex(boolean has) {
        return IntStream.range(10, 200)
                .filter(index -> registry.generated().hasNationalId(index) == has)
                .findFirst()
                .orElseThrow();
    }
}

package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final CornerstoneSimulator registry = CornerstoneSimulator.builder()
            .room("first", "Første rom")
            .addRoom("second", "Andre rom", 10, 2)
            .apiKey("main-key")
            .addKey("second-key", "second", "members:read")
            .addKey("read-key", "first", "members:read")
            .addUser("api", "p:ss", "vendor-1", "first")
            .time(now::get)
            .start();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void tellsTheFourStatesOfAKeyApart() throws Exception {
        assertThat(Client.problem(with("unknown").get("/ping"))).isEqualTo("401 invalid-key");
        assertThat(Client.problem(with("").get("/ping"))).isEqualTo("401 invalid-key");
        assertThat(Client.problem(with("second-key").get("/ping"))).isEqualTo("403 wrong-room");
        HttpResponse<String> scope = with("read-key").post("/members", "{}");
        assertThat(Client.problem(scope)).isEqualTo("403 missing-scope");
        assertThat(scope.body()).contains("\"scope\":\"members:write\"");
        assertThat(with("read-key").get("/members").statusCode()).isEqualTo(200);
        registry.revokeKey("main-key");
        assertThat(Client.problem(with("main-key").get("/ping"))).isEqualTo("401 key-revoked");
        registry.restoreKeys();
        assertThat(with("main-key").get("/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsAUserWithPasswordAndClientId() throws Exception {
        String basic = "Basic " + Base64.getEncoder().encodeToString("api:p:ss".getBytes(StandardCharsets.UTF_8));
        assertThat(with("").get("/ping", "Authorization", basic, "X-Client-Id", "vendor-1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Client.problem(with("").get("/ping", "Authorization", basic, "X-Client-Id", "other")))
                .isEqualTo("401 invalid-key");
        assertThat(Client.problem(with("").get("/ping", "Authorization", basic)))
                .isEqualTo("401 invalid-key");
    }

    @Test
    void limitsRequestsOnlyIfToldSo() throws Exception {
        assertThat(with("main-key").get("/ping").headers().map()).doesNotContainKeys("RateLimit", "RateLimit-Policy");
        try (CornerstoneSimulator limited = CornerstoneSimulator.builder()
                .rateLimit(2, Duration.ofSeconds(60))
                .time(now::get)
                .start()) {
            Client client = new Client(limited);
            HttpResponse<String> first = client.get("/ping");
            assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=2;w=60");
            assertThat(first.headers().firstValue("RateLimit")).hasValue("\"default\";r=1;t=60");
            now.updateAndGet(time -> time.plusSeconds(20));
            assertThat(client.get("/ping").headers().firstValue("RateLimit")).hasValue("\"default\";r=0;t=40");
            HttpResponse<String> refused = client.get("/ping");
            assertThat(Client.problem(refused)).isEqualTo("429 rate-limited");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("40");
            now.updateAndGet(time -> time.plusSeconds(40));
            assertThat(client.get("/ping").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void isClosedAtNightByTheClockOfOslo() throws Exception {
        try (CornerstoneSimulator nightly =
                CornerstoneSimulator.builder().nightlyWindow().time(now::get).start()) {
            Client client = new Client(nightly);
            assertThat(client.get("/ping").statusCode()).isEqualTo(200);
            now.set(Instant.parse("2026-07-01T00:05:00Z"));
            HttpResponse<String> closed = client.get("/ping");
            assertThat(Client.problem(closed)).isEqualTo("503 maintenance");
            assertThat(closed.headers().firstValue("Retry-After")).hasValue("Wed, 01 Jul 2026 00:20:00 GMT");
            now.set(Instant.parse("2026-07-01T00:20:00Z"));
            assertThat(client.get("/ping").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sendsHeadersOfItsOwnWithEveryAnswer() throws Exception {
        try (CornerstoneSimulator old = CornerstoneSimulator.builder()
                .header("Sunset", "Fri, 01 Jan 2027 00:00:00 GMT")
                .start()) {
            assertThat(new Client(old).get("/ping").headers().firstValue("Sunset"))
                    .hasValue("Fri, 01 Jan 2027 00:00:00 GMT");
        }
    }

    private Client with(String key) {
        return new Client(registry.baseUrl("first"), key);
    }
}

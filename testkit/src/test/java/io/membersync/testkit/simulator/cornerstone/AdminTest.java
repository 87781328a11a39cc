package io.membersync.testkit.simulator.cornerstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {

    private final CornerstoneSimulator registry = CommandLine.parsed(
                    new String[] {"--members", "1000", "--seed", "4", "--latency", "1ms", "--room", "r", "--key", "k"})
            .admin(true)
            .start();
    private final Client admin = new Client(registry.rootUrl(), "");
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void changesMembersForAnotherProcess() throws Exception {
        done(admin.patch("/__admin/members/m_1", "{\"person\":{\"lastName\":\"Endret\"}}"));
        assertThat(client.json("/members/m_1").at("/person/lastName").asText()).isEqualTo("Endret");
        String id = done(admin.post("/__admin/members", "{}")).get("id").asText();
        assertThat(client.get("/members/" + id).statusCode()).isEqualTo(200);
        done(admin.send("DELETE", "/__admin/members/m_2?reason=resigned", ""));
        assertThat(client.get("/members/m_2").statusCode()).isEqualTo(410);
        done(admin.post("/__admin/members/m_3/merge?into=m_4", ""));
        assertThat(client.get("/members/m_3").statusCode()).isEqualTo(301);
        done(admin.post("/__admin/members/m_5/malform?kind=MISSING_ID", ""));
        assertThat(client.json("/members/m_5").has("id")).isFalse();
        assertThat(admin.get("/__admin/members/m_1").body())
                .isEqualTo(registry.member("m_1").orElseThrow().json());
    }

    @Test
    void drawsChangesForAnotherProcess() throws Exception {
        JsonNode drawn = done(admin.post("/__admin/changes?count=20&seed=3", ""));
        assertThat(drawn.get("changes")).hasSize(20);
        JsonNode bumped = done(admin.post("/__admin/bump?seed=3", ""));
        assertThat(bumped.get("count").asInt()).isEqualTo(10);
        JsonNode stats = done(admin.get("/__admin/stats"));
        assertThat(stats.get("members").asLong()).isEqualTo(registry.count());
        assertThat(stats.get("lastSeq").asLong()).isEqualTo(registry.room().lastSeq());
        assertThat(stats.at("/requestsByRoute").size()).isPositive();
        done(admin.post("/__admin/reset", ""));
        assertThat(registry.room().lastSeq()).isZero();
    }

    @Test
    void switchesFaultsForAnotherProcess() throws Exception {
        for (String kind : List.of("status", "problem", "html")) {
            done(admin.post(
                    "/__admin/faults",
                    "{\"route\":\"GET /ping\",\"times\":1,\"kind\":\"" + kind + "\",\"status\":502,\"type\":\"x\"}"));
            assertThat(client.get("/ping").statusCode()).as(kind).isEqualTo(502);
            assertThat(client.get("/ping").statusCode()).as(kind).isEqualTo(200);
        }
        for (String kind : List.of(
                "delay",
                "drip",
                "repeatedPage",
                "repeatedAnswer",
                "emptyPage",
                "emptyPageWithMore",
                "fewerRecords",
                "endsEarly",
                "garbage")) {
            done(admin.post(
                    "/__admin/faults",
                    "{\"route\":\"GET /members\",\"times\":1,\"kind\":\"" + kind + "\",\"time\":\"1ms\"}"));
            assertThat(client.get("/members?limit=2").statusCode()).as(kind).isEqualTo(200);
        }
        done(admin.post("/__admin/faults", "{\"route\":\"GET /ping\",\"kind\":\"cut\"}"));
        done(admin.send("DELETE", "/__admin/faults", ""));
        assertThat(client.get("/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(admin.post("/__admin/faults", "{\"kind\":\"other\"}").statusCode())
                .isEqualTo(400);
        assertThat(admin.post("/__admin/other", "").statusCode()).isEqualTo(400);
        assertThat(admin.send("DELETE", "/__admin/members/m_0", "").statusCode())
                .isEqualTo(400);
        assertThat(admin.get("/__admin/stats?room=none").statusCode()).isEqualTo(400);
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parsed(new String[] {"--members"}));
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parsed(new String[] {"--other", "1"}));
    }

    @Test
    void isNotThereUnlessSwitchedOn() throws Exception {
        try (CornerstoneSimulator plain = CornerstoneSimulator.builder().start()) {
            assertThat(new Client(plain.rootUrl(), "").get("/__admin/stats").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void runsAsAProcessOfItsOwn() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CornerstoneSimulator.class.getName(),
                        "--members",
                        "50")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String[] ready = out.readLine().split(" ", -1);
            assertThat(ready[0]).isEqualTo("ready");
            URI base = URI.create(ready[1]);
            assertThat(new Client(base, ready[2]).allMembers(20)).hasSize(50);
            done(new Client(base.resolve("/"), "").post("__admin/stop", ""));
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static JsonNode done(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        return Client.JSON.readTree(answer.body());
    }
}

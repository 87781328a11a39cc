package io.membersync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.examples.cli.Commands.Answer;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"consio", "cornerstone", "dynamics"})
    void bringsTheMembersOfEachSystemInAndShowsThem(String system) {
        try (Registry registry = Registry.of(system)) {
            Commands commands = new Commands(folder).configured(registry.configuration());

            assertThat(commands.run("test", "--json").json().path("connected").asBoolean())
                    .isTrue();
            Answer full = commands.run("sync", "--full", "--json");
            Answer delta = commands.run("sync", "--delta", "--json");
            List<JsonNode> members = commands.run("dump").lines();

            assertThat(full.code()).as(full.out() + full.err()).isEqualTo(ExitCode.DONE);
            assertThat(full.json().at("/counts/created").asInt()).isEqualTo(Registry.MEMBERS);
            assertThat(delta.json().at("/kind").asText()).isEqualTo("DELTA");
            assertThat(delta.json().at("/membersLinked").asInt()).isEqualTo(Registry.MEMBERS);
            assertThat(members).hasSize(Registry.MEMBERS).allSatisfy(CommandsTest::isAMember);
            assertThat(commands.run("history", "--json").lines())
                    .extracting(run -> run.path("kind").asText())
                    .containsExactly("DELTA", "FULL");
        }
    }

    private static void isAMember(JsonNode member) {
        assertThat(member.fieldNames())
                .toIterable()
                .containsExactly(
                        "externalId",
                        "member",
                        "memberNumber",
                        "firstName",
                        "lastName",
                        "email",
                        "phone",
                        "status",
                        "affiliations",
                        "roles");
        assertThat(member.path("lastName").asText()).isNotBlank();
        assertThat(member.path("status").asText()).isNotBlank();
    }

    @Test
    void tellsPeopleWhatItDid() {
        try (Registry registry = Registry.cornerstone()) {
            Commands commands = new Commands(folder).configured(registry.configuration());

            assertThat(commands.run("test").out()).contains("Connected to '", "Delta        yes");
            assertThat(commands.run("sync", "--full").out())
                    .contains("FULL sync completed", "60 created", "60 members are linked to the registry.");
            assertThat(commands.run("history").out()).contains("COMPLETED  INITIAL");
            assertThat(commands.run("history", "--audit", "--limit=100").out())
                    .contains("MEMBER_CREATED", "CONFIGURATION");
        }
    }

    @Test
    void previewsWithoutChangingAnything() {
        try (Registry registry = Registry.cornerstone()) {
            Commands commands = new Commands(folder).configured(registry.configuration());

            Answer before = commands.run("preview", "--samples=2", "--json");

            assertThat(before.code()).isEqualTo(ExitCode.DONE);
            assertThat(before.json().at("/counts/created").asInt()).isEqualTo(Registry.MEMBERS);
            assertThat(before.json().path("samples")).hasSize(2);
            assertThat(commands.run("dump").out()).isEmpty();
            commands.run("sync", "--full");
            ((CornerstoneSimulator) registry.simulator())
                    .update("m_1", "{\"contact\":{\"email\":\"new@example.org\"}}");
            assertThat(commands.run("preview").out())
                    .contains("1 updated", "1 would change in email", "-> 'new@example.org'", "Nothing was changed.");
        }
    }

    @Test
    void watchesUntilItHasSeenEnough() {
        try (Registry registry = Registry.cornerstone()) {
            Commands commands = new Commands(folder).configured(registry.configuration());

            Answer watched = commands.run("watch", "--every=0", "--times=3", "--json");

            assertThat(watched.code()).isEqualTo(ExitCode.DONE);
            assertThat(watched.lines())
                    .extracting(run -> run.path("kind").asText())
                    .containsExactly("FULL", "DELTA", "DELTA");
        }
    }

    @Test
    void setsTheIntegrationUpOnceAndAgainWhenItsFileChanges() {
        try (Registry registry = Registry.cornerstone()) {
            Commands commands = new Commands(folder).configured(registry.configuration());
            commands.run("test");
            commands.run("test");

            assertThat(configured(commands)).isEqualTo(1);

            commands.configured(registry.configuration(", \"mapping\": {\"email\": null}"));
            commands.run("sync", "--full");

            assertThat(configured(commands)).isEqualTo(2);
            assertThat(commands.run("dump").lines())
                    .allSatisfy(
                            member -> assertThat(member.path("email").isNull()).isTrue())
                    .anySatisfy(
                            member -> assertThat(member.path("phone").isNull()).isFalse());
        }
    }

    @Test
    void keepsMembersAndKeyForTheirOwnerAlone() throws IOException {
        try (Registry registry = Registry.cornerstone()) {
            new Commands(folder).configured(registry.configuration()).run("sync", "--full");

            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(file -> file.toString().matches(".*\\.(mv\\.db|key)")))
                        .hasSize(2)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void namesItsOwnOptionWhereTheLibraryNamesAMethod() {
        try (Registry registry = Registry.cornerstone()) {
            Commands commands = new Commands(folder).configured(registry.configuration());
            commands.run("sync", "--full");

            commands.configured(registry.configuration().replace("127.0.0.1", "localhost"));
            Answer refused = commands.run("sync", "--delta");

            assertThat(refused.code()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(refused.err()).contains("--moved").doesNotContain("IntegrationDraft");
            Answer early = commands.run("sync", "--delta", "--moved");
            assertThat(early.code()).isEqualTo(ExitCode.NOT_STARTED);
            assertThat(early.err()).contains("A full sync has to complete first");
            assertThat(commands.run("sync", "--full").code()).isEqualTo(ExitCode.DONE);
            assertThat(commands.run("sync", "--delta").code()).isEqualTo(ExitCode.DONE);
        }
    }

    private static long configured(Commands commands) {
        return commands.run("history", "--audit", "--limit=200", "--json").lines().stream()
                .filter(entry -> entry.path("kind").asText().equals("CONFIGURATION"))
                .count();
    }

    @Test
    void tellsScriptsWhatIsToBlame() throws Exception {
        try (Registry registry = Registry.cornerstone()) {
            Commands commands = new Commands(folder).configured(registry.configuration());
            assertThat(commands.run("sync", "--delta").code()).isEqualTo(ExitCode.NOT_STARTED);

            ((CornerstoneSimulator) registry.simulator()).revokeKey(key(registry));
            Answer revoked = commands.run("sync", "--full", "--json");
            assertThat(revoked.code()).isEqualTo(ExitCode.CREDENTIALS);
            assertThat(revoked.json().at("/failure/fault").asText()).isEqualTo("CREDENTIALS");
            assertThat(commands.run("test").err()).contains("(CREDENTIALS)").doesNotContain(key(registry));

            registry.simulator().close();
            assertThat(commands.run("test", "--json").code()).isEqualTo(ExitCode.NETWORK);
        }
    }

    private static String key(Registry registry) {
        return registry.credentials().replace("\"", "");
    }

    @Test
    void looksAtTheDatabaseWithoutTheCredentials() {
        try (Registry registry = Registry.cornerstone()) {
            Commands commands = new Commands(folder).environment("KEY", key(registry));
            commands.configured(new Registry("cornerstone", registry.endpoint(), "\"env:KEY\"", registry.simulator())
                    .configuration());
            commands.run("sync", "--full");
            Commands elsewhere = new Commands(folder);

            assertThat(elsewhere.run("dump").lines()).hasSize(Registry.MEMBERS);
            assertThat(elsewhere.run("history").code()).isEqualTo(ExitCode.DONE);
            assertThat(elsewhere.run("sync", "--full").err())
                    .contains("credentials: is the environment variable KEY, which is not set");
        }
    }
}

package io.membersync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.examples.cli.Commands.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static final String KEY = "a-key-that-nobody-may-see";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsEverythingThatIsWrongAtOnceByField() {
        Commands commands = new Commands(folder).configured("""
            {"organisation": "us", "system": "cornerstone", "endpoint": "http://localhost:1/?key=%s",
             "credentials": "%s", "settings": {"pageSize": "0"},
             "mapping": {"shoeSize": "size", "email": "contact[email"},
             "storage": {"url": "jdbc:oracle:x"}, "testMode": "yes"}\
            """.formatted(KEY, KEY));

        Answer answer = commands.run("sync", "--full");

        assertThat(answer.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err())
                .contains(
                        "organization: is missing",
                        "organisation: is not known here",
                        "endpoint: ",
                        "settings.pageSize: must be a whole number",
                        "mapping.shoeSize: is no member field",
                        "mapping.email: must be a path",
                        "storage.url: must be a JDBC address",
                        "masterKey: is missing",
                        "testMode: must be true or false")
                .doesNotContain(KEY, "Exception", "\tat ");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void tellsProgramsTheSame() {
        Commands commands = new Commands(folder).configured("{\"organization\": \"us\"}");

        Answer answer = commands.run("test", "--json");

        assertThat(answer.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.json().at("/error/violations"))
                .extracting(violation -> violation.path("field").asText())
                .containsExactlyInAnyOrder("system", "endpoint", "credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"credentials\": \"" + KEY + "\" oops}", "{\"system\": \"x\", \"system\": \"y\"}"})
    void refusesWhatIsNoConfigurationWithoutQuotingIt(String text) {
        Answer answer = new Commands(folder).configured(text).run("test");

        assertThat(answer.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("membersync.json").doesNotContain(KEY, "Exception");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(new Commands(folder).run("test").err()).contains("is not there; 'describe cornerstone'");
    }

    @Test
    void refusesARegistryOnThisMachineOutsideTestMode() {
        Commands commands = new Commands(folder).configured("""
            {"organization": "us", "system": "consio", "endpoint": "http://localhost:1/rest/v2",
             "credentials": "%s"}\
            """.formatted(KEY));

        Answer answer = commands.run("test");

        assertThat(answer.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("endpoint: ", "\"testMode\": true").doesNotContain(KEY);
    }

    @Test
    void tellsAFileThatIsNoTextFromOneThatIsNotThere() throws IOException {
        Commands commands = new Commands(folder);
        Files.write(commands.configuration(), new byte[] {(byte) 0xC3, (byte) 0x28, 0, 1});

        assertThat(commands.run("test").err()).contains("is not text in UTF-8");
    }

    @Test
    void takesAFileThatBeginsWithAMarkOfItsEncoding() throws IOException {
        Commands commands = new Commands(folder);
        Files.writeString(commands.configuration(), "\uFEFF{\"system\": \"cornerstone\"}");

        assertThat(commands.run("test").err()).contains("endpoint: ").doesNotContain("is not JSON");
    }

    @Test
    void blamesTheStorageForAFolderInWhichNothingCanBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("occupied"));
        Commands commands = new Commands(folder).configured("""
            {"organization": "us", "system": "cornerstone", "endpoint": "http://localhost:1/x",
             "credentials": "%s", "storage": {"file": "occupied/members"}, "testMode": true}\
            """.formatted(KEY));

        Answer answer = commands.run("sync", "--full");

        assertThat(answer.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("storage.file: ", file.toString()).doesNotContain("masterKey");
    }

    @Test
    void neverShowsASecret() {
        Commands commands = new Commands(folder).configured("""
            {"organization": "us", "system": "dynamics", "endpoint": "https://localhost:1/api/data/v9.2",
             "credentials": {"tenant": "t.example", "clientId": "c", "clientSecret": "%s"},
             "masterKey": "%s", "testMode": true}\
            """.formatted(KEY, KEY));
        Configuration read = new ConfigurationFile(commands.configuration(), name -> null).read();

        assertThat(read.toString()).doesNotContain(KEY);
        assertThat(commands.run("test").err())
                .contains("masterKey: is not 32 bytes in base64")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consio", "cornerstone", "dynamics"})
    void describesEachSystemWithAFileThatOnlyLacksWhatIsOnesOwn(String system) {
        Commands commands = new Commands(folder)
                .environment("CONSIO_KEY", KEY)
                .environment("CORNERSTONE_KEY", KEY)
                .environment("DYNAMICS_SECRET", KEY);
        JsonNode description = commands.runPlain("describe", system, "--json").json();
        String sample = description.path("sample").toString().replaceAll("HOST|ENVIRONMENT", "localhost");

        commands.configured(sample.replaceAll("}$", ", \"testMode\": true}"));

        assertThat(new ConfigurationFile(commands.configuration(), name -> KEY)
                        .read()
                        .draft()
                        .system())
                .isEqualTo(system);
        assertThat(commands.runPlain("describe", system).out())
                .contains("Credentials: ", "pageSize", "lastName", "\"system\" : \"" + system + "\"");
    }

    @Test
    void refusesASystemThatItDoesNotKnow() {
        Answer answer = new Commands(folder).runPlain("describe", "paper");

        assertThat(answer.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("known are [consio, cornerstone, dynamics]");
    }

    @Test
    void refusesWrongUsageAndHelpsWithTheRightOne() {
        assertThat(new Commands(folder).runPlain("sync", "--full", "--delta").code())
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(new Commands(folder).runPlain("--help").out())
                .contains("test", "preview", "sync", "watch", "dump", "history", "describe", "Exit codes:");
    }
}

package io.membersync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the jar as people do. */
class JarTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void bringsTheMembersInAndDumpsThem() throws Exception {
        try (Registry registry = Registry.consio()) {
            Files.writeString(folder.resolve("membersync.json"), registry.configuration());

            assertThat(run("test")).isZero();
            assertThat(run("sync", "--full")).as(said()).isZero();
            assertThat(said()).contains("60 members are linked to the registry.");
            assertThat(run("dump")).isZero();
            assertThat(said().lines()).hasSize(Registry.MEMBERS);
            assertThat(run("sync")).isEqualTo(ExitCode.CONFIGURATION);
        }
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("membersync.cli.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"), StandardCharsets.UTF_8);
    }
}

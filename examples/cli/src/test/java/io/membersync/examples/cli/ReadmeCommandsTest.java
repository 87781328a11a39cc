package io.membersync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.examples.cli.Commands.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the README's commands and its configuration such that they are understood. */
class ReadmeCommandsTest {

    private static final Pattern COMMAND =
            Pattern.compile("(?m)^java -jar examples/cli/target/membersync-cli.jar (.*)$");
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandIsUnderstoodAndEachIsShown() throws IOException {
        List<String> commands = found(COMMAND);

        assertThat(commands)
                .allSatisfy(
                        command -> assertThat(stopsAtTheMissingFile(command)).isTrue());
        Set<String> shown =
                commands.stream().map(line -> line.split(" ", -1)[0]).collect(Collectors.toSet());
        assertThat(shown).containsExactlyInAnyOrder("describe", "test", "preview", "sync", "watch", "dump", "history");
    }

    /** What is not understood is refused with the usage. */
    private boolean stopsAtTheMissingFile(String command) {
        Answer answer = command.startsWith("describe")
                ? new Commands(folder).runPlain(command.split(" ", -1))
                : new Commands(folder).run(command.split(" ", -1));
        return !answer.err().contains("Usage:");
    }

    @Test
    void itsConfigurationIsAccepted() throws IOException {
        Commands commands = new Commands(folder).configured(found(JSON).get(0).replace("HOST", "registry.example"));

        assertThat(new ConfigurationFile(commands.configuration(), name -> "key")
                        .read()
                        .draft()
                        .system())
                .isEqualTo("cornerstone");
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(Path.of("../../README.md")))
                .results()
                .map((MatchResult hit) -> hit.group(1))
                .toList();
    }
}

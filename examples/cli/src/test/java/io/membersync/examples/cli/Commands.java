package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.membersync.examples.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries commands out in this process, with a configuration and an environment of their own. For one thread. */
final class Commands {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path configuration;
    private final Map<String, String> environment = new HashMap<>();

    Commands(Path folder) {
        this.configuration = folder.resolve("membersync.json");
    }

    /** What a command gave back. */
    record Answer(int code, String out, String err) {

        JsonNode json() {
            return parsed(out);
        }

        List<JsonNode> lines() {
            List<JsonNode> lines = new ArrayList<>();
            out.lines().forEach(line -> lines.add(parsed(line)));
            return lines;
        }

        private static JsonNode parsed(String text) {
            try {
                return MAPPER.readTree(text);
            } catch (IOException noJson) {
                throw new UncheckedIOException(noJson);
            }
        }
    }

    Commands configured(String json) {
        try {
            Files.writeString(configuration, json);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Commands environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Path configuration() {
        return configuration;
    }

    Answer run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config=" + configuration);
        return runPlain(all.toArray(String[]::new));
    }

    Answer runPlain(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream answers = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = Cli.run(
                new Screen(answers, false),
                answers,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment::get,
                arguments);
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

package io.membersync.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets where a configuration file says they are: {@code env:NAME} in the environment, {@code file:PATH} in a file
 * beside it, anything else in the file itself.
 */
final class Secrets {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    private final Function<String, @Nullable String> environment;
    private final Path folder;

    Secrets(Function<String, @Nullable String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    Optional<Secret> find(JsonFields fields, String key) {
        return fields.text(key).flatMap(text -> resolve(fields, key, text)).map(Secret::new);
    }

    private Optional<String> resolve(JsonFields fields, String key, String text) {
        if (text.startsWith(ENVIRONMENT)) {
            return fromEnvironment(fields, key, text.substring(ENVIRONMENT.length()));
        }
        return text.startsWith(FILE) ? fromFile(fields, key, text.substring(FILE.length())) : Optional.of(text);
    }

    private Optional<String> fromEnvironment(JsonFields fields, String key, String name) {
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            fields.refuse(key, "is the environment variable " + name + ", which is not set");
            return Optional.empty();
        }
        return Optional.of(value.strip());
    }

    private Optional<String> fromFile(JsonFields fields, String key, String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name)).strip());
        } catch (IOException | IllegalArgumentException unreadable) {
            fields.refuse(key, "is the file " + name + ", which cannot be read");
            return Optional.empty();
        }
    }
}

package io.membersync.examples.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps both languages complete. */
class MessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern IN_TEMPLATES =
            Pattern.compile("#\\{([A-Za-z][\\w.]*\\w)[}(]|@words\\.text\\('([\\w.]*\\w)'[,)]");
    private static final Pattern IN_CODE = Pattern.compile("words\\.text\\(\\s*\"([\\w.]*\\w)\"[,)]");
    private static final Pattern PART = Pattern.compile("\\{(\\d)");

    private static Properties messages(String file) throws IOException {
        Properties messages = new Properties();
        try (Reader text = Files.newBufferedReader(RESOURCES.resolve(file))) {
            messages.load(text);
        }
        return messages;
    }

    private static Set<String> used(Path folder, String ending, Pattern pattern) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> keys.add(found.group(1) != null ? found.group(1) : found.group(2)));
            }
        }
        return keys;
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        Properties english = messages("messages.properties");
        Properties norwegian = messages("messages_nb.properties");

        assertThat(norwegian.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(parts(norwegian.getProperty(key)))
                        .as(key)
                        .isEqualTo(parts(english.getProperty(key))));
    }

    private static List<String> parts(String message) {
        return PART.matcher(message)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_nb.properties"})
    void noLanguageSaysAThingTwice(String file) throws IOException {
        assertThat(Files.readAllLines(RESOURCES.resolve(file)))
                .filteredOn(line -> line.contains("=") && !line.startsWith("#"))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .doesNotHaveDuplicates();
    }

    @Test
    void everythingThatPagesSayIsThere() throws IOException {
        Set<String> known = messages("messages.properties").stringPropertyNames();

        assertThat(used(RESOURCES.resolve("templates"), ".html", IN_TEMPLATES))
                .hasSizeGreaterThan(50)
                .filteredOn(key -> !known.contains(key))
                .isEmpty();
        assertThat(used(Path.of("src/main/java"), ".java", IN_CODE))
                .hasSizeGreaterThan(5)
                .filteredOn(key -> !known.contains(key))
                .isEmpty();
    }
}

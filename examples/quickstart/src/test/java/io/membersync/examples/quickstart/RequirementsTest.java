package io.membersync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the page of requirements up with the tests: what they name has a line, and what the page names exists. */
class RequirementsTest {

    private static final Path PROJECT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("@Requirement\\(\\{?([^)]*?)}?\\)");
    private static final Pattern ID = Pattern.compile("\"([A-Z][0-9]+)\"");
    private static final Pattern LINE = Pattern.compile("(?m)^- \\*\\*([A-Z][0-9]+) ");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))[.`]");

    @Test
    void everyRequirementThatATestNamesHasALine() throws IOException {
        Set<String> named = javaFiles().stream()
                .map(RequirementsTest::text)
                .flatMap(source -> found(NAMED, source).stream())
                .flatMap(ids -> found(ID, ids).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isNotEmpty();
        assertThat(found(LINE, page())).containsAll(named);
    }

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        Set<String> classes = javaFiles().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());

        assertThat(classes).containsAll(found(TEST, page()));
    }

    private static Set<Path> javaFiles() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toSet());
        }
    }

    private static String page() {
        return text(PROJECT.resolve("docs/requirements.md"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult hit) -> hit.group(1))
                .collect(Collectors.toSet());
    }
}

package io.membersync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the README's code the same as the code that is compiled and tested here. */
class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// \\[[a-z ]+]\n(.*?)[ ]*// \\[end]", Pattern.DOTALL);
    private static final Path CONNECTOR = Path.of("../custom-connector/src");
    private static final Path SOURCES = Path.of("src/main/java/io/membersync/examples/quickstart");

    @Test
    void showsNoJavaButWhatIsCompiledHere() throws IOException {
        List<String> compiled = new ArrayList<>();
        compiled.add(source("Quickstart.java"));
        compiled.addAll(regions(source("OwnMemberTable.java")));

        assertThat(javaBlocks("README.md")).containsExactlyElementsOf(compiled);
    }

    @Test
    void showsInTheGuideToConnectorsWhatIsTestedThere() throws IOException {
        List<String> tested = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CONNECTOR)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                tested.addAll(regions(Files.readString(file)));
            }
        }

        assertThat(javaBlocks("docs/write-a-connector.md"))
                .hasSizeGreaterThan(9)
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void keepsTheQuickstartWithinFortyLinesOfCode() throws IOException {
        assertThat(source("Quickstart.java").lines().filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(40);
    }

    private static List<String> regions(String source) {
        List<String> regions = new ArrayList<>();
        Matcher region = REGION.matcher(source);
        while (region.find()) {
            regions.add(region.group(1).stripTrailing().stripIndent() + "\n");
        }
        return regions;
    }

    private static List<String> javaBlocks(String document) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../..").resolve(document)));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static String source(String file) throws IOException {
        return Files.readString(SOURCES.resolve(file));
    }
}

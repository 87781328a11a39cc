package io.membersync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the README's code the same as the code that is compiled and tested here. */
class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// \\[[a-z ]+]\n(.*?)[ ]*// \\[end]", Pattern.DOTALL);
    private static final Path SOURCES = Path.of("src/main/java/io/membersync/examples/quickstart");

    @Test
    void showsNoJavaButWhatIsCompiledHere() throws IOException {
        List<String> compiled = new ArrayList<>();
        compiled.add(source("Quickstart.java"));
        Matcher region = REGION.matcher(source("OwnMemberTable.java"));
        while (region.find()) {
            compiled.add(region.group(1).stripTrailing().stripIndent() + "\n");
        }

        assertThat(javaBlocks()).containsExactlyElementsOf(compiled);
    }

    @Test
    void keepsTheQuickstartWithinFortyLinesOfCode() throws IOException {
        assertThat(source("Quickstart.java").lines().filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(40);
    }

    private static List<String> javaBlocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../../README.md")));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static String source(String file) throws IOException {
        return Files.readString(SOURCES.resolve(file));
    }
}

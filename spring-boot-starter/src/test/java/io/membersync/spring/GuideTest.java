package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the guide's code the same as the code that is compiled and tested here, and its properties complete. */
class GuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// \\[[a-z ]+]\n(.*?)[ ]*// \\[end]", Pattern.DOTALL);
    private static final Pattern NAME =
            Pattern.compile("\"name\": \"(membersync\\.[a-z.-]+)\",\n *\"type\": \"(?!io\\.)");
    private static final Path HOST = Path.of("src/test/java/io/membersync/spring/host");
    private static final Path STRANGER =
            Path.of("../examples/stranger/src/main/java/com/example/stranger/Stranger.java");

    private static String guide() throws IOException {
        return Files.readString(Path.of("../docs/spring.md"));
    }

    @Test
    void showsNoJavaButWhatIsCompiledHere() throws IOException {
        List<String> compiled = new ArrayList<>();
        String stranger = Files.readString(STRANGER);
        compiled.add(stranger.substring(stranger.indexOf("@SpringBootApplication\npublic")));
        try (Stream<Path> files = Files.list(HOST)) {
            for (Path file : files.toList()) {
                REGION.matcher(Files.readString(file))
                        .results()
                        .map(region -> region.group(1).stripTrailing().stripIndent() + "\n")
                        .forEach(compiled::add);
            }
        }

        assertThat(BLOCK.matcher(guide()).results().map(block -> block.group(1)))
                .hasSizeGreaterThan(4)
                .containsExactlyInAnyOrderElementsOf(compiled);
    }

    @Test
    void namesEveryProperty() throws IOException {
        String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
        List<String> names = NAME.matcher(metadata)
                .results()
                .map(name -> name.group(1))
                .distinct()
                .toList();

        assertThat(names).hasSizeGreaterThan(20);
        String guide = guide();
        assertThat(names).allSatisfy(name -> assertThat(guide).contains("`" + name));
        assertThat(metadata).as("every property is described").doesNotContain("\"description\": \"\"");
    }
}

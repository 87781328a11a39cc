package io.membersync.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.testkit.contract.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's application, built against nothing but what is published; needs Maven on the path. */
@Tag("thorough")
@Requirement("G4")
class StrangerTest {

    private static final Path STRANGER = Path.of("../stranger");

    @Test
    void itsGuestsArriveOverAConnectorOfItsOwn(@TempDir Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process run = new ProcessBuilder("bash", "run.sh")
                .directory(STRANGER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(run.waitFor(10, TimeUnit.MINUTES)).isTrue();

        assertThat(run.exitValue())
                .as(Files.readString(log, StandardCharsets.UTF_8))
                .isZero();
    }

    @Test
    void itHasUnderSixtyLinesOfItsOwn() throws IOException {
        Path sources = STRANGER.resolve("src/main/java/com/example/stranger");
        long lines = 0;
        for (String file : new String[] {"Stranger.java", "GuestList.java"}) {
            lines += Files.readAllLines(sources.resolve(file)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                    .count();
        }

        assertThat(lines).isLessThan(60);
    }
}

package io.membersync.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.examples.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void endsWithEveryFieldOfEveryMemberEqual() throws Exception {
        Demo.run(new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), false), 1_000);

        assertThat(text())
                .contains("1 full sync     1,000    1,000")
                .contains("1,001 members in the registry and the same 1,001 here; all 18 fields of each are equal.")
                .contains("Created from the registry", "Brought up to date with the registry", "Terminated: ");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}

package io.membersync.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void writesNoControlCharacterWhereThereIsNoTerminal() {
        Screen plain = screen(false);
        plain.passing("one");
        plain.passing("two, within the same second");
        plain.line("the end");

        assertThat(text()).isEqualTo("one%nthe end%n".formatted());
    }

    @Test
    void writesOverALineThatChangesOnATerminal() {
        Screen terminal = screen(true);
        terminal.passing("one");
        terminal.passing("two");
        terminal.line("the end");

        assertThat(text()).isEqualTo("\rone\u001b[K\rtwo\u001b[K\r\u001b[Kthe end%n".formatted());
    }

    private Screen screen(boolean terminal) {
        return new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), terminal);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}

package io.membersync.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The order that every id is listed in. */
class CodePointOrderTest {

    @Test
    void ordersByCodePointAndNotByUnit() {
        // U+FFFD has a higher unit than the surrogates of U+1F600, and a lower code point.
        List<String> sorted = List.of("", "-", "A", "M_1", "_", "m", "m_1", "m_10", "m_2", "Å", "æ", "\uFFFD", "😀");

        assertThat(sorted.stream().sorted(CodePointOrder::compare)).containsExactlyElementsOf(sorted);
        assertThat(CodePointOrder.compare("😀", "\uFFFD")).isPositive();
        assertThat(CodePointOrder.compare("\uD7FF", "😀")).isNegative();
        assertThat(CodePointOrder.compare("😀", "😁")).isNegative();
        assertThat(CodePointOrder.compare("a", "a")).isZero();
    }
}

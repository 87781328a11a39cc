package io.membersync.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodePointsTest {

    @Test
    void ordersAsTheBytesOfUtf8Do() {
        List<String> ids =
                List.of("", "m_1", "m_10", "m_2", "M_1", "Å", "æ", "z", "\uFFFD", "😀", "😀1", "-", "_", "~");

        for (String one : ids) {
            for (String other : ids) {
                int bytes = Arrays.compareUnsigned(
                        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(CodePoints.compare(one, other)))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(bytes));
            }
        }
    }
}

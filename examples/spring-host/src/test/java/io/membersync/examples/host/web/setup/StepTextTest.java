package io.membersync.examples.host.web.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.mapping.Transform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTextTest {

    @Test
    void readsBackWhatItWrites() {
        List<Transform> steps = List.of(
                new Transform.Trim(),
                new Transform.DateForm("dd.MM.uuuu"),
                new Transform.CodeList(Map.of("1,2", "A=B", "back\\slash", "plain text")),
                new Transform.JoinParts(List.of("code", "unitId"), " "),
                new Transform.PhoneForm("47", 8),
                new Transform.BitList(Map.of(1, "SMS", 4, "MAIL")));
        assertThat(StepText.parse(StepText.of(steps))).isEqualTo(steps);
    }

    @Test
    void passesOverBlankLines() {
        assertThat(StepText.parse(" \n trim \n\n")).containsExactly(new Transform.Trim());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shout",
                "trim it",
                "date",
                "date bb",
                "codes",
                "codes A",
                "codes A=B, A=C",
                "join code",
                "phone 47",
                "phone 0 8",
                "bits 3=A",
                "bits one=A",
                "bits 1=A, 01=B"
            })
    void refusesWhatIsNoStep(String line) {
        assertThatThrownBy(() -> StepText.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThreeWayDiffTest {

    private static final MemberField FIELD = MemberField.CITY;

    @ParameterizedTest(name = "app {0}, agreed {1}/{2}, registry {3}: {4}")
    @CsvSource({
        "a, a, a, a, NONE",
        "b, b, a, a, NONE",
        "b, a, a, a, APP_MOVED",
        "a, a, a, b, REGISTRY_MOVED",
        "b, a, a, b, BOTH_ALIKE",
        "b, a, a, c, BOTH_APART",
        "a, b, a, a, BOTH_ALIKE",
        "a, -, -, a, BOTH_ALIKE",
        "a, -, -, b, BOTH_APART",
        "0, a, a, a, APP_MOVED",
        "a, a, a, 0, REGISTRY_MOVED",
        "0, a, a, 0, BOTH_ALIKE",
        "a, a, a, ?, NONE",
        "b, a, a, ?, APP_MOVED",
        "a, -, -, ?, NONE",
        "0, -, -, 0, BOTH_ALIKE",
        "0, -, -, a, BOTH_APART",
        "b, b, a, b, BOTH_ALIKE",
    })
    void tellsWhoMoved(String app, String agreedApp, String agreedRegistry, String registry, Difference expected) {
        assertThat(ThreeWayDiff.compare(FIELD, value(app), pair(agreedApp, agreedRegistry), said(registry))
                        .difference())
                .isEqualTo(expected);
    }

    static List<String[]> allCombinations() {
        String[] values = {"a", "b", "0"};
        List<String[]> all = new ArrayList<>();
        for (String app : values) {
            for (String half : new String[] {"-", "a", "b", "0"}) {
                for (String registry : new String[] {"a", "b", "0", "?"}) {
                    all.add(new String[] {app, half, registry});
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("allCombinations")
    void isSymmetricInWhoMoved(String app, String half, String registry) {
        if (registry.equals("?")) {
            return;
        }
        Difference one = ThreeWayDiff.compare(FIELD, value(app), pair(half, half), said(registry))
                .difference();
        Difference mirrored = ThreeWayDiff.compare(FIELD, value(registry), pair(half, half), said(app))
                .difference();
        Difference expected = switch (one) {
            case APP_MOVED -> Difference.REGISTRY_MOVED;
            case REGISTRY_MOVED -> Difference.APP_MOVED;
            case NONE, BOTH_ALIKE, BOTH_APART -> one;
        };
        assertThat(mirrored).isEqualTo(expected);
    }

    @Test
    void caseOfAnEmailAddressIsNoMove() {
        AgreedPair pair =
                AgreedPair.together(FieldValue.text("Kari@example.test"), FieldValue.text("Kari@example.test"));

        assertThat(ThreeWayDiff.compare(
                                MemberField.EMAIL,
                                FieldValue.text("kari@EXAMPLE.test"),
                                Optional.of(pair),
                                Optional.of(FieldValue.text("Kari@example.test ")))
                        .difference())
                .isEqualTo(Difference.NONE);
    }

    @Test
    void aFieldThatTheRegistryDoesNotSpeakOfStandsWhereItStood() {
        AgreedPair pair = AgreedPair.apart(FieldValue.text("app"), FieldValue.text("registry"));

        assertThat(ThreeWayDiff.compare(FIELD, FieldValue.text("app"), Optional.of(pair), Optional.empty())
                        .registry())
                .isEqualTo(FieldValue.text("registry"));
    }

    private static FieldValue value(String text) {
        return text.equals("0") ? FieldValue.nothing() : FieldValue.text(text);
    }

    private static Optional<FieldValue> said(String text) {
        return text.equals("?") ? Optional.empty() : Optional.of(value(text));
    }

    private static Optional<AgreedPair> pair(String app, String registry) {
        return app.equals("-")
                ? Optional.empty()
                : Optional.of(new AgreedPair(value(app), value(registry), !app.equals(registry), false));
    }
}

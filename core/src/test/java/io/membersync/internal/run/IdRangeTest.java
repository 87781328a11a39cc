package io.membersync.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Abilities;
import io.membersync.model.ExternalId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdRangeTest {

    private static final IdRange NUMBERS = IdRange.of(Abilities.IdOrder.WHOLE_NUMBER);

    // As a store has them: by code point, with an id that is no number among them.
    private static final List<String> STORED = Stream.concat(
                    IntStream.rangeClosed(0, 1_200).mapToObj(Integer::toString), Stream.of("12a", "007", "m_1"))
            .sorted()
            .toList();

    @Test
    void numbersRiseByTheirValue() {
        assertThat(NUMBERS.rises("", "0")).isTrue();
        assertThat(NUMBERS.rises("9", "10")).isTrue();
        assertThat(NUMBERS.rises("99999999999999999999", "100000000000000000000"))
                .isTrue();
        assertThat(NUMBERS.rises("10", "10")).isFalse();
        assertThat(NUMBERS.rises("10", "9")).isFalse();
        assertThat(NUMBERS.rises("10", "011")).isFalse();
        assertThat(NUMBERS.rises("10", "m_11")).isFalse();
    }

    @Test
    void pagesOfNumbersTouchEveryNumberOnceAndNothingElse() {
        int[] ends = {5, 8, 42, 99, 100, 101, 998, 1_005, 1_150};
        int from = 0;
        Optional<ExternalId> after = Optional.empty();
        for (int end : ends) {
            Optional<ExternalId> upTo = Optional.of(id(end));
            assertThat(touched(after, upTo))
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(from, end)
                            .mapToObj(Integer::toString)
                            .toList());
            after = upTo;
            from = end + 1;
        }
        assertThat(touched(after, Optional.empty()))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(from, 1_200)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void aSinglePageTouchesAllNumbers() {
        assertThat(touched(Optional.empty(), Optional.empty())).hasSize(1_201).doesNotHaveDuplicates();
    }

    private static ExternalId id(int number) {
        return ExternalId.of(Integer.toString(number));
    }

    private static List<String> touched(Optional<ExternalId> after, Optional<ExternalId> upTo) {
        return NUMBERS.stretches(after, upTo).stream()
                .flatMap(stretch -> STORED.stream()
                        .map(ExternalId::of)
                        .filter(id -> stretch.after()
                                .filter(a -> CodePoints.compare(a.value(), id.value()) >= 0)
                                .isEmpty())
                        .filter(id -> stretch.upTo()
                                .filter(b -> CodePoints.compare(id.value(), b.value()) > 0)
                                .isEmpty())
                        .filter(stretch::holds)
                        .map(ExternalId::value))
                .toList();
    }
}

package io.membersync.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticNationalIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10915596784",
                "50846202355",
                "02813299952",
                "02813299960",
                "02813299987",
                "41810020014",
                "41810020022",
                "41810020030",
                "41810020049"
            })
    void acceptsSyntheticNumbersOfBothRules(String number) {
        assertThat(SyntheticNationalId.isValid(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10915596785",
                "10915596774",
                "02813299996",
                "00000000000",
                "15407300685",
                "1091559678",
                "109155967840",
                "1091559678a",
                "١٠915596784",
                ""
            })
    void refusesEverythingElse(String number) {
        assertThat(SyntheticNationalId.isValid(number)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"028132999, 52 60 79 87", "418100200, 14 22 30 49"})
    void acceptsExactlyTheFourRemaindersOfTheFirstControlDigit(String first, String endings) {
        assertThat(IntStream.range(0, 100).mapToObj(i -> String.format("%02d", i)))
                .filteredOn(ending -> SyntheticNationalId.isValid(first + ending))
                .containsExactly(endings.split(" ", -1));
    }

    @Test
    void makesManyDifferentValidNumbersForOneDay() {
        LocalDate day = LocalDate.of(1972, 9, 13);
        assertThat(IntStream.range(0, 150).mapToObj(i -> SyntheticNationalId.of(day, i % 2 == 0, i / 2)))
                .doesNotHaveDuplicates()
                .allMatch(SyntheticNationalId::isValid)
                .allMatch(number -> number.startsWith("138972"));
    }

    @Test
    void tellsSexInTheNinthDigit() {
        LocalDate day = LocalDate.of(2004, 2, 29);
        assertThat(SyntheticNationalId.of(day, true, 3).charAt(8) % 2).isZero();
        assertThat(SyntheticNationalId.of(day, false, 3).charAt(8) % 2).isOne();
    }

    @Test
    void refusesAYearWithoutSuchNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyntheticNationalId.of(LocalDate.of(1899, 12, 31), true, 0));
    }
}

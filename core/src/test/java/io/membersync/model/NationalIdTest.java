package io.membersync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.model.NationalId.Acceptance;
import io.membersync.model.NationalIdCheck.Invalid;
import io.membersync.model.NationalIdCheck.Kind;
import io.membersync.model.NationalIdCheck.Reason;
import io.membersync.model.NationalIdCheck.Rule;
import io.membersync.model.NationalIdCheck.Valid;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import no.bekk.bekkopen.person.FodselsnummerValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers here are synthetic or come from public test suites. */
class NationalIdTest {

    private static final Acceptance EVERYTHING = new Acceptance(EnumSet.allOf(Kind.class));

    @ParameterizedTest
    @CsvSource({
        "13097248022, BIRTH, BOTH",
        "29029648784, BIRTH, BOTH",
        "29020075838, BIRTH, BOTH",
        "01010101006, BIRTH, BOTH",
        "53097248016, D, BOTH",
        "41014061078, D, BOTH",
        "13527248013, SYNTHETIC_NAV_OR_H, BOTH",
        "10915596784, SYNTHETIC_TENOR, BOTH",
        "50846202355, D_SYNTHETIC_TENOR, BOTH",
        "82938389280, FH, BOTH",
        "02013299997, BIRTH, BOTH",
        "30108299920, BIRTH, BOTH",
        "02813299952, SYNTHETIC_TENOR, BOTH",
        "02813299960, SYNTHETIC_TENOR, ONLY_2032",
        "02813299987, SYNTHETIC_TENOR, ONLY_2032",
        "41810020014, D_SYNTHETIC_TENOR, BOTH",
        "41810020022, D_SYNTHETIC_TENOR, ONLY_2032",
        "41810020030, D_SYNTHETIC_TENOR, ONLY_2032",
        "41810020049, D_SYNTHETIC_TENOR, ONLY_2032",
    })
    void tellsKindAndRuleOfAValidNumber(String digits, Kind kind, Rule rule) {
        assertThat(NationalId.check(digits, EVERYTHING)).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.kind()).isEqualTo(kind);
            assertThat(valid.rule()).isEqualTo(rule);
            assertThat(valid.id().reveal("test")).isEqualTo(digits);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "02013299987, CONTROL_DIGIT_1",
        "02013299996, CONTROL_DIGIT_2",
        "15407300685, DATE",
        "00000000000, DATE",
        "١٣٠٩٧٢٤٨٠22, CHARACTER",
        "1309724802x, CHARACTER",
        "-1309724802, CHARACTER",
        "'130972 48022', LENGTH",
        "' 13097248022', LENGTH",
        "1010101006, LENGTH",
        "'', LENGTH",
        "130972480220, LENGTH",
    })
    void tellsWhyATextIsNoNumber(String digits, Reason reason) {
        assertThat(NationalId.check(digits, EVERYTHING)).isEqualTo(new Invalid(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10121550047", "17029012345", "16117548867"})
    void refusesSamplesThatWereMadeUpWithoutControlDigits(String digits) {
        assertThat(NationalId.check(digits, EVERYTHING)).isInstanceOf(Invalid.class);
    }

    @Test
    void refusesAFinalLineFeed() {
        assertThat(NationalId.check("1309724802\n", EVERYTHING)).isEqualTo(new Invalid(Reason.CHARACTER));
        assertThat(NationalId.check("13097248022\n", EVERYTHING)).isEqualTo(new Invalid(Reason.LENGTH));
    }

    @ParameterizedTest
    @CsvSource({
        "13097248022, true, true, ",
        "53097248016, true, true, ",
        "13527248013, false, true, SYNTHETIC_NOT_ALLOWED",
        "10915596784, false, true, SYNTHETIC_NOT_ALLOWED",
        "50846202355, false, true, SYNTHETIC_NOT_ALLOWED",
        "02813299960, false, true, SYNTHETIC_NOT_ALLOWED",
        "82938389280, false, false, KIND_NOT_ALLOWED",
    })
    void acceptsRealPersonsInProductionAndMadeUpOnesInTests(
            String digits, boolean production, boolean test, Reason reason) {
        assertThat(NationalId.check(digits, Acceptance.PRODUCTION))
                .satisfies(check -> assertThat(check instanceof Valid).isEqualTo(production));
        assertThat(NationalId.check(digits, Acceptance.TEST))
                .satisfies(check -> assertThat(check instanceof Valid).isEqualTo(test));
        if (!production) {
            assertThat(NationalId.check(digits, Acceptance.PRODUCTION)).isEqualTo(new Invalid(reason));
        }
    }

    @Test
    void takesEveryMonthForWhatItsMarkingSays() {
        for (int month = 0; month < 100; month++) {
            String expected = month >= 1 && month <= 12
                    ? "BIRTH"
                    : month >= 41 && month <= 52
                            ? "SYNTHETIC_NAV_OR_H"
                            : month >= 66 && month <= 77
                                    ? "SYNTHETIC_NHN"
                                    : month >= 81 && month <= 92 ? "SYNTHETIC_TENOR" : "";
            assertThat(NationalIdForm.kind(String.format("15%02d0012345", month))
                            .map(Kind::name)
                            .orElse(""))
                    .as("month %d", month)
                    .isEqualTo(expected);
            assertThat(NationalIdForm.kind(String.format("55%02d0012345", month))
                            .map(Kind::name)
                            .orElse(""))
                    .as("month %d of a D-number", month)
                    .isEqualTo(expected.equals("BIRTH") ? "D" : expected.isEmpty() ? "" : "D_" + expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "000100, false", "010100, true", "310100, true", "320100, false", "400100, false", "410100, true",
        "710100, true", "720100, false", "310400, false", "300400, true", "290200, true", "290204, true",
        "290201, false", "290202, false", "290299, false", "300200, false", "690204, true", "690203, false",
        "798104, false", "698104, true",
    })
    void knowsDatesWithoutKnowingTheCentury(String date, boolean valid) {
        assertThat(NationalIdForm.kind(date + "00000").isPresent()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void catchesEveryWrongDigitAndEverySwapOfNeighbors(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            String digits = anyNumber(random);
            assertThat(NationalId.check(digits, EVERYTHING)).as(digits).isInstanceOf(Valid.class);
            for (int i = 0; i < digits.length(); i++) {
                for (char c = '0'; c <= '9'; c++) {
                    assertCaught(digits, digits.substring(0, i) + c + digits.substring(i + 1), seed);
                }
                if (i > 0) {
                    String swapped = digits.substring(0, i - 1) + digits.charAt(i) + digits.charAt(i - 1);
                    assertCaught(digits, swapped + digits.substring(i + 1), seed);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void anyTextIsJudgedWithoutAThrowAndFewRandomDigitsPass(long seed) {
        Random random = new Random(seed);
        int passed = 0;
        int rounds = 200_000;
        for (int i = 0; i < rounds; i++) {
            String digits = String.format("%011d", random.nextLong(100_000_000_000L));
            boolean controlDigits =
                    NationalIdForm.firstRemainder(digits) <= 3 && NationalIdForm.secondRemainder(digits) == 0;
            passed += controlDigits ? 1 : 0;
            boolean valid = NationalId.check(digits, EVERYTHING) instanceof Valid;
            assertThat(valid && !controlDigits).isFalse();
        }
        assertThat((double) passed / rounds).as("seed %d", seed).isBetween(0.031, 0.035);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(14); length > 0; length--) {
                text.append((char) random.nextInt(0x10000));
            }
            assertThat(NationalId.check(text.toString(), EVERYTHING)).isNotNull();
        }
    }

    // The library knows the old rule only, and judges the individual number by a table of centuries, which we do not;
    // so whatever it accepts must be accepted here, and never the other way round.
    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void acceptsWhatAnotherLibraryAccepts(long seed) {
        Random random = new Random(seed);
        int agreed = 0;
        for (int i = 0; i < 100_000; i++) {
            String digits = i % 2 == 0 ? anyNumber(random) : String.format("%011d", random.nextLong(100_000_000_000L));
            if (FodselsnummerValidator.isValid(digits)) {
                agreed++;
                assertThat(NationalId.check(digits, Acceptance.PRODUCTION))
                        .as(digits)
                        .isInstanceOfSatisfying(
                                Valid.class, valid -> assertThat(valid.rule()).isEqualTo(Rule.BOTH));
            }
        }
        assertThat(agreed).as("seed %d", seed).isGreaterThan(1000);
    }

    // Born 1940 to 1999 with the individual number of those years, the library's table has no objection.
    @ParameterizedTest
    @ValueSource(longs = {41, 42})
    void agreesWithAnotherLibraryWhereItsTableHasNoSay(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String head = String.format(
                    "%02d%02d%02d%03d",
                    random.nextInt(35), random.nextInt(15), 40 + random.nextInt(60), random.nextInt(500));
            String digits = head + String.format("%02d", random.nextInt(100));
            boolean leapDay = digits.startsWith("2902");
            boolean ours =
                    NationalId.check(digits, Acceptance.PRODUCTION) instanceof Valid valid && valid.rule() == Rule.BOTH;
            if (!leapDay) {
                assertThat(ours).as(digits).isEqualTo(FodselsnummerValidator.isValid(digits));
            }
        }
    }

    @Test
    void neverShowsTheNumber() {
        NationalIdCheck check = NationalId.check("10915596784", Acceptance.TEST);
        assertThat(check.toString()).contains("•••••").doesNotContain("10915596784");
        assertThat(((Valid) check).id()).hasToString("NationalId[•••••]");
        assertThat(NationalId.check("10915596785", Acceptance.TEST).toString()).doesNotContain("1091559678");
    }

    @Test
    void isShownForAReasonOnly() {
        NationalId id = ((Valid) NationalId.check("10915596784", Acceptance.TEST)).id();
        assertThatThrownBy(() -> id.reveal(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("10915596784");
    }

    @Test
    void equalsAnotherOfTheSameDigits() {
        NationalIdCheck one = NationalId.check("10915596784", Acceptance.TEST);
        assertThat(one)
                .isEqualTo(NationalId.check("10915596784", EVERYTHING))
                .hasSameHashCodeAs(NationalId.check("10915596784", EVERYTHING))
                .isNotEqualTo(NationalId.check("02813299952", Acceptance.TEST));
    }

    private static void assertCaught(String digits, String changed, long seed) {
        if (!changed.equals(digits)) {
            assertThat(NationalId.check(changed, EVERYTHING))
                    .as("%s from %s, seed %d", changed, digits, seed)
                    .isInstanceOf(Invalid.class);
        }
    }

    /** Makes a number of any kind under either rule, by computing its control digits. */
    private static String anyNumber(Random random) {
        int[] markings = {0, 40, 65, 80};
        while (true) {
            boolean fh = random.nextInt(10) == 0;
            int day = 1 + random.nextInt(28) + (random.nextBoolean() ? 40 : 0);
            int month = 1 + random.nextInt(12) + markings[random.nextInt(4)];
            String head = fh
                    ? String.format("%d%08d", 8 + random.nextInt(2), random.nextInt(100_000_000))
                    : String.format("%02d%02d%02d%03d", day, month, random.nextInt(100), random.nextInt(1000));
            Optional<String> number = withControlDigits(head, fh ? 0 : random.nextInt(4));
            if (number.isPresent()) {
                return number.get();
            }
        }
    }

    private static Optional<String> withControlDigits(String head, int remainder) {
        for (int first = 0; first < 10; first++) {
            String ten = head + first;
            if (NationalIdForm.firstRemainder(ten + "0") == remainder) {
                for (int second = 0; second < 10; second++) {
                    if (NationalIdForm.secondRemainder(ten + second) == 0) {
                        return Optional.of(ten + second);
                    }
                }
            }
        }
        return Optional.empty();
    }
}

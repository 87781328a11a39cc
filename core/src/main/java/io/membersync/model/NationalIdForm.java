package io.membersync.model;

import io.membersync.model.NationalIdCheck.Kind;
import java.util.Optional;

/**
 * The form of a national identity number: {@code DDMMYYIIIKK}, where day and month may carry a marking and the last two
 * are control digits. All methods take eleven ASCII digits.
 */
final class NationalIdForm {

    private static final int[] FIRST_WEIGHTS = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
    private static final int[] SECOND_WEIGHTS = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    private static final int[] MONTH_LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** What a month can be marked with. */
    private enum Marking {
        NONE(0, Kind.BIRTH, Kind.D),
        NAV_OR_H(40, Kind.SYNTHETIC_NAV_OR_H, Kind.D_SYNTHETIC_NAV_OR_H),
        NHN(65, Kind.SYNTHETIC_NHN, Kind.D_SYNTHETIC_NHN),
        TENOR(80, Kind.SYNTHETIC_TENOR, Kind.D_SYNTHETIC_TENOR);

        private final int added;
        private final Kind kind;
        private final Kind kindWithD;

        Marking(int added, Kind kind, Kind kindWithD) {
            this.added = added;
            this.kind = kind;
            this.kindWithD = kindWithD;
        }
    }

    private NationalIdForm() {}

    /** {@return what the first six digits mark the number as; nothing when they are no date} */
    static Optional<Kind> kind(String digits) {
        if (digits.charAt(0) >= '8') {
            return Optional.of(Kind.FH);
        }
        int day = pair(digits, 0);
        boolean d = day > 40;
        int plainDay = d ? day - 40 : day;
        int month = pair(digits, 2);
        for (Marking marking : Marking.values()) {
            int plainMonth = month - marking.added;
            if (plainMonth >= 1 && plainMonth <= 12) {
                boolean date = isDate(plainDay, plainMonth, pair(digits, 4));
                return date ? Optional.of(d ? marking.kindWithD : marking.kind) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** {@return the remainder of the first control digit's sum: 0 under the old rule, 0 to 3 under the new one} */
    static int firstRemainder(String digits) {
        return remainder(digits, FIRST_WEIGHTS);
    }

    /** {@return the remainder of the second control digit's sum: 0 under both rules} */
    static int secondRemainder(String digits) {
        return remainder(digits, SECOND_WEIGHTS);
    }

    private static int remainder(String digits, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (digits.charAt(i) - '0');
        }
        return sum % 11;
    }

    // The century is not in the number, so 29 February is a date in every year that can be a leap year.
    private static boolean isDate(int day, int month, int yearOfCentury) {
        boolean leapDay = day == 29 && month == 2;
        return day >= 1 && day <= MONTH_LENGTHS[month - 1] && (!leapDay || yearOfCentury % 4 == 0);
    }

    private static int pair(String digits, int at) {
        return (digits.charAt(at) - '0') * 10 + digits.charAt(at + 1) - '0';
    }
}

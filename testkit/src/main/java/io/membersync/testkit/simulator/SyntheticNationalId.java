package io.membersync.testkit.simulator;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Norwegian identity numbers for tests: makes numbers marked as synthetic (80 added to the month, as in the Tenor
 * data of the tax administration) and checks any number the way a registry does.
 *
 * <p>Threads: safe for many threads.
 */
public final class SyntheticNationalId {

    private static final int[] FIRST_WEIGHTS = {3, 7, 6, 1, 8, 9, 4, 5, 2};
    private static final int[] SECOND_WEIGHTS = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] MONTH_MARKS = {80, 65, 40, 0};

    private SyntheticNationalId() {}

    /**
     * Makes a synthetic number with right control digits.
     *
     * @param birth birth date, 1900 to 2039
     * @param female whether the ninth digit is even
     * @param ordinal which of the numbers of that day and sex, from 0; about 200 exist
     * @return 11 digits; the same arguments always give the same number, different ordinals different numbers
     * @throws IllegalArgumentException if the day has no such number, or lies outside the years above
     */
    public static String of(LocalDate birth, boolean female, int ordinal) {
        if (birth.getYear() < 1900 || birth.getYear() > 2039) {
            throw new IllegalArgumentException("birth date must lie in 1900 to 2039");
        }
        int start = birth.getYear() < 2000 ? 0 : 500;
        String date = String.format(
                Locale.ROOT, "%02d%02d%02d", birth.getDayOfMonth(), birth.getMonthValue() + 80, birth.getYear() % 100);
        int left = ordinal;
        for (int individual = start + (female ? 0 : 1); individual < start + 500; individual += 2) {
            int[] digits = digitsOf(date + String.format(Locale.ROOT, "%03d", individual) + "00");
            if (complete(digits) && left-- == 0) {
                return textOf(digits);
            }
        }
        throw new IllegalArgumentException("no synthetic number left for that day and ordinal " + ordinal);
    }

    /**
     * {@return whether a number is an identity number: 11 ASCII digits, a date that exists (also marked as D-number or as
     * synthetic) and right control digits, by the rule in force or the one that joins it in 2032}
     *
     * @param number any text
     */
    public static boolean isValid(String number) {
        if (number.length() != 11 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int[] digits = digitsOf(number);
        int first = (sum(digits, FIRST_WEIGHTS) + digits[9]) % 11;
        int second = (sum(digits, SECOND_WEIGHTS) + digits[10]) % 11;
        return first <= 3 && second == 0 && isDate(digits);
    }

    private static boolean complete(int[] digits) {
        int first = (11 - sum(digits, FIRST_WEIGHTS) % 11) % 11;
        digits[9] = first;
        int second = (11 - sum(digits, SECOND_WEIGHTS) % 11) % 11;
        digits[10] = second;
        return first < 10 && second < 10;
    }

    private static int sum(int[] digits, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digits[i] * weights[i];
        }
        return sum;
    }

    private static boolean isDate(int[] digits) {
        int day = digits[0] * 10 + digits[1];
        int marked = digits[2] * 10 + digits[3];
        int year = digits[4] * 10 + digits[5];
        for (int mark : MONTH_MARKS) {
            int month = marked - mark;
            if (month >= 1 && month <= 12) {
                // The century cannot be read from a number issued after 2031, so 29 February 00 passes.
                return exists(2000 + year, month, day > 40 ? day - 40 : day);
            }
        }
        return false;
    }

    private static boolean exists(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).getYear() == year;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    private static int[] digitsOf(String number) {
        return number.chars().map(c -> c - '0').toArray();
    }

    private static String textOf(int[] digits) {
        StringBuilder text = new StringBuilder(digits.length);
        for (int digit : digits) {
            text.append((char) ('0' + digit));
        }
        return text.toString();
    }
}

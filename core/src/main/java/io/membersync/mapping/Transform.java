package io.membersync.mapping;

import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One step between a registry's text and a member field's value. Immutable data; the mapper carries it out. */
public sealed interface Transform {

    /** Removes surrounding blanks; what is blank is null. */
    record Trim() implements Transform {}

    /**
     * Reads a date in a registry's own form; without this step dates are ISO 8601.
     *
     * @param pattern a pattern of {@link DateTimeFormatter}, such as {@code dd.MM.uuuu}; read strictly
     */
    record DateForm(String pattern) implements Transform {
        /**
         * Checks the pattern.
         *
         * @throws IllegalArgumentException when it is malformed
         */
        public DateForm {
            Objects.requireNonNull(formatter(pattern));
        }

        /** {@return the formatter that reads such dates, strictly} */
        public DateTimeFormatter formatter() {
            return formatter(pattern);
        }

        private static DateTimeFormatter formatter(String pattern) {
            return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
        }
    }

    /**
     * Translates a registry's codes. A code that is not in the list makes the record unreadable: it is never guessed.
     *
     * @param codes registry's code to ours
     */
    record CodeList(Map<String, String> codes) implements Transform {
        /** Copies the codes, sorted: their text is part of a mapping's fingerprint, and has to be the same in every process. */
        public CodeList {
            codes = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(codes)));
        }
    }

    /**
     * Makes one text of each object in a list, such as {@code PEER_MENTOR@u_12} of a role's code and unit. Parts that an
     * object lacks are left out with their separator; the first part is needed.
     *
     * @param parts the members to join, in order; at least one
     * @param separator what stands between them
     */
    record JoinParts(List<String> parts, String separator) implements Transform {
        /**
         * Copies the parts.
         *
         * @throws IllegalArgumentException when there are none
         */
        public JoinParts {
            parts = List.copyOf(parts);
            Objects.requireNonNull(separator, "separator");
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("At least one part is needed");
            }
        }
    }

    /**
     * Writes a phone number as people type it in the international form of E.164, such as {@code +4799999999}. What is
     * no number, or one of neither form, stays as it stands: a remark is worth more than nothing.
     *
     * @param callingCode the digits of the country that is meant where a number names none, such as {@code 47}
     * @param nationalDigits how many digits a number has in that country
     */
    record PhoneForm(String callingCode, int nationalDigits) implements Transform {

        private static final Pattern TYPED = Pattern.compile("\\+?[0-9 \\u00a0().\\-/]+");
        private static final Pattern INTERNATIONAL = Pattern.compile("[1-9]\\d{6,14}");

        /**
         * Checks the country.
         *
         * @throws IllegalArgumentException when it has no calling code of 1 to 3 digits, or its numbers not 4 to 12
         */
        public PhoneForm {
            if (!callingCode.matches("[1-9]\\d{0,2}") || nationalDigits < 4 || nationalDigits > 12) {
                throw new IllegalArgumentException("A calling code has 1 to 3 digits and a number 4 to 12: "
                        + callingCode + ", " + nationalDigits);
            }
        }

        /**
         * Writes a number in the international form.
         *
         * @param typed the number as it was typed
         * @return the number, or the same text where it is none
         */
        public String international(String typed) {
            String text = typed.strip();
            String digits = text.replaceAll("\\D", "");
            if (!TYPED.matcher(text).matches()) {
                return typed;
            }
            if (text.startsWith("+") || digits.startsWith("00")) {
                String whole = text.startsWith("+") ? digits : digits.substring(2);
                return INTERNATIONAL.matcher(whole).matches() ? "+" + whole : typed;
            }
            if (digits.length() == nationalDigits) {
                return "+" + callingCode + digits;
            }
            boolean whole = digits.length() == callingCode.length() + nationalDigits && digits.startsWith(callingCode);
            return whole ? "+" + digits : typed;
        }
    }

    /**
     * Makes a list of codes of a whole number whose bits are yes or no each. A bit that is not in the list makes the
     * record unreadable: it is never guessed.
     *
     * @param codes our code for each bit's value, such as {@code 4}
     */
    record BitList(Map<Integer, String> codes) implements Transform {
        /**
         * Copies the codes, sorted.
         *
         * @throws IllegalArgumentException when a key is not the value of one bit
         */
        public BitList {
            codes = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(codes)));
            for (int bit : codes.keySet()) {
                if (bit < 1 || Integer.bitCount(bit) != 1) {
                    throw new IllegalArgumentException("A bit's value is 1, 2, 4 and so on: " + bit);
                }
            }
        }
    }
}

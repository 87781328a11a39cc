package io.membersync.model;

import io.membersync.model.NationalIdCheck.Invalid;
import io.membersync.model.NationalIdCheck.Kind;
import io.membersync.model.NationalIdCheck.Reason;
import io.membersync.model.NationalIdCheck.Rule;
import io.membersync.model.NationalIdCheck.Valid;
import java.util.EnumSet;
import java.util.Set;

/**
 * A Norwegian national identity number (personnummer): a birth number, a D-number or, in tests, a synthetic one. Only
 * {@link #check} makes one, so a value of this type has a valid form. Says nothing about birth year or gender: numbers
 * issued from 2032 on hold neither. Immutable; {@code toString} shows a mask.
 */
public final class NationalId {

    private static final int LENGTH = 11;

    private final String digits;

    private NationalId(String digits) {
        this.digits = digits;
    }

    /**
     * Which kinds of numbers are taken for valid. Immutable.
     *
     * @param kinds the kinds
     */
    public record Acceptance(Set<Kind> kinds) {

        /** Numbers of real persons in the national registry: birth numbers and D-numbers. */
        public static final Acceptance PRODUCTION = new Acceptance(Set.of(Kind.BIRTH, Kind.D));

        /** For tests: everything but the health network's help numbers. */
        public static final Acceptance TEST = new Acceptance(EnumSet.complementOf(EnumSet.of(Kind.FH)));

        /** Copies the kinds. */
        public Acceptance {
            kinds = Set.copyOf(kinds);
        }
    }

    /**
     * Checks a number as it is: nothing is trimmed, filled in or normalized. Numbers under the rule of 2032 are accepted
     * at any time, since a rule that heeds the clock would break on the day.
     *
     * @param digits the text to check
     * @param acceptance which kinds are welcome
     * @return the number, or the first reason why it is none
     */
    public static NationalIdCheck check(String digits, Acceptance acceptance) {
        if (digits.length() != LENGTH) {
            return new Invalid(Reason.LENGTH);
        }
        // Not Character.isDigit: digits of other scripts would pass it.
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new Invalid(Reason.CHARACTER);
        }
        return NationalIdForm.kind(digits)
                .map(kind -> checkControlDigits(digits, kind, acceptance))
                .orElseGet(() -> new Invalid(Reason.DATE));
    }

    private static NationalIdCheck checkControlDigits(String digits, Kind kind, Acceptance acceptance) {
        int first = NationalIdForm.firstRemainder(digits);
        // Help numbers are not the national registry's, so its new rule does not reach them.
        if (first > (kind == Kind.FH ? 0 : 3)) {
            return new Invalid(Reason.CONTROL_DIGIT_1);
        }
        if (NationalIdForm.secondRemainder(digits) != 0) {
            return new Invalid(Reason.CONTROL_DIGIT_2);
        }
        if (!acceptance.kinds().contains(kind)) {
            return new Invalid(kind.synthetic() ? Reason.SYNTHETIC_NOT_ALLOWED : Reason.KIND_NOT_ALLOWED);
        }
        return new Valid(new NationalId(digits), kind, first == 0 ? Rule.BOTH : Rule.ONLY_2032);
    }

    /**
     * Gives the number in clear, to be handed on at once.
     *
     * @param reason why it is needed, such as {@code write to the registry}; so that every use of the number can be
     *     found and judged in the code
     * @return eleven digits
     * @throws IllegalArgumentException when the reason is blank
     */
    public String reveal(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("A national identity number is shown for a reason only; name it");
        }
        return digits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NationalId id && digits.equals(id.digits);
    }

    @Override
    public int hashCode() {
        return digits.hashCode();
    }

    /** {@return a mask} */
    @Override
    public String toString() {
        return "NationalId[•••••]";
    }
}

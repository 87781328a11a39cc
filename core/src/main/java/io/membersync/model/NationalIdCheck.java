package io.membersync.model;

import java.util.Objects;

/** What became of checking a national identity number. Immutable; never shows the number. */
public sealed interface NationalIdCheck {

    /**
     * A number that is well formed and accepted. Whether it is in use, and whose it is, only the national registry
     * knows.
     *
     * @param id the number
     * @param kind what its form marks it as
     * @param rule the rules that its control digits satisfy
     */
    record Valid(NationalId id, Kind kind, Rule rule) implements NationalIdCheck {

        /** Refuses nulls. */
        public Valid {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(rule, "rule");
        }
    }

    /**
     * A text that is no accepted number.
     *
     * @param reason why not: the first reason in the order of the constants
     */
    record Invalid(Reason reason) implements NationalIdCheck {

        /** Refuses null. */
        public Invalid {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** What the form of a number marks it as. */
    enum Kind {
        /** A birth number (fødselsnummer). */
        BIRTH(false),
        /** A D-number: day plus 40. A person may get a birth number in its place later. */
        D(false),
        /** The health network's help number: begins with 8 or 9 and holds no date. */
        FH(false),
        /** A synthetic birth number of the tax authority: month plus 80. */
        SYNTHETIC_TENOR(true),
        /** Month plus 40: NAV's synthetic numbers, and help numbers of single health organizations. */
        SYNTHETIC_NAV_OR_H(true),
        /** A synthetic number of the health network: month plus 65. */
        SYNTHETIC_NHN(true),
        /** A synthetic D-number of the tax authority. */
        D_SYNTHETIC_TENOR(true),
        /** A D-number with month plus 40. */
        D_SYNTHETIC_NAV_OR_H(true),
        /** A D-number with month plus 65. */
        D_SYNTHETIC_NHN(true);

        private final boolean synthetic;

        Kind(boolean synthetic) {
            this.synthetic = synthetic;
        }

        /** {@return true when the form is one of those that made-up persons have} */
        public boolean synthetic() {
            return synthetic;
        }
    }

    /** Which of the two rules the control digits satisfy. */
    enum Rule {
        /** The rule in force until 2032, and so the later one too. */
        BOTH,
        /** Only the wider rule for numbers that are issued from 2032 on. */
        ONLY_2032
    }

    /** Why a text is no accepted number, in the order in which it is looked for. */
    enum Reason {
        /** Not eleven characters: a missing leading zero is not filled in, blanks are not removed. */
        LENGTH,
        /** Something else than the digits 0 to 9. */
        CHARACTER,
        /** Day and month, freed of their markings, are no date. */
        DATE,
        /** The first control digit is wrong. */
        CONTROL_DIGIT_1,
        /** The second control digit is wrong. */
        CONTROL_DIGIT_2,
        /** A synthetic number where real persons are expected. */
        SYNTHETIC_NOT_ALLOWED,
        /** A kind of number that is not accepted here. */
        KIND_NOT_ALLOWED
    }
}

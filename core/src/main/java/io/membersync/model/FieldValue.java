package io.membersync.model;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * One value of a member's field. A state that knows nothing of a field holds no value for it; {@link Nothing} is the
 * side's own statement that there is none. Immutable; {@code toString} shows the kind only, never personal data.
 */
public sealed interface FieldValue {

    /**
     * A value for people: text that may be shown to those who may see the field.
     *
     * @return the value as text, empty for {@link Nothing}, a mask for {@link Hidden}
     */
    String display();

    /**
     * Text, e-mail and phone values.
     *
     * @param text the text as the side holds it
     */
    record Text(String text) implements FieldValue {
        /** Refuses null. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String display() {
            return text;
        }

        @Override
        public String toString() {
            return "Text";
        }
    }

    /**
     * A calendar date.
     *
     * @param date the date, without time or zone
     */
    record Day(LocalDate date) implements FieldValue {
        /** Refuses null. */
        public Day {
            Objects.requireNonNull(date, "date");
        }

        @Override
        public String display() {
            return date.toString();
        }

        @Override
        public String toString() {
            return "Day";
        }
    }

    /**
     * Yes or no.
     *
     * @param on the value
     */
    record Flag(boolean on) implements FieldValue {
        @Override
        public String display() {
            return Boolean.toString(on);
        }

        @Override
        public String toString() {
            return "Flag";
        }
    }

    /**
     * A set of codes, such as roles.
     *
     * @param codes the codes, sorted and without duplicates; may be empty
     */
    record Codes(List<String> codes) implements FieldValue {
        /** Sorts the codes and removes duplicates. */
        public Codes {
            codes = codes.size() < 2
                    ? List.copyOf(codes)
                    : codes.stream().distinct().sorted().toList();
        }

        @Override
        public String display() {
            return String.join(", ", codes);
        }

        @Override
        public String toString() {
            return "Codes";
        }
    }

    /**
     * The units that a member belongs to.
     *
     * @param units the affiliations, sorted and without duplicates; may be empty
     */
    record Affiliations(List<Affiliation> units) implements FieldValue {
        /** Sorts the affiliations and removes duplicates. */
        public Affiliations {
            units = units.size() < 2
                    ? List.copyOf(units)
                    : units.stream().distinct().sorted().toList();
        }

        @Override
        public String display() {
            return units.stream()
                    .map(Affiliation::unit)
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
        }

        @Override
        public String toString() {
            return "Affiliations";
        }
    }

    /**
     * A value that is known only by a keyed hash, such as a personnummer.
     *
     * @param keyedHash the hash; tells equal values from different ones and nothing else
     */
    record Hidden(String keyedHash) implements FieldValue {
        /** Refuses null. */
        public Hidden {
            Objects.requireNonNull(keyedHash, "keyedHash");
        }

        @Override
        public String display() {
            return "•••••";
        }

        @Override
        public String toString() {
            return "Hidden";
        }
    }

    /** The statement that there is no value. */
    record Nothing() implements FieldValue {
        private static final Nothing INSTANCE = new Nothing();

        @Override
        public String display() {
            return "";
        }

        @Override
        public String toString() {
            return "Nothing";
        }
    }

    /** {@return the one value that says that there is none} */
    static FieldValue nothing() {
        return Nothing.INSTANCE;
    }

    /**
     * Text.
     *
     * @param text the text
     * @return its value
     */
    static FieldValue text(String text) {
        return new Text(text);
    }

    /**
     * A date.
     *
     * @param date the date
     * @return its value
     */
    static FieldValue day(LocalDate date) {
        return new Day(date);
    }

    /**
     * A set of codes.
     *
     * @param codes the codes in any order
     * @return their value
     */
    static FieldValue codes(Collection<String> codes) {
        return new Codes(List.copyOf(codes));
    }
}

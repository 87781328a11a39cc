package io.membersync.testkit.contract;

import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Values of every kind, with what a careless column or separator would lose. */
final class FieldValueSamples {

    static final List<FieldValue> TEXTS = texts(
            "Kari",
            "",
            " blanks around ",
            "O'Brien said \"hi\" \\ 100 % {a} [b] $1 ; -- /* */",
            "Æøå Ångström 😀 👩‍👩‍👧",
            "A\u030A decomposed",
            "two\nlines\r\nand\ta tab",
            "null",
            "x".repeat(200));

    static final List<FieldValue> DAYS = List.of(
            FieldValue.day(LocalDate.of(1900, 1, 1)),
            FieldValue.day(LocalDate.of(2024, 2, 29)),
            FieldValue.day(LocalDate.of(9999, 12, 31)));

    static final List<FieldValue> FLAGS = List.of(new FieldValue.Flag(true), new FieldValue.Flag(false));

    static final List<FieldValue> CODES = List.of(
            FieldValue.codes(List.of()),
            FieldValue.codes(List.of("TREASURER")),
            FieldValue.codes(List.of("")),
            FieldValue.codes(List.of("PEER_MENTOR@u_12", "a,b", "c;d", "e|f", "\"g\"", "h\\", "i\nj", "😀")));

    static final List<FieldValue> AFFILIATIONS = List.of(
            new FieldValue.Affiliations(List.of()),
            new FieldValue.Affiliations(List.of(new Affiliation("u_1", true))),
            new FieldValue.Affiliations(List.of(
                    new Affiliation("u_1", true),
                    new Affiliation("u_1", false),
                    new Affiliation("u_2", false),
                    new Affiliation("a,b|c;\"d\" Ås 😀", false))));

    static final List<FieldValue> HIDDEN = List.of(new FieldValue.Hidden("k1:3q2+7w/=="), new FieldValue.Hidden(""));

    private FieldValueSamples() {}

    /** Gives values that a field may hold, an explicit null among them. */
    static List<FieldValue> of(MemberField field) {
        List<FieldValue> values = switch (field.kind()) {
            case TEXT -> text(field);
            case EMAIL -> texts("kari@example.org", "Kari.Ås@EXAMPLE.org", "");
            case PHONE -> texts("+4799999999", "(+47) 99 99 99 99", "");
            case DAY -> DAYS;
            case FLAG -> FLAGS;
            case CODES -> CODES;
            case AFFILIATIONS -> AFFILIATIONS;
            case HIDDEN -> HIDDEN;
        };
        return with(values, FieldValue.nothing());
    }

    /** Gives values of every kind. */
    static List<FieldValue> all() {
        return Stream.of(TEXTS, DAYS, FLAGS, CODES, AFFILIATIONS, HIDDEN, List.of(FieldValue.nothing()))
                .flatMap(List::stream)
                .toList();
    }

    // A host may keep these as codes of its own, in a narrow column.
    private static List<FieldValue> text(MemberField field) {
        if (field.equals(MemberField.STATUS)) {
            return texts("ACTIVE", "TERMINATED");
        } else if (field.equals(MemberField.COUNTRY)) {
            return texts("NO");
        } else if (field.equals(MemberField.POSTAL_CODE)) {
            return texts("0150");
        } else if (field.equals(MemberField.MEMBERSHIP_TYPE) || field.equals(MemberField.MENTOR_STATUS)) {
            return texts("MAIN_MEMBER");
        }
        return field.equals(MemberField.MEMBER_NUMBER) ? texts("000123", "A-17/2") : TEXTS;
    }

    private static List<FieldValue> texts(String... texts) {
        return List.of(texts).stream().map(FieldValue::text).toList();
    }

    private static List<FieldValue> with(List<FieldValue> values, FieldValue more) {
        return Stream.concat(values.stream(), Stream.of(more)).toList();
    }
}

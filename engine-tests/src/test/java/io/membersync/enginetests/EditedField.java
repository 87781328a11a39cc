package io.membersync.enginetests;

import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The fields that tests edit on both sides, with so few values that the sides meet again and again. */
record EditedField(MemberField field, String form, List<String> texts) {

    static final List<EditedField> ALL = List.of(
            of(
                    MemberField.EMAIL,
                    "{\"contact\":{\"email\":%s}}",
                    "",
                    "en@example.test",
                    "EN@example.test",
                    "to@example.test"),
            of(MemberField.STREET, "{\"address\":{\"street\":%s}}", "", "Storgata 1", "Storgata 2"),
            of(MemberField.CITY, "{\"address\":{\"city\":%s}}", "", "Bergen", "Oslo"),
            of(MemberField.FIRST_NAME, "{\"person\":{\"firstName\":%s}}", "", "Ada", "Eva"),
            of(MemberField.LAST_NAME, "{\"person\":{\"lastName\":%s}}", "Berg", "Dahl", "Lie"),
            of(MemberField.STATUS, "{\"membership\":{\"status\":%s}}", "ACTIVE", "PENDING", "LAPSED"),
            of(MemberField.MEMBERSHIP_TYPE, "{\"membership\":{\"type\":%s}}", "", "ORDINARY", "FAMILY"),
            of(MemberField.PAID_UNTIL, "{\"membership\":{\"paidUntil\":%s}}", "", "2026-01-31", "2027-01-31"),
            of(MemberField.ROLES, "{\"roles\":%s}", "", "BOARD", "BOARD,GUIDE"),
            of(MemberField.AFFILIATIONS, "{\"membership\":{\"unitId\":%s}}", "", "u_1*", "u_2*"));

    private static EditedField of(MemberField field, String form, String... texts) {
        return new EditedField(field, form, List.of(texts));
    }

    /** The registry's own patch that sets the value. */
    String patch(String value) {
        String json = switch (field.kind()) {
            case CODES -> codes(value);
            case AFFILIATIONS -> quoted(value.replace("*", ""));
            default -> quoted(value);
        };
        return String.format(form, json);
    }

    private static String codes(String value) {
        return Arrays.stream(value.split(",", -1))
                .filter(code -> !code.isEmpty())
                .map(code -> "{\"code\":\"" + code + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "null" : '"' + value + '"';
    }

    static FieldValue value(MemberField field, String text) {
        if (text.isEmpty()) {
            return FieldValue.nothing();
        }
        return switch (field.kind()) {
            case DAY -> FieldValue.day(LocalDate.parse(text));
            case CODES -> FieldValue.codes(Arrays.asList(text.split(",", -1)));
            case AFFILIATIONS ->
                new FieldValue.Affiliations(List.of(new Affiliation(text.replace("*", ""), text.endsWith("*"))));
            default -> FieldValue.text(text);
        };
    }
}

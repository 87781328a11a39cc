package io.membersync.internal.pipeline;

import io.membersync.mapping.Mapping;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a value that a person typed is one of its field's. Nobody corrects it later, as a registry would. Stateless. */
final class EnteredValue {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()./-]{2,30}");

    private EnteredValue() {}

    /**
     * Looks for what is wrong.
     *
     * @param mapping how the field is mapped
     * @param value what was typed
     * @param at when
     * @return what is wrong, in a sentence without the value; empty when it can be taken
     */
    static Optional<String> problem(Mapping mapping, FieldValue value, Instant at) {
        MemberField field = mapping.field();
        if (!Kinds.fits(field, value)) {
            return Optional.of("The field '" + field + "' holds values of another kind");
        } else if (mapping.required() && value instanceof FieldValue.Nothing) {
            return Optional.of("The field '" + field + "' needs a value");
        } else if (field.equals(MemberField.BIRTH_DATE)
                && value instanceof FieldValue.Day day
                && day.date().isAfter(LocalDate.ofInstant(at, ZoneOffset.UTC).plusDays(1))) {
            return Optional.of("The field '" + field + "' holds no day to come");
        } else if (value instanceof FieldValue.Day day
                && (day.date().getYear() < 1 || day.date().getYear() > 9999)) {
            return Optional.of("The field '" + field + "' holds days of the years 1 to 9999");
        }
        Optional<String> wrong = value instanceof FieldValue.Text text ? inText(field, text.text()) : Optional.empty();
        if (wrong.isPresent()) {
            return wrong.map(what -> "The value for the field '" + field + "' " + what);
        }
        boolean writable =
                !mapping.direction().out() || FieldWriter.raw(mapping, value).isPresent();
        return writable ? Optional.empty() : Optional.of("The registry has no way of writing this value");
    }

    private static Optional<String> inText(MemberField field, String text) {
        if (text.isBlank()) {
            return Optional.of("is blank; to leave it empty, enter nothing");
        } else if (field.equals(MemberField.STATUS)
                && Arrays.stream(MemberStatus.values())
                        .noneMatch(status -> status.name().equals(text))) {
            return Optional.of("is no status of a membership");
        } else if (field.kind() == MemberField.Kind.EMAIL
                && !EMAIL.matcher(text.strip()).matches()) {
            return Optional.of("is no e-mail address");
        } else if (field.kind() == MemberField.Kind.PHONE
                && !PHONE.matcher(text.strip()).matches()) {
            return Optional.of("is no phone number");
        }
        return TextCheck.problem(text);
    }
}

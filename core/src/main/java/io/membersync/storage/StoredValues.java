package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Fields and values. Text, yes/no and nothing are what they are in JSON, a date is the number yyyymmdd, codes are an
 * array; units and hidden values are objects.
 */
final class StoredValues {

    private static final Map<String, MemberField> STANDARD = MemberField.standard().stream()
            .collect(Collectors.toUnmodifiableMap(MemberField::key, Function.identity()));

    private static final String HOME_UNITS = "h";
    private static final String UNITS = "u";
    private static final String HIDDEN = "x";

    private StoredValues() {}

    static String field(MemberField field) {
        // A host's own field is written with all its traits, because nobody else knows them when it is read.
        return STANDARD.containsKey(field.key())
                ? field.key()
                : field.key() + '|' + field.category() + '|' + field.kind() + '|' + field.owner();
    }

    static MemberField field(String text) {
        MemberField standard = STANDARD.get(text);
        if (standard != null) {
            return standard;
        }
        String[] parts = text.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a field");
        }
        MemberField since = STANDARD.get(parts[0]);
        return since != null
                ? since
                : MemberField.of(
                        parts[0],
                        FieldCategory.valueOf(parts[1]),
                        MemberField.Kind.valueOf(parts[2]),
                        MemberField.Owner.valueOf(parts[3]));
    }

    static void write(JsonGenerator out, FieldValue value) throws IOException {
        if (value instanceof FieldValue.Text text) {
            out.writeString(text.text());
        } else if (value instanceof FieldValue.Nothing) {
            out.writeNull();
        } else if (value instanceof FieldValue.Day day) {
            out.writeNumber(number(day.date()));
        } else if (value instanceof FieldValue.Flag flag) {
            out.writeBoolean(flag.on());
        } else if (value instanceof FieldValue.Codes codes) {
            writeTexts(out, codes.codes());
        } else if (value instanceof FieldValue.Affiliations affiliations) {
            write(out, affiliations);
        } else if (value instanceof FieldValue.Hidden hidden) {
            out.writeStartObject();
            out.writeStringField(HIDDEN, hidden.keyedHash());
            out.writeEndObject();
        }
    }

    private static void write(JsonGenerator out, FieldValue.Affiliations affiliations) throws IOException {
        out.writeStartObject();
        writeUnits(out, affiliations, true);
        writeUnits(out, affiliations, false);
        out.writeEndObject();
    }

    private static void writeUnits(JsonGenerator out, FieldValue.Affiliations affiliations, boolean home)
            throws IOException {
        out.writeFieldName(home ? HOME_UNITS : UNITS);
        out.writeStartArray();
        for (Affiliation unit : affiliations.units()) {
            if (unit.home() == home) {
                out.writeString(unit.unit());
            }
        }
        out.writeEndArray();
    }

    private static void writeTexts(JsonGenerator out, List<String> texts) throws IOException {
        out.writeStartArray();
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    static FieldValue readValue(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return readPlain(in);
        }
        JsonText.expect(in.nextToken() == JsonToken.FIELD_NAME);
        return readMembers(in);
    }

    static FieldValue readPlain(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> FieldValue.text(in.getText());
            case VALUE_NULL -> FieldValue.nothing();
            case VALUE_NUMBER_INT -> FieldValue.day(date(in.getLongValue()));
            case VALUE_TRUE -> new FieldValue.Flag(true);
            case VALUE_FALSE -> new FieldValue.Flag(false);
            case START_ARRAY -> new FieldValue.Codes(readTexts(in));
            default -> throw new IOException("not a value");
        };
    }

    /** Reads an object's members up to its end; the parser stands at the first one's name. */
    static FieldValue readMembers(JsonParser in) throws IOException {
        if (in.currentName().equals(HIDDEN)) {
            in.nextToken();
            FieldValue hidden = new FieldValue.Hidden(JsonText.text(in));
            JsonText.expect(in.nextToken() == JsonToken.END_OBJECT);
            return hidden;
        }
        List<Affiliation> units = new ArrayList<>();
        do {
            boolean home = in.currentName().equals(HOME_UNITS);
            JsonText.expect(home || in.currentName().equals(UNITS));
            in.nextToken();
            readTexts(in).forEach(unit -> units.add(new Affiliation(unit, home)));
        } while (in.nextToken() == JsonToken.FIELD_NAME);
        return new FieldValue.Affiliations(units);
    }

    static List<String> readTexts(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        List<String> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            texts.add(JsonText.text(in));
        }
        return texts;
    }

    private static long number(LocalDate date) {
        return date.getYear() * 10_000L + date.getMonthValue() * 100L + date.getDayOfMonth();
    }

    private static LocalDate date(long number) {
        int year = Math.toIntExact(Math.floorDiv(number, 10_000L));
        int rest = Math.floorMod(number, 10_000);
        return LocalDate.of(year, rest / 100, rest % 100);
    }
}

package io.membersync.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.membersync.mapping.RawValue;
import java.io.IOException;
import java.util.List;

/** Writes raw values as JSON. */
public final class JsonValues {

    private JsonValues() {}

    /**
     * Tells whether a value of a mapping can be written.
     *
     * @param value the value
     * @return false for nothing at all, for objects, and for texts and numbers that are broken
     */
    public static boolean sendable(RawValue value) {
        if (value instanceof RawValue.Items items) {
            return items.items().stream().allMatch(JsonValues::sendable);
        } else if (value instanceof RawValue.Text text) {
            return text.text()
                    .codePoints()
                    .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        } else if (value instanceof RawValue.Numeral number) {
            return number.text().matches("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?");
        }
        return value instanceof RawValue.Bool || value instanceof RawValue.Null;
    }

    /**
     * Writes a value; numbers digit by digit as they stand, and nothing at all as null.
     *
     * @param out where to
     * @param value the value; an object in it is one that was read here
     * @throws IOException when it cannot be written
     */
    public static void write(JsonGenerator out, RawValue value) throws IOException {
        if (value instanceof RawValue.Text text) {
            out.writeString(text.text());
        } else if (value instanceof RawValue.Numeral number) {
            out.writeNumber(number.text());
        } else if (value instanceof RawValue.Bool bool) {
            out.writeBoolean(bool.on());
        } else if (value instanceof RawValue.Items items) {
            out.writeStartArray();
            for (RawValue item : items.items()) {
                write(out, item);
            }
            out.writeEndArray();
        } else if (value instanceof RawValue.Group group && group.body() instanceof JsonObject object) {
            write(out, object);
        } else {
            out.writeNull();
        }
    }

    private static void write(JsonGenerator out, JsonObject object) throws IOException {
        List<String> names = object.names();
        out.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            out.writeFieldName(names.get(i));
            write(out, object.value(i));
        }
        out.writeEndObject();
    }
}

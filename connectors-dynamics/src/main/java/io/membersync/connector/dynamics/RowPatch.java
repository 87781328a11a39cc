package io.membersync.connector.dynamics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The columns to change in a contact, each in the form that Dataverse wants for its kind. Sorted, so that the same change
 * gives the same bytes. Immutable.
 */
final class RowPatch {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,18})(\\.\\d{1,10})?");
    private static final Pattern CODES = Pattern.compile("\\d{1,10}(,\\d{1,10})*");
    private static final Set<String> NUMERIC =
            Set.of("Picklist", "State", "Status", "Integer", "BigInt", "Decimal", "Double", "Money");

    private final Map<FieldPath, RawValue> values;

    private RowPatch(Map<FieldPath, RawValue> values) {
        this.values = values;
    }

    /**
     * Says which values cannot be sent.
     *
     * @return the first place that is no plain column, or whose value has no form there
     */
    static Optional<FieldPath> unsendable(Map<FieldPath, RawValue> values) {
        return values.entrySet().stream()
                .filter(entry -> !sendable(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean sendable(FieldPath path, RawValue value) {
        // A day is written as the column's whole value; every other way of reading a column has no way back.
        boolean plain = path.segments().size() == 1
                || path.segments().equals(List.of(path.segments().get(0), ContactRow.DAY));
        if (!plain || !COLUMN.matcher(path.segments().get(0)).matches()) {
            return false;
        } else if (value instanceof RawValue.Text text) {
            return text.text()
                    .codePoints()
                    .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        } else if (value instanceof RawValue.Items items) {
            return items.items().isEmpty() || CODES.matcher(joined(items)).matches();
        }
        return value instanceof RawValue.Bool
                || value instanceof RawValue.Null
                || (value instanceof RawValue.Numeral number
                        && NUMBER.matcher(number.text()).matches());
    }

    /** {@return what of the values differs from what stands there: an unchanged one would still run plug-ins} */
    static RowPatch of(Map<FieldPath, RawValue> values, RecordBody current) {
        Map<FieldPath, RawValue> changed = new TreeMap<>(java.util.Comparator.comparing(FieldPath::text));
        values.forEach((path, value) -> {
            if (!text(current.read(path)).equals(text(value))) {
                changed.put(path, value);
            }
        });
        return new RowPatch(changed);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /**
     * Writes the columns.
     *
     * @param kinds the kinds of columns by name
     * @return the body in UTF-8
     */
    byte[] json(Map<String, String> kinds) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            for (Map.Entry<FieldPath, RawValue> entry : values.entrySet()) {
                String column = entry.getKey().segments().get(0);
                out.writeFieldName(column);
                write(out, entry.getValue(), kinds.getOrDefault(column, ""));
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, RawValue value, String kind) throws IOException {
        String text = text(value);
        if (text.isEmpty()) {
            out.writeNull();
        } else if (value instanceof RawValue.Bool bool) {
            out.writeBoolean(bool.on());
        } else if (value instanceof RawValue.Numeral
                || (NUMERIC.contains(kind) && NUMBER.matcher(text).matches())) {
            out.writeNumber(text);
        } else if (kind.equals("Boolean") && (text.equals("true") || text.equals("false"))) {
            out.writeBoolean(text.equals("true"));
        } else {
            out.writeString(text);
        }
    }

    // One text for what means the same: Dataverse keeps an empty text as null, and a multiple choice as one text.
    private static String text(RawValue value) {
        if (value instanceof RawValue.Text text) {
            return text.text();
        } else if (value instanceof RawValue.Numeral number) {
            return number.text();
        } else if (value instanceof RawValue.Bool bool) {
            return String.valueOf(bool.on());
        }
        return value instanceof RawValue.Items items ? joined(items) : "";
    }

    private static String joined(RawValue.Items items) {
        StringJoiner codes = new StringJoiner(",");
        items.items().forEach(item -> codes.add(text(item)));
        return codes.toString();
    }

    /** {@return the columns, never the values} */
    @Override
    public String toString() {
        return "RowPatch" + values.keySet();
    }
}

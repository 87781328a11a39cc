package io.membersync.connector.consio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.membersync.internal.json.JsonObject;
import io.membersync.internal.json.JsonValues;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A member as it goes back to a registry that clears whatever a write leaves out: everything that was read, known or
 * not, digit for digit, with some values changed.
 */
final class WholeRecord {

    private static final JsonFactory FACTORY = new JsonFactory();

    private WholeRecord() {}

    /**
     * Says which values cannot be sent.
     *
     * @return the first place that is none of a record's own fields, is the registry's business, or gets a value that no
     *     JSON can carry
     */
    static Optional<FieldPath> unsendable(ConsioProfile.MemberNames names, Map<FieldPath, RawValue> values) {
        return values.entrySet().stream()
                .filter(entry -> !isOwnField(names, entry.getKey()) || !JsonValues.sendable(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isOwnField(ConsioProfile.MemberNames names, FieldPath path) {
        return path.segments().size() == 1
                && !path.lists().get(0)
                && !path.text().equals(names.expected())
                && !path.text().equals(names.neverWritten());
    }

    /**
     * Writes a record.
     *
     * @param read the record as it was read
     * @param values the values to change; none of them {@link #unsendable}
     * @param names what the write holds more than the read, and less
     * @param expected when the record is believed to have been changed last
     * @return the record in UTF-8
     */
    static byte[] of(
            JsonObject read, Map<FieldPath, RawValue> values, ConsioProfile.MemberNames names, String expected) {
        Map<String, RawValue> changed = new TreeMap<>();
        values.forEach((path, value) -> changed.put(path.text(), value));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            List<String> fields = read.names();
            for (int i = 0; i < fields.size(); i++) {
                String field = fields.get(i);
                if (!field.equals(names.neverWritten()) && !field.equals(names.expected())) {
                    RawValue other = changed.remove(field);
                    out.writeFieldName(field);
                    JsonValues.write(out, other == null ? read.value(i) : other);
                }
            }
            for (Map.Entry<String, RawValue> added : changed.entrySet()) {
                out.writeFieldName(added.getKey());
                JsonValues.write(out, added.getValue());
            }
            out.writeStringField(names.expected(), expected);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}

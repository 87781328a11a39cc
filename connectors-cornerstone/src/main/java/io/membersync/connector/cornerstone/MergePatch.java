package io.membersync.connector.cornerstone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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
 * The changed values as a JSON merge patch (RFC 7396): what it does not name stays as it is, a null blanks. Used by one
 * thread.
 */
final class MergePatch {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** A step of a path with what stands below it. Sorted, so that the same change gives the same bytes. */
    private static final class Branch {
        private final Map<String, Object> below = new TreeMap<>();
    }

    private final Branch root = new Branch();

    /**
     * Says which values cannot be sent.
     *
     * @return the first place whose value no merge patch can carry
     */
    static Optional<FieldPath> unsendable(Map<FieldPath, RawValue> values) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().lists().contains(true) || !JsonValues.sendable(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Writes a patch.
     *
     * @param values the values by place; none of them {@link #unsendable}
     * @return the patch in UTF-8
     * @throws IllegalArgumentException when one place lies inside another
     */
    static byte[] of(Map<FieldPath, RawValue> values) {
        MergePatch patch = new MergePatch();
        values.forEach(patch::put);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            write(out, patch.root);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void put(FieldPath path, RawValue value) {
        List<String> steps = path.segments();
        Branch at = root;
        for (String step : steps.subList(0, steps.size() - 1)) {
            if (!(at.below.computeIfAbsent(step, s -> new Branch()) instanceof Branch inner)) {
                throw overlapping(path);
            }
            at = inner;
        }
        if (at.below.put(steps.get(steps.size() - 1), value) != null) {
            throw overlapping(path);
        }
    }

    private static IllegalArgumentException overlapping(FieldPath path) {
        return new IllegalArgumentException("The place '" + path + "' lies inside another one that is written");
    }

    private static void write(JsonGenerator out, Branch branch) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, Object> entry : branch.below.entrySet()) {
            out.writeFieldName(entry.getKey());
            if (entry.getValue() instanceof Branch inner) {
                write(out, inner);
            } else {
                JsonValues.write(out, (RawValue) entry.getValue());
            }
        }
        out.writeEndObject();
    }
}

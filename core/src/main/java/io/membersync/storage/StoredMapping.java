package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.mapping.Direction;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Mappings in their order, each with its paths and transforms. */
final class StoredMapping {

    private StoredMapping() {}

    static void write(JsonGenerator out, MappingSet mappings) throws IOException {
        out.writeStartArray();
        for (Mapping mapping : mappings.mappings()) {
            write(out, mapping);
        }
        out.writeEndArray();
    }

    static void write(JsonGenerator out, Scope scope) throws IOException {
        out.writeObjectFieldStart("scope");
        for (Map.Entry<MemberField, Set<String>> only : scope.only().entrySet()) {
            out.writeArrayFieldStart(StoredValues.field(only.getKey()));
            for (String code : only.getValue()) {
                out.writeString(code);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    static Scope readScope(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_OBJECT);
        Map<MemberField, Set<String>> only = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            Set<String> codes = new HashSet<>();
            only.put(StoredValues.field(in.currentName()), codes);
            JsonText.expect(in.nextToken() == JsonToken.START_ARRAY);
            while (in.nextToken() != JsonToken.END_ARRAY) {
                codes.add(JsonText.text(in));
            }
        }
        return new Scope(only);
    }

    private static void write(JsonGenerator out, Mapping mapping) throws IOException {
        out.writeStartObject();
        out.writeStringField("field", StoredValues.field(mapping.field()));
        out.writeArrayFieldStart("paths");
        for (FieldPath path : mapping.paths()) {
            out.writeString(path.text());
        }
        out.writeEndArray();
        out.writeStringField("direction", mapping.direction().name());
        out.writeArrayFieldStart("transforms");
        for (Transform transform : mapping.transforms()) {
            out.writeStartObject();
            write(out, transform);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeBooleanField("required", mapping.required());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Transform transform) throws IOException {
        if (transform instanceof Transform.Trim) {
            out.writeBooleanField("trim", true);
        } else if (transform instanceof Transform.DateForm form) {
            out.writeStringField("date", form.pattern());
        } else if (transform instanceof Transform.CodeList list) {
            StoredSetup.writeMap(out, "codes", list.codes());
        } else if (transform instanceof Transform.PhoneForm form) {
            // The number's length comes first, because the code makes the step.
            out.writeNumberField("digits", form.nationalDigits());
            out.writeStringField("phone", form.callingCode());
        } else if (transform instanceof Transform.BitList list) {
            StoredSetup.writeMap(out, "bits", bits(list));
        } else if (transform instanceof Transform.JoinParts join) {
            out.writeStringField("separator", join.separator());
            out.writeArrayFieldStart("join");
            for (String part : join.parts()) {
                out.writeString(part);
            }
            out.writeEndArray();
        }
    }

    private static Map<String, String> bits(Transform.BitList list) {
        Map<String, String> bits = new TreeMap<>();
        list.codes().forEach((bit, code) -> bits.put(bit.toString(), code));
        return bits;
    }

    private static Transform.BitList bits(Map<String, String> stored) {
        Map<Integer, String> bits = new HashMap<>();
        stored.forEach((bit, code) -> bits.put(Integer.valueOf(bit), code));
        return new Transform.BitList(bits);
    }

    static MappingSet read(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        List<Mapping> mappings = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            mappings.add(readMapping(in));
        }
        return new MappingSet(mappings);
    }

    private static Mapping readMapping(JsonParser in) throws IOException {
        MemberField field = null;
        List<FieldPath> paths = List.of();
        Direction direction = Direction.INBOUND;
        List<Transform> transforms = List.of();
        boolean required = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "field" -> field = StoredValues.field(JsonText.text(in));
                case "paths" ->
                    paths = StoredValues.readTexts(in).stream()
                            .map(FieldPath::parse)
                            .toList();
                case "direction" -> direction = Direction.valueOf(JsonText.text(in));
                case "transforms" -> transforms = readTransforms(in);
                case "required" -> required = in.getBooleanValue();
                default -> in.skipChildren();
            }
        }
        return new Mapping(Objects.requireNonNull(field, "field"), paths, direction, transforms, required);
    }

    private static List<Transform> readTransforms(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        List<Transform> transforms = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            transforms.add(readTransform(in));
        }
        return transforms;
    }

    private static Transform readTransform(JsonParser in) throws IOException {
        Transform transform = null;
        String separator = "";
        int digits = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "trim" -> transform = new Transform.Trim();
                case "date" -> transform = new Transform.DateForm(JsonText.text(in));
                case "codes" -> transform = new Transform.CodeList(StoredSetup.readMap(in));
                case "digits" -> digits = in.getIntValue();
                case "phone" -> transform = new Transform.PhoneForm(JsonText.text(in), digits);
                case "bits" -> transform = bits(StoredSetup.readMap(in));
                case "separator" -> separator = JsonText.text(in);
                case "join" -> transform = new Transform.JoinParts(StoredValues.readTexts(in), separator);
                // A step that is not known must not be left out: values would be read wrongly.
                default -> throw new IOException("unknown transform");
            }
        }
        return known(transform);
    }

    private static Transform known(@Nullable Transform transform) throws IOException {
        if (transform == null) {
            throw new IOException("empty transform");
        }
        return transform;
    }
}

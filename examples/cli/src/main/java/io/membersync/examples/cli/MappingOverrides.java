package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.mapping.Direction;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays a configuration's own mappings over a connector's suggestion: a path for a field keeps the steps that were
 * suggested for it, an object may replace them, and null leaves the field out.
 */
final class MappingOverrides {

    private MappingOverrides() {}

    static MappingSet read(JsonFields fields, MappingSet suggested) {
        Map<MemberField, Mapping> mappings = new LinkedHashMap<>();
        suggested.mappings().forEach(mapping -> mappings.put(mapping.field(), mapping));
        for (String key : fields.keys()) {
            Optional<MemberField> field = MemberField.standard(key);
            if (field.isEmpty()) {
                fields.refuse(key, "is no member field; there are " + MemberField.standard());
                continue;
            }
            Optional<JsonNode> override = fields.node(key);
            if (override.isEmpty()) {
                mappings.remove(field.get());
                continue;
            }
            Mapping read = mapping(fields, key, field.get(), suggested.find(field.get()));
            if (read != null) {
                mappings.put(field.get(), read);
            }
        }
        if (mappings.isEmpty()) {
            return suggested;
        }
        return new MappingSet(new ArrayList<>(mappings.values()));
    }

    private static @Nullable Mapping mapping(
            JsonFields fields, String key, MemberField field, Optional<Mapping> suggested) {
        Optional<JsonNode> node = fields.node(key).filter(JsonNode::isObject);
        if (node.isEmpty()) {
            return made(fields, key, field, fields.texts(key), suggested);
        }
        JsonFields parts = fields.object(key).orElseThrow();
        List<String> paths = parts.texts("path");
        if (paths.isEmpty() && suggested.isPresent()) {
            paths = suggested.get().paths().stream().map(FieldPath::text).toList();
        }
        Mapping mapping = made(parts, "path", field, paths, suggested);
        if (mapping != null) {
            mapping = steps(parts, mapping);
            mapping = parts.flag("required") ? mapping.needed() : mapping;
            mapping = direction(parts, mapping);
        }
        parts.refuseOthers();
        return mapping;
    }

    private static @Nullable Mapping made(
            JsonFields fields, String key, MemberField field, List<String> paths, Optional<Mapping> suggested) {
        try {
            List<FieldPath> parsed = paths.stream().map(FieldPath::parse).toList();
            return new Mapping(
                    field,
                    parsed,
                    suggested.map(Mapping::direction).orElse(Direction.INBOUND),
                    suggested.map(Mapping::transforms).orElse(List.of()),
                    suggested.map(Mapping::required).orElse(false));
        } catch (IllegalArgumentException malformed) {
            fields.refuse(
                    key, "must be a path such as contact.email or roles[].unitId; only affiliations may have several");
            return null;
        }
    }

    /** A date form or a list of codes takes the place of all steps that were suggested. */
    private static Mapping steps(JsonFields parts, Mapping mapping) {
        List<Transform> steps = new ArrayList<>();
        parts.text("dateForm").ifPresent(pattern -> {
            try {
                steps.add(new Transform.DateForm(pattern));
            } catch (IllegalArgumentException malformed) {
                parts.refuse("dateForm", "must be a pattern such as dd.MM.uuuu");
            }
        });
        parts.object("codes").ifPresent(codes -> {
            Map<String, String> read = new LinkedHashMap<>();
            codes.keys().forEach(code -> codes.text(code).ifPresent(ours -> read.put(code, ours)));
            steps.add(new Transform.CodeList(read));
        });
        return steps.isEmpty()
                ? mapping
                : new Mapping(mapping.field(), mapping.paths(), mapping.direction(), steps, mapping.required());
    }

    private static Mapping direction(JsonFields parts, Mapping mapping) {
        Optional<String> text = parts.text("direction");
        if (text.isEmpty()) {
            return mapping;
        }
        try {
            return mapping.going(Direction.valueOf(text.get().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            parts.refuse("direction", "must be inbound, outbound or both");
            return mapping;
        }
    }
}

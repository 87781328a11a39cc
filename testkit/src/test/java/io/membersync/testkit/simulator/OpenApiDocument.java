package io.membersync.testkit.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The description of a registry's interface, as far as answers can be held against it by a small walk: paths, methods,
 * parameters, statuses, types and required members. Used by one thread.
 */
public final class OpenApiDocument {

    private final JsonNode root;
    private final Set<String> answered = new TreeSet<>();

    private OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    /** Reads a document of the project by its name. */
    public static OpenApiDocument read(String name) {
        Path path = Path.of("..", "docs", "contracts", name);
        try {
            return new OpenApiDocument(new YAMLMapper().readTree(Files.newInputStream(path)));
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot read the contract " + name, missing);
        }
    }

    /** Returns where an answer differs from the description; empty where it does not. */
    public List<String> differences(String route, Set<String> query, int status, JsonNode body) {
        String[] parts = route.split(" ", 2);
        JsonNode path = root.path("paths").path(parts[1]);
        JsonNode operation = path.path(parts[0].toLowerCase(java.util.Locale.ROOT));
        if (operation.isMissingNode()) {
            return List.of(route + " is not described");
        }
        answered.add(route);
        List<String> found = new ArrayList<>();
        lookAtQuery(path, operation, query, status, found);
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            found.add("status " + status + " is not described");
            return found;
        }
        // There is one media type for each status, whatever it is called.
        response.path("content").forEach(content -> lookAtValue("$", content.path("schema"), body, found));
        return found;
    }

    /** Returns the operations that no answer was held against. */
    public Set<String> unanswered() {
        Set<String> left = new TreeSet<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        left.add(operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }));
        left.removeAll(answered);
        return left;
    }

    private void lookAtQuery(JsonNode path, JsonNode operation, Set<String> query, int status, List<String> found) {
        Set<String> unknown = new TreeSet<>(query);
        for (JsonNode list : List.of(path.path("parameters"), operation.path("parameters"))) {
            for (JsonNode entry : list) {
                JsonNode parameter = resolved(entry);
                String name = parameter.path("name").asText();
                boolean needed = parameter.path("in").asText().equals("query")
                        && parameter.path("required").asBoolean();
                unknown.remove(name);
                if (needed && !query.contains(name) && status < 300) {
                    found.add("succeeded without the parameter " + name);
                }
            }
        }
        unknown.forEach(name -> found.add("the parameter " + name + " is not described"));
    }

    private void lookAtValue(String at, JsonNode reference, JsonNode value, List<String> found) {
        JsonNode schema = resolved(reference);
        for (JsonNode part : schema.path("allOf")) {
            lookAtValue(at, part, value, found);
        }
        if (schema.has("oneOf") && noneFits(at, schema.path("oneOf"), value)) {
            found.add(at + " is none of the described shapes");
        }
        if (schema.has("type") && !isOf(schema.path("type"), value)) {
            found.add(at + " is " + value.getNodeType() + " where " + schema.path("type") + " is described");
            return;
        }
        lookAtText(at, schema, value, found);
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                found.add(at + " lacks " + name.asText());
            }
        }
        schema.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                lookAtValue(at + "." + property.getKey(), property.getValue(), value.get(property.getKey()), found);
            }
        });
        if (schema.has("items")) {
            value.forEach(item -> lookAtValue(at + "[]", schema.path("items"), item, found));
        }
    }

    private static void lookAtText(String at, JsonNode schema, JsonNode value, List<String> found) {
        if (schema.has("pattern")
                && value.isTextual()
                && !value.asText().matches(schema.path("pattern").asText())) {
            found.add(at + " has not the described form");
        }
        if (schema.has("enum")) {
            for (JsonNode word : schema.path("enum")) {
                if (word.equals(value)) {
                    return;
                }
            }
            found.add(at + " is none of the described words");
        }
    }

    private boolean noneFits(String at, JsonNode shapes, JsonNode value) {
        for (JsonNode shape : shapes) {
            List<String> differences = new ArrayList<>();
            lookAtValue(at, shape, value, differences);
            if (differences.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOf(JsonNode types, JsonNode value) {
        if (types.isTextual()) {
            return isOf(types.asText(), value);
        }
        for (JsonNode type : types) {
            if (isOf(type.asText(), value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("the walk knows no type " + type);
        };
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            at = root.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }
}

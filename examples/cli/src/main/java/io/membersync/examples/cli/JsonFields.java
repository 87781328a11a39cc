package io.membersync.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.membersync.fault.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the members of a JSON object one by one and gathers what is wrong with them, by field. A member that is null is
 * not there. For one thread.
 */
final class JsonFields {

    private final String prefix;
    private final JsonNode object;
    private final List<Violation> violations;
    private final Set<String> known = new LinkedHashSet<>();

    JsonFields(String prefix, JsonNode object, List<Violation> violations) {
        this.prefix = prefix;
        this.object = object;
        this.violations = violations;
    }

    Optional<JsonNode> node(String key) {
        known.add(key);
        JsonNode node = object.path(key);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    Optional<String> text(String key) {
        Optional<JsonNode> node = node(key);
        if (node.isPresent() && (!node.get().isTextual() || node.get().asText().isBlank())) {
            refuse(key, "must be text in quotes");
            return Optional.empty();
        }
        return node.map(JsonNode::asText);
    }

    Optional<String> neededText(String key) {
        if (node(key).isEmpty()) {
            refuse(key, "is missing");
        }
        return text(key);
    }

    boolean flag(String key) {
        Optional<JsonNode> node = node(key);
        if (node.isPresent() && !node.get().isBoolean()) {
            refuse(key, "must be true or false");
        }
        return node.map(JsonNode::asBoolean).orElse(false);
    }

    /** A list of texts, or one text for a list of one. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        node(key).ifPresent(node -> {
            for (JsonNode item : node.isArray() ? node : List.of(node)) {
                if (item.isTextual()) {
                    texts.add(item.asText());
                } else {
                    refuse(key, "must be text in quotes, or a list of such");
                }
            }
        });
        return texts;
    }

    Optional<JsonFields> object(String key) {
        Optional<JsonNode> node = node(key);
        if (node.isPresent() && !node.get().isObject()) {
            refuse(key, "must be an object: { … }");
            return Optional.empty();
        }
        return node.map(members -> new JsonFields(prefix + key + ".", members, violations));
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    void refuse(String key, String why) {
        violations.add(new Violation(prefix + key, why));
    }

    /** Refuses what nobody asked for: most likely a slip of the pen. */
    void refuseOthers() {
        keys().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> refuse(key, "is not known here; known are " + known));
    }
}

package io.membersync.testkit.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.membersync.testkit.simulator.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON trees and bytes: parsing, writing, and merging a patch into a member. */
public final class MemberJson {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private MemberJson() {}

    /** {@return a new object} */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * {@return a text}
     *
     * @param value the text
     */
    public static TextNode text(String value) {
        return TextNode.valueOf(value);
    }

    /**
     * Parses what a client sent.
     *
     * @param json anything
     * @return the object, or empty if the bytes are not one object of JSON
     */
    public static Optional<ObjectNode> parse(byte[] json) {
        try {
            return MAPPER.readTree(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Parses what the simulator itself or a test wrote.
     *
     * @param json an object of JSON
     * @return the object
     * @throws IllegalArgumentException if it is none
     */
    public static ObjectNode require(String json) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            // Neither the text nor the parser's message may be shown: it quotes what it read.
        }
        throw new IllegalArgumentException("not an object of JSON");
    }

    /**
     * Parses what the simulator itself wrote.
     *
     * @param json an object of JSON
     * @return the object
     */
    public static ObjectNode require(byte[] json) {
        return parse(json).orElseThrow(() -> new IllegalArgumentException("not an object of JSON"));
    }

    /**
     * {@return a tree as JSON in UTF-8}
     *
     * @param tree the tree
     */
    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * {@return an answer of JSON}
     *
     * @param status HTTP status
     * @param tree its body
     */
    public static Answer answer(int status, JsonNode tree) {
        return Answer.of(status, "application/json", bytes(tree));
    }

    /**
     * Merges a patch into a tree. A null clears a field but leaves it in place, since the contracts show every field.
     *
     * @param target what is changed
     * @param patch what to change
     */
    public static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value instanceof ObjectNode inner && target.get(field.getKey()) instanceof ObjectNode existing) {
                merge(existing, inner);
            } else {
                target.set(field.getKey(), value.deepCopy());
            }
        });
    }
}

package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Answers as the Web API gives them. */
final class ODataAnswer {

    static final String MISSING_ROW = "0x80040217";
    static final String MISSING_KEY = "0x80060891";
    static final String DUPLICATE_KEY = "0x80060892";
    static final String STALE_ROW = "0x80060882";
    static final String EXISTING_ROW = "0x80040237";
    static final String VALIDATION = "0x80044331";
    static final String INVALID_ARGUMENT = "0x80040203";
    static final String PRIVILEGE = "0x80040220";
    static final String NO_USER = "0x80072560";
    static final String EXPIRED_TOKEN = "0x80044352";
    static final String UNKNOWN_PROPERTY = "0x80060888";
    static final String UNKNOWN_RESOURCE = "0x8006088a";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ODataAnswer() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static Optional<ObjectNode> parse(byte[] json) {
        try {
            return MAPPER.readTree(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    static ObjectNode require(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException | ClassCastException notJson) {
            // Without a cause: the parser's message quotes what it read.
            throw new IllegalArgumentException("not an object of JSON");
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Answer of(int status, JsonNode tree) {
        return of(status, bytes(tree));
    }

    static Answer of(int status, byte[] json) {
        return Answer.of(status, "application/json; odata.metadata=minimal", json)
                .with("OData-Version", "4.0");
    }

    static Answer error(int status, String code, String message) {
        ObjectNode body = object();
        body.putObject("error").put("code", code).put("message", message);
        return of(status, body);
    }

    static Answer badRequest(String code, String message) {
        return error(400, code, message);
    }

    static Answer noSuchRow(String id) {
        return error(404, MISSING_ROW, "contact With Id = " + id + " Does Not Exist");
    }
}

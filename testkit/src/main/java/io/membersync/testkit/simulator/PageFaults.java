package io.membersync.testkit.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Changes made to the JSON of a page that holds its records in {@code data} and the way on in {@code next}. */
final class PageFaults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PageFaults() {}

    static Answer withDataOf(Answer answer, Optional<Answer> previous) {
        if (previous.isEmpty()) {
            return answer;
        }
        ObjectNode page = page(answer);
        page.set("data", page(previous.get()).withArray("data"));
        return written(answer, page);
    }

    static Answer empty(Answer answer, boolean more) {
        ObjectNode page = page(answer);
        page.putArray("data");
        return written(answer, more ? page : end(page));
    }

    static Answer emptied(Answer answer, String list) {
        ObjectNode page = page(answer);
        page.putArray(list);
        return written(answer, page);
    }

    static Answer reversed(Answer answer, String list) {
        ObjectNode page = page(answer);
        List<JsonNode> records = new ArrayList<>();
        page.withArray(list).forEach(records::add);
        Collections.reverse(records);
        page.putArray(list).addAll(records);
        return written(answer, page);
    }

    static Answer shortened(Answer answer, int keep) {
        ObjectNode page = page(answer);
        ArrayNode data = page.withArray("data");
        while (data.size() > keep) {
            data.remove(data.size() - 1);
        }
        return written(answer, page);
    }

    static Answer ended(Answer answer) {
        return written(answer, end(page(answer)));
    }

    private static ObjectNode end(ObjectNode page) {
        if (page.has("hasMore")) {
            return page.put("hasMore", false);
        }
        return page.putNull("next");
    }

    private static ObjectNode page(Answer answer) {
        try {
            JsonNode tree = JSON.readTree(answer.body());
            if (tree instanceof ObjectNode page) {
                return page;
            }
        } catch (IOException notJson) {
            throw new IllegalStateException("a page fault needs an answer that is a page of JSON", notJson);
        }
        throw new IllegalStateException("a page fault needs an answer that is a page of JSON");
    }

    private static Answer written(Answer answer, ObjectNode page) {
        try {
            return answer.withBody(JSON.writeValueAsBytes(page));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

package io.membersync.connector.consio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.connector.RegistryRecord;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.internal.json.JsonTree;
import io.membersync.mapping.RawValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads answers in one pass. A record that is not as it should be becomes data; an answer that is not as it should be
 * becomes a {@link io.membersync.fault.RegistryException} that never quotes it. Safe for many threads.
 */
final class ConsioJson {

    private final ConsioProfile.EnvelopeNames names;
    private final ConsioRecords records;

    ConsioJson(ConsioProfile profile) {
        this.names = profile.envelope();
        this.records = new ConsioRecords(profile);
    }

    /** Reads members: a page of them or one. {@code what} names the request in messages. */
    Envelope members(String what, byte[] body) {
        return JsonAnswer.read(what, body, tree -> {
            JsonAnswer.start(what, tree.parser());
            return envelope(what, tree, records::member);
        });
    }

    /** Reads the list of deleted members, which comes in an envelope or bare. */
    Envelope deleted(String what, byte[] body) {
        return JsonAnswer.read(what, body, tree -> {
            JsonToken first = tree.parser().nextToken();
            if (first == JsonToken.START_ARRAY) {
                return bare(what, tree);
            } else if (first != JsonToken.START_OBJECT) {
                throw JsonAnswer.unreadable(what, "is neither an object nor a list");
            }
            return envelope(what, tree, records::deleted);
        });
    }

    private Envelope bare(String what, JsonTree tree) throws IOException {
        List<RegistryRecord> found = JsonAnswer.records(tree, records::deleted);
        JsonAnswer.end(what, tree.parser());
        Map<String, RawValue> around = Map.of(names.status(), new RawValue.Text(names.ok()));
        return new Envelope(found, true, around, Optional.empty());
    }

    private Envelope envelope(String what, JsonTree tree, BiFunction<JsonObject, JsonTree, RegistryRecord> record)
            throws IOException {
        JsonParser parser = tree.parser();
        List<RegistryRecord> found = List.of();
        boolean hasData = false;
        Optional<JsonObject> error = Optional.empty();
        Map<String, RawValue> around = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals(names.data()) && token.isStructStart()) {
                if (hasData) {
                    throw JsonAnswer.unreadable(what, "has '" + names.data() + "' twice");
                }
                hasData = true;
                found = token == JsonToken.START_ARRAY
                        ? JsonAnswer.records(tree, record)
                        : List.of(record.apply(tree.object(), tree));
            } else if (name.equals(names.messages()) && token == JsonToken.START_ARRAY) {
                error = first(tree);
            } else {
                around.put(name, JsonAnswer.plain(tree, token));
            }
        }
        JsonAnswer.end(what, parser);
        return new Envelope(found, hasData, around, error);
    }

    private static Optional<JsonObject> first(JsonTree tree) throws IOException {
        JsonParser parser = tree.parser();
        Optional<JsonObject> first = Optional.empty();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (first.isEmpty() && token == JsonToken.START_OBJECT) {
                first = Optional.of(tree.object());
            } else {
                parser.skipChildren();
            }
        }
        return first;
    }
}

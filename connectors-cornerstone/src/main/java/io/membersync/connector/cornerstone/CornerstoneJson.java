package io.membersync.connector.cornerstone;

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
import java.util.function.BiFunction;

/**
 * Reads answers. A record that is not as it should be becomes data; an answer that is not as it should be becomes a
 * {@link io.membersync.fault.RegistryException} that never quotes it. Safe for many threads.
 */
final class CornerstoneJson {

    private final CornerstoneProfile.PageNames names;
    private final CornerstoneRecords records;

    CornerstoneJson(CornerstoneProfile profile) {
        this.names = profile.page();
        this.records = new CornerstoneRecords(profile);
    }

    /**
     * A page as it came.
     *
     * @param records its records in their order
     * @param around what stands beside them, by name; texts, numbers, nulls and yes/no as they are, anything else as an empty
     *     list
     */
    record Envelope(List<RegistryRecord> records, Map<String, RawValue> around) {

        /** {@return what stands under a name} */
        RawValue at(String name) {
            return around.getOrDefault(name, RawValue.absent());
        }
    }

    /** Reads a page of the listing. {@code what} names the request in messages. */
    Envelope members(String what, byte[] body) {
        return JsonAnswer.read(what, body, tree -> envelope(what, tree, records::member));
    }

    /** Reads a page of the change feed. */
    Envelope changes(String what, byte[] body) {
        return JsonAnswer.read(what, body, tree -> envelope(what, tree, records::event));
    }

    /** Reads an answer that is one member. */
    RegistryRecord member(String what, byte[] body) {
        return JsonAnswer.read(what, body, tree -> records.member(JsonAnswer.whole(what, tree), tree));
    }

    /** {@return why a member is gone, in the registry's word where it gives one} */
    String reason(JsonObject body) {
        return records.reason(body);
    }

    private Envelope envelope(String what, JsonTree tree, BiFunction<JsonObject, JsonTree, RegistryRecord> record)
            throws IOException {
        JsonParser parser = tree.parser();
        List<RegistryRecord> found = null;
        Map<String, RawValue> around = new HashMap<>();
        JsonAnswer.start(what, parser);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals(names.data())) {
                if (token != JsonToken.START_ARRAY || found != null) {
                    throw JsonAnswer.unreadable(what, "does not have one list named '" + names.data() + "'");
                }
                found = JsonAnswer.records(tree, record);
            } else {
                around.put(name, JsonAnswer.plain(tree, token));
            }
        }
        JsonAnswer.end(what, parser);
        if (found == null) {
            throw JsonAnswer.unreadable(what, "lacks the list named '" + names.data() + "'");
        }
        return new Envelope(found, around);
    }
}

package io.membersync.connector.cornerstone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.RawValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads answers. A record that is not as it should be becomes data; an answer that is not as it should be becomes a
 * {@link RegistryException} that never quotes it. Safe for many threads.
 */
final class CornerstoneJson {

    private static final RawValue OTHER = new RawValue.Items(List.of());
    private static final int MOST_TOKENS = 8_000_000;
    private static final int LONGEST_NUMBER = 100_000;
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;

    // Names are not interned: what a registry calls its fields has no business in the JVM's own table.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxTokenCount(MOST_TOKENS)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

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
     * @param around what stands beside them, by name; texts, nulls and yes/no as they are, anything else as an empty
     *     list
     */
    record Envelope(List<RegistryRecord> records, Map<String, RawValue> around) {

        /** {@return what stands under a name} */
        RawValue at(String name) {
            return around.getOrDefault(name, RawValue.absent());
        }
    }

    /** Reads an answer with the tokens of its parser. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(JsonTree tree) throws IOException;
    }

    /** Reads a page of the listing. {@code what} names the request in messages. */
    Envelope members(String what, byte[] body) {
        return read(what, body, tree -> envelope(what, tree, records::member));
    }

    /** Reads a page of the change feed. */
    Envelope changes(String what, byte[] body) {
        return read(what, body, tree -> envelope(what, tree, records::event));
    }

    /** Reads an answer that is one member. */
    RegistryRecord member(String what, byte[] body) {
        return read(what, body, tree -> records.member(whole(what, tree), tree));
    }

    /** {@return why a member is gone, in the registry's word where it gives one} */
    String reason(JsonObject body) {
        return records.reason(body);
    }

    /** Reads an answer that is one object, nothing where it is anything else. */
    Optional<JsonObject> object(byte[] body) {
        try {
            return Optional.of(read("", body, tree -> whole("", tree)));
        } catch (RegistryException notAnObject) {
            return Optional.empty();
        }
    }

    private static <T> T read(String what, byte[] body, Reading<T> reading) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            return reading.from(new JsonTree(parser, false));
        } catch (IOException e) {
            if (isUtf8(body)) {
                throw unreadable(what, "is not the JSON it should be" + place(e));
            }
        }
        // One record's broken bytes must not cost the others of its page: they are replaced, and found again as U+FFFD.
        try (JsonParser parser = FACTORY.createParser(new String(body, StandardCharsets.UTF_8))) {
            return reading.from(new JsonTree(parser, true));
        } catch (IOException e) {
            throw unreadable(what, "is neither UTF-8 nor the JSON it should be" + place(e));
        }
    }

    private Envelope envelope(String what, JsonTree tree, BiFunction<JsonObject, JsonTree, RegistryRecord> record)
            throws IOException {
        JsonParser parser = tree.parser();
        List<RegistryRecord> found = null;
        Map<String, RawValue> around = new HashMap<>();
        expect(what, parser.nextToken(), JsonToken.START_OBJECT);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals(names.data())) {
                if (token != JsonToken.START_ARRAY || found != null) {
                    throw unreadable(what, "does not have one list named '" + names.data() + "'");
                }
                found = records(tree, record);
            } else {
                around.put(name, plain(tree, token));
            }
        }
        nothingMore(what, parser);
        if (found == null) {
            throw unreadable(what, "lacks the list named '" + names.data() + "'");
        }
        return new Envelope(found, around);
    }

    private static List<RegistryRecord> records(JsonTree tree, BiFunction<JsonObject, JsonTree, RegistryRecord> record)
            throws IOException {
        JsonParser parser = tree.parser();
        List<RegistryRecord> found = new ArrayList<>(CornerstoneProfile.LARGEST_PAGE);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                found.add(record.apply(tree.object(), tree));
            } else {
                parser.skipChildren();
                found.add(new RegistryRecord.Unreadable(Optional.empty(), "$", "not an object"));
            }
        }
        return found;
    }

    private static RawValue plain(JsonTree tree, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> {
                String text = tree.parser().getText();
                yield tree.sound(text) ? new RawValue.Text(text) : OTHER;
            }
            case VALUE_NULL -> RawValue.explicitNull();
            case VALUE_TRUE -> new RawValue.Bool(true);
            case VALUE_FALSE -> new RawValue.Bool(false);
            default -> {
                tree.parser().skipChildren();
                yield OTHER;
            }
        };
    }

    private static JsonObject whole(String what, JsonTree tree) throws IOException {
        expect(what, tree.parser().nextToken(), JsonToken.START_OBJECT);
        JsonObject object = tree.object();
        nothingMore(what, tree.parser());
        return object;
    }

    private static void expect(String what, JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw unreadable(what, "is not an object");
        }
    }

    private static void nothingMore(String what, JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw unreadable(what, "goes on after its end");
        }
    }

    private static boolean isUtf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)) != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    // The parser's own message is left out with its exception: it may quote what it stumbled over.
    private static String place(IOException e) {
        boolean known = e instanceof JsonProcessingException json
                && json.getLocation() != null
                && json.getLocation().getByteOffset() >= 0;
        return known
                ? ", from byte " + ((JsonProcessingException) e).getLocation().getByteOffset() + " on"
                : "";
    }

    /** Makes the failure for an answer that is not what it should be. */
    static RegistryException unreadable(String what, String why) {
        return new RegistryException(Fault.UNREADABLE, what + ": the answer " + why);
    }
}

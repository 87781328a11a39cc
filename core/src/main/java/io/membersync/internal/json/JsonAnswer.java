package io.membersync.internal.json;

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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads a registry's answers. A record that is not as it should be is the caller's to judge; an answer that is not as it
 * should be becomes a {@link RegistryException} that never quotes it. Safe for many threads.
 */
public final class JsonAnswer {

    private static final RawValue OTHER = new RawValue.Items(List.of());
    private static final int USUAL_RECORDS = 100;
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

    private JsonAnswer() {}

    /**
     * Reads an answer with the tokens of its parser.
     *
     * @param <T> what is made of it
     */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * Reads from the first token on.
         *
         * @param tree over the parser, before its first token
         * @return what was read
         * @throws IOException when the parser cannot go on
         */
        T from(JsonTree tree) throws IOException;
    }

    /**
     * Reads an answer; one whose bytes are not all UTF-8 a second time, with the broken ones replaced.
     *
     * @param <T> what is made of it
     * @param what names the request in messages
     * @param body the answer's body
     * @param reading reads it
     * @return what was read
     * @throws RegistryException with {@code UNREADABLE} when it is no JSON
     */
    public static <T> T read(String what, byte[] body, Reading<T> reading) {
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

    /**
     * Reads the records of the list that the parser is at.
     *
     * @param tree at the list's first token; left at its last
     * @param record makes a record of an object, with what the tree has noted of it
     * @return the records in their order, with an unreadable one for everything that is no object
     * @throws IOException when the parser cannot go on
     */
    public static List<RegistryRecord> records(JsonTree tree, BiFunction<JsonObject, JsonTree, RegistryRecord> record)
            throws IOException {
        JsonParser parser = tree.parser();
        List<RegistryRecord> found = new ArrayList<>(USUAL_RECORDS);
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

    /**
     * Reads a value that stands beside the records.
     *
     * @param tree at the value's first token; left at its last
     * @param token that token
     * @return texts, numbers, nulls and yes/no as they are, anything else as an empty list
     * @throws IOException when the parser cannot go on
     */
    public static RawValue plain(JsonTree tree, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> {
                String text = tree.parser().getText();
                yield tree.sound(text) ? new RawValue.Text(text) : OTHER;
            }
            case VALUE_NUMBER_INT -> new RawValue.Numeral(tree.parser().getText());
            case VALUE_NULL -> RawValue.explicitNull();
            case VALUE_TRUE -> new RawValue.Bool(true);
            case VALUE_FALSE -> new RawValue.Bool(false);
            default -> {
                tree.parser().skipChildren();
                yield OTHER;
            }
        };
    }

    /**
     * Reads an answer that is one object and nothing more.
     *
     * @param what names the request in messages
     * @param tree before the first token
     * @return the object
     * @throws IOException when the parser cannot go on
     */
    public static JsonObject whole(String what, JsonTree tree) throws IOException {
        start(what, tree.parser());
        JsonObject object = tree.object();
        end(what, tree.parser());
        return object;
    }

    /**
     * Reads an answer that is one object.
     *
     * @param body the answer's body
     * @return the object, nothing where it is anything else
     */
    public static Optional<JsonObject> object(byte[] body) {
        try {
            return Optional.of(read("", body, tree -> whole("", tree)));
        } catch (RegistryException notAnObject) {
            return Optional.empty();
        }
    }

    /**
     * Passes the beginning of an object.
     *
     * @param what names the request in messages
     * @param parser before its first token
     * @throws IOException when the parser cannot go on
     */
    public static void start(String what, JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw unreadable(what, "is not an object");
        }
    }

    /**
     * Passes the end of the answer.
     *
     * @param what names the request in messages
     * @param parser at the last token
     * @throws IOException when the parser cannot go on
     */
    public static void end(String what, JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw unreadable(what, "goes on after its end");
        }
    }

    /**
     * Makes the failure for an answer that is not what it should be.
     *
     * @param what names the request
     * @param why what is wrong, without what was answered
     * @return the failure
     */
    public static RegistryException unreadable(String what, String why) {
        return new RegistryException(Fault.UNREADABLE, what + ": the answer " + why);
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
}

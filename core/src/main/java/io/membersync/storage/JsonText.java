package io.membersync.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.fault.StorageException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The envelope of every stored text: a JSON array of the form's version and its body. */
final class JsonText {

    /** The version that is written. Older ones stay readable for good. */
    private static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** Writes a body. */
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    /** Reads a body whose first token is the parser's current one, and stops at its last. */
    @FunctionalInterface
    interface Reading<T> {
        T from(JsonParser in) throws IOException;
    }

    static String write(Writing body) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartArray();
            out.writeNumber(VERSION);
            body.to(out);
            out.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static <T> T read(String what, String text, Reading<T> body) {
        try (JsonParser in = JSON.createParser(text)) {
            expect(in.nextToken() == JsonToken.START_ARRAY && in.nextToken() == JsonToken.VALUE_NUMBER_INT);
            int version = in.getIntValue();
            if (version != VERSION) {
                throw new StorageException(
                        "The stored " + what + " has form " + version + ", which this version of the library does not"
                                + " know; use the version that wrote it or a newer one",
                        false,
                        null);
            }
            in.nextToken();
            T value = body.from(in);
            expect(in.nextToken() == JsonToken.END_ARRAY && in.nextToken() == null);
            return value;
        } catch (IOException | RuntimeException malformed) {
            if (malformed instanceof StorageException known) {
                throw known;
            }
            // The cause is left out: its message may quote the text, which holds personal data.
            throw new StorageException("The stored " + what + " cannot be read", false, null);
        }
    }

    static void expect(boolean wellFormed) throws IOException {
        if (!wellFormed) {
            throw new IOException("unexpected token");
        }
    }

    /** Reads the current token as text that may not be missing. */
    static String text(JsonParser in) throws IOException {
        expect(in.currentToken() == JsonToken.VALUE_STRING);
        return in.getText();
    }
}

package io.membersync.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.mapping.RawValue;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds {@link JsonObject}s from a parser's tokens, and notes what in them is damaged. Used by one thread. */
public final class JsonTree {

    private static final int DEEPEST_RECORD = 16;
    private static final String INVALID = "invalid UTF-8";
    private static final RawValue TRUE = new RawValue.Bool(true);
    private static final RawValue FALSE = new RawValue.Bool(false);

    private final JsonParser parser;
    private final boolean replaced;
    private final ObjectShape root = ObjectShape.empty();
    private Object[] pending = new Object[64];
    private int count;
    private @Nullable JsonStreamContext outside;
    private @Nullable Damage damage;

    /**
     * Damage in a record.
     *
     * @param path the damaged field; {@code $} where even its name is damaged
     * @param reason what is wrong
     */
    public record Damage(String path, String reason) {}

    /**
     * Starts.
     *
     * @param parser the parser, before its first token
     * @param replaced whether bytes that are not UTF-8 have been replaced by U+FFFD, which then marks damage
     */
    JsonTree(JsonParser parser, boolean replaced) {
        this.parser = parser;
        this.replaced = replaced;
    }

    /** {@return the parser, for what stands outside of records} */
    public JsonParser parser() {
        return parser;
    }

    /**
     * Reads the object whose first token the parser is at; the parser is left at its last.
     *
     * @return the object
     * @throws IOException when the parser cannot go on
     */
    public JsonObject object() throws IOException {
        outside = parser.getParsingContext().getParent();
        damage = null;
        count = 0;
        return object(1);
    }

    /** {@return what is damaged in the object read last, if anything is; the first where there is more} */
    public Optional<Damage> damage() {
        return Optional.ofNullable(damage);
    }

    /**
     * Judges a text.
     *
     * @param text the text
     * @return true when no part of it was lost and every character in it is whole
     */
    public boolean sound(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= Character.MIN_SURROGATE && unsound(text, i, c)) {
                return false;
            }
        }
        return true;
    }

    private boolean unsound(String text, int i, char c) {
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        } else if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return replaced && c == '\uFFFD';
    }

    private JsonObject object(int depth) throws IOException {
        int base = count;
        ObjectShape shape = root;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            shape = shape.with(name);
            if (replaced && !sound(name)) {
                note(INVALID);
            }
            push(value(parser.nextToken(), depth));
        }
        return new JsonObject(shape, popped(base));
    }

    private Object[] list(int depth) throws IOException {
        int base = count;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            push(value(token, depth));
        }
        return popped(base);
    }

    private Object value(JsonToken token, int depth) throws IOException {
        return switch (token) {
            case VALUE_STRING -> text();
            case VALUE_NULL -> RawValue.explicitNull();
            case VALUE_TRUE -> TRUE;
            case VALUE_FALSE -> FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new RawValue.Numeral(parser.getText());
            case START_OBJECT -> depth < DEEPEST_RECORD ? object(depth + 1) : tooDeep();
            case START_ARRAY -> depth < DEEPEST_RECORD ? list(depth + 1) : tooDeep();
            default -> throw new IOException("Unexpected token");
        };
    }

    private String text() throws IOException {
        String text = parser.getText();
        if (!sound(text)) {
            note(INVALID);
        }
        return text;
    }

    private Object tooDeep() throws IOException {
        parser.skipChildren();
        note("nested too deeply");
        return RawValue.explicitNull();
    }

    private void note(String reason) {
        if (damage == null) {
            String path = pathHere();
            damage = new Damage(sound(path) ? path : "$", reason);
        }
    }

    private String pathHere() {
        StringBuilder path = new StringBuilder();
        boolean inList = false;
        for (JsonStreamContext at = parser.getParsingContext(); at != null && at != outside; at = at.getParent()) {
            if (at.inArray()) {
                inList = true;
                continue;
            }
            path.insert(0, at.getCurrentName() + (inList ? "[]" : "") + (path.length() == 0 ? "" : "."));
            inList = false;
        }
        return path.length() > 200 ? "$" : path.toString();
    }

    private void push(Object value) {
        if (count == pending.length) {
            pending = Arrays.copyOf(pending, count * 2);
        }
        pending[count++] = value;
    }

    private Object[] popped(int base) {
        Object[] values = Arrays.copyOfRange(pending, base, count);
        count = base;
        return values;
    }
}

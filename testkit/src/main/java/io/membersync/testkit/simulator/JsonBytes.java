package io.membersync.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing buffer of JSON text in UTF-8, so that a page of members is joined from bytes and never from object trees.
 *
 * <p>Threads: one at a time.
 */
public final class JsonBytes {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /**
     * Makes an empty buffer.
     *
     * @param capacity bytes it holds before it has to grow
     */
    public JsonBytes(int capacity) {
        this.bytes = new byte[Math.max(capacity, 16)];
    }

    /** {@return the number of bytes written so far} */
    public int length() {
        return length;
    }

    /** {@return a copy of what was written so far} */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Appends bytes that are JSON already.
     *
     * @param json JSON in UTF-8
     * @return this buffer
     */
    public JsonBytes raw(byte[] json) {
        ensure(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /**
     * Appends what another buffer holds.
     *
     * @param other a buffer, which stays as it is
     * @return this buffer
     */
    public JsonBytes raw(JsonBytes other) {
        ensure(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        return this;
    }

    /**
     * Appends text of ASCII characters as it stands, without quotes.
     *
     * @param text the text
     * @return this buffer
     */
    @SuppressWarnings("deprecation") // the only copy of ASCII text into an array that needs no array of its own
    public JsonBytes ascii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    /**
     * Appends a whole number in decimal digits.
     *
     * @param value the value
     * @return this buffer
     */
    public JsonBytes number(long value) {
        return ascii(Long.toString(value));
    }

    /**
     * Appends a number that is not negative with leading zeros up to {@code width} digits.
     *
     * @param value the value
     * @param width how many digits
     * @return this buffer
     */
    public JsonBytes digits(int value, int width) {
        ensure(width);
        int rest = value;
        for (int at = length + width - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
        return this;
    }

    /**
     * Appends a JSON string with its quotes, escaped as needed; null becomes {@code null}.
     *
     * @param value the value
     * @return this buffer
     */
    public JsonBytes text(@Nullable String value) {
        if (value == null) {
            return raw(NULL);
        }
        single('"');
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            escaped(one);
        }
        single('"');
        return this;
    }

    private void escaped(byte one) {
        if (one == '"' || one == '\\') {
            single('\\');
            single((char) one);
        } else if (one >= 0 && one < 0x20) {
            ascii("\\u00");
            single((char) HEX[one >> 4]);
            single((char) HEX[one & 0xf]);
        } else {
            ensure(1);
            bytes[length++] = one;
        }
    }

    private void single(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}

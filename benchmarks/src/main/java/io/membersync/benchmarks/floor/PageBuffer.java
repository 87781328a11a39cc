package io.membersync.benchmarks.floor;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One page of members as bytes, reused from page to page: strings are made only of members that are to be written. For
 * one thread.
 */
final class PageBuffer {

    /** What became of a member. */
    enum Kind {
        UPSERT,
        DELETE,
        MERGE
    }

    static final int ID = MemberColumn.COUNT;
    static final int VERSION = ID + 1;
    private static final int SLOTS = VERSION + 1;

    private final MessageDigest sha256;
    private final byte[] digest = new byte[32];
    private byte[] bytes = new byte[1 << 19];
    private byte[] canonical = new byte[4096];
    private int[] starts = new int[512 * SLOTS];
    private int[] ends = new int[512 * SLOTS];
    private Kind[] kinds = new Kind[512];
    private int length;
    private int count;

    /** Where the next page is, null at the end of a listing. */
    @Nullable
    String next;

    /** Where the change feed stood when a listing began, on its first page only. */
    @Nullable
    String feedCursor;

    /** Whether the change feed has more. */
    boolean hasMore;

    PageBuffer() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    void clear() {
        length = 0;
        count = 0;
        next = null;
        feedCursor = null;
        hasMore = false;
    }

    int count() {
        return count;
    }

    /** Begins the next record, of which nothing is known yet. */
    void begin() {
        if (count == kinds.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            ends = Arrays.copyOf(ends, ends.length * 2);
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        kinds[count] = Kind.UPSERT;
        Arrays.fill(ends, count * SLOTS, (count + 1) * SLOTS, -1);
        count++;
    }

    void kind(Kind kind) {
        kinds[count - 1] = kind;
    }

    Kind kind(int record) {
        return kinds[record];
    }

    /** Keeps a value of the record begun last, in UTF-8. */
    void put(int slot, char[] text, int from, int size) {
        room(size * 3);
        int at = (count - 1) * SLOTS + slot;
        starts[at] = length;
        for (int i = from; i < from + size; i++) {
            char c = text[i];
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xc0 | c >> 6);
                bytes[length++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isSurrogate(c)) {
                put(new String(text, i, 2).getBytes(StandardCharsets.UTF_8));
                i++;
            } else {
                bytes[length++] = (byte) (0xe0 | c >> 12);
                bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
                bytes[length++] = (byte) (0x80 | c & 0x3f);
            }
        }
        ends[at] = length;
    }

    void put(int slot, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length);
        int at = (count - 1) * SLOTS + slot;
        starts[at] = length;
        put(utf8);
        ends[at] = length;
    }

    private void put(byte[] some) {
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    @Nullable
    String text(int record, int slot) {
        int at = record * SLOTS + slot;
        return ends[at] < 0 ? null : new String(bytes, starts[at], ends[at] - starts[at], StandardCharsets.UTF_8);
    }

    String id(int record) {
        String id = text(record, ID);
        if (id == null) {
            throw new IllegalStateException("A record without an id");
        }
        return id;
    }

    /** Hashes the fields of a record; {@link #high} and {@link #low} then give the first 128 bits. */
    void hash(int record) {
        int size = 0;
        for (int slot = 0; slot < MemberColumn.COUNT; slot++) {
            int at = record * SLOTS + slot;
            int long4 = ends[at] < 0 ? -1 : ends[at] - starts[at];
            if (size + 4 + long4 > canonical.length) {
                canonical = Arrays.copyOf(canonical, canonical.length * 2 + long4);
            }
            canonical[size++] = (byte) (long4 >> 24);
            canonical[size++] = (byte) (long4 >> 16);
            canonical[size++] = (byte) (long4 >> 8);
            canonical[size++] = (byte) long4;
            if (long4 > 0) {
                System.arraycopy(bytes, starts[at], canonical, size, long4);
                size += long4;
            }
        }
        sha256.update(canonical, 0, size);
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("The buffer holds a whole SHA-256", e);
        }
    }

    long high() {
        return number(0);
    }

    long low() {
        return number(8);
    }

    private long number(int from) {
        long number = 0;
        for (int i = from; i < from + 8; i++) {
            number = number << 8 | digest[i] & 0xff;
        }
        return number;
    }
}

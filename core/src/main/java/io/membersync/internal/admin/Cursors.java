package io.membersync.internal.admin;

import io.membersync.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * The cursors of one list as callers get them. Each bears the list's mark, so that one that another list gave out, or
 * nobody, is refused, and never taken for a place at which nothing follows.
 *
 * @param list which list, in words for people
 */
record Cursors(String list) {

    private static final int MARK = 8;

    /**
     * Reads a slice.
     *
     * @param cursor what the caller gave
     * @param read reads what follows a place of the store's
     * @throws IllegalArgumentException when the list has given out no such cursor
     */
    <T> Slice<T> slice(Optional<String> cursor, Function<Optional<String>, Slice<T>> read) {
        Slice<T> slice = read.apply(cursor.map(this::place));
        return new Slice<>(slice.items(), slice.next().map(this::marked));
    }

    private String place(String cursor) {
        String place = cursor.substring(Math.min(MARK, cursor.length()));
        if (!cursor.equals(marked(place))) {
            throw new IllegalArgumentException("This cursor is not one of " + list + "; begin without one");
        }
        return place;
    }

    private String marked(String place) {
        CRC32 mark = new CRC32();
        mark.update((list + "\n" + place).getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", mark.getValue()) + place;
    }
}

package io.membersync.storage.jdbc;

import io.membersync.model.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Cuts slices whose cursor is the key of their last item: it stays right whatever comes and goes around it. */
final class Slices {

    private Slices() {}

    /** How many rows to ask for: one more than wanted tells whether there is a next slice. */
    static long rows(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A slice holds at least one item");
        }
        return limit + 1L;
    }

    static <T> Slice<T> cut(List<T> oneMore, int limit, Function<T, String> key) {
        if (oneMore.size() <= limit) {
            return new Slice<>(oneMore, Optional.empty());
        }
        return new Slice<>(oneMore.subList(0, limit), Optional.of(key.apply(oneMore.get(limit - 1))));
    }
}

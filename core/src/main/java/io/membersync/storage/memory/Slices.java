package io.membersync.storage.memory;

import io.membersync.model.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Cuts slices whose cursor is the key of their last item: it stays right whatever comes and goes around it. */
final class Slices {

    private Slices() {}

    static <T> Slice<T> cut(Stream<T> items, int limit, Function<T, String> key) {
        if (limit < 1) {
            throw new IllegalArgumentException("A slice holds at least one item");
        }
        List<T> oneMore = items.limit(limit + 1L).toList();
        if (oneMore.size() <= limit) {
            return new Slice<>(oneMore, Optional.empty());
        }
        return new Slice<>(oneMore.subList(0, limit), Optional.of(key.apply(oneMore.get(limit - 1))));
    }
}

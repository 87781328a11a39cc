package io.membersync.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One cursor-paged answer of a query. Immutable.
 *
 * @param <T> what is listed
 * @param items the items, in the query's order; may be empty
 * @param next where the next slice starts; empty at the end
 */
public record Slice<T>(List<T> items, Optional<String> next) {

    /** Copies the items. */
    public Slice {
        items = List.copyOf(items);
        Objects.requireNonNull(next, "next");
    }
}

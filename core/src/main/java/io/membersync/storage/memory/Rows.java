package io.membersync.storage.memory;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A table of immutable rows, each under its owner and id, whose changes can be taken back. Used by the thread that
 * holds the storage's lock.
 *
 * @param <V> what a row holds
 */
final class Rows<V> {

    private final NavigableMap<RowKey, V> rows = new TreeMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final UndoLog undo;

    Rows(UndoLog undo) {
        this.undo = undo;
    }

    Optional<V> find(String owner, String id) {
        return Optional.ofNullable(rows.get(new RowKey(owner, id)));
    }

    boolean has(String owner, String id) {
        return rows.containsKey(new RowKey(owner, id));
    }

    void put(String owner, String id, V row) {
        RowKey key = new RowKey(owner, id);
        V before = rows.put(key, row);
        if (before == null) {
            counts.merge(owner, 1, Integer::sum);
            undo.add(() -> drop(key));
        } else {
            undo.add(() -> rows.put(key, before));
        }
    }

    void remove(String owner, String id) {
        RowKey key = new RowKey(owner, id);
        V before = rows.get(key);
        if (before != null) {
            drop(key);
            undo.add(() -> {
                rows.put(key, before);
                counts.merge(owner, 1, Integer::sum);
            });
        }
    }

    /** Gives all rows, by owner and id; a view for reading. */
    NavigableMap<RowKey, V> all() {
        return Collections.unmodifiableNavigableMap(rows);
    }

    /** Counts an owner's rows without visiting them. */
    int count(String owner) {
        return counts.getOrDefault(owner, 0);
    }

    /** Gives all rows of an owner, by id; a view for reading. */
    NavigableMap<RowKey, V> of(String owner) {
        return behind(owner, Optional.empty());
    }

    /** Gives the rows of an owner whose ids stand behind one, by id; a view for reading. */
    NavigableMap<RowKey, V> behind(String owner, Optional<String> after) {
        return view(owner, after, RowKey.behind(owner), false);
    }

    /** Gives the rows of an owner whose ids stand behind one, up to another; a view for reading. */
    NavigableMap<RowKey, V> between(String owner, Optional<String> after, Optional<String> upTo) {
        return upTo.map(last -> view(owner, after, new RowKey(owner, last), true))
                .orElseGet(() -> behind(owner, after));
    }

    /** Gives the rows of one group of an owner whose ids stand behind one, by id; a view for reading. */
    NavigableMap<RowKey, V> group(String owner, String group, Optional<String> after) {
        return view(
                owner,
                Optional.of(after.map(id -> RowKey.grouped(group, id)).orElse(RowKey.startOf(group))),
                new RowKey(owner, RowKey.endOf(group)),
                false);
    }

    /** Removes the rows of an owner that are outside one group. */
    void removeOutside(String owner, String group) {
        RowKey start = new RowKey(owner, RowKey.startOf(group));
        RowKey end = new RowKey(owner, RowKey.endOf(group));
        removeAll(List.copyOf(of(owner).headMap(start, false).keySet()));
        removeAll(List.copyOf(of(owner).tailMap(end, true).keySet()));
    }

    /** Removes all rows of an owner. */
    void removeAllOf(String owner) {
        removeAll(List.copyOf(of(owner).keySet()));
    }

    /** Removes those rows of an owner that hold something, and gives how many. */
    int removeIf(String owner, Predicate<V> holds) {
        List<RowKey> keys = of(owner).entrySet().stream()
                .filter(row -> holds.test(row.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        removeAll(keys);
        return keys.size();
    }

    private void removeAll(Collection<RowKey> keys) {
        keys.forEach(key -> remove(key.owner(), key.id()));
    }

    private NavigableMap<RowKey, V> view(String owner, Optional<String> after, RowKey end, boolean withEnd) {
        RowKey start = new RowKey(owner, after.orElse(""));
        if (start.compareTo(end) >= 0) {
            return Collections.emptyNavigableMap();
        }
        return Collections.unmodifiableNavigableMap(rows.subMap(start, after.isEmpty(), end, withEnd));
    }

    private void drop(RowKey key) {
        rows.remove(key);
        counts.computeIfPresent(key.owner(), (owner, count) -> count == 1 ? null : count - 1);
    }
}

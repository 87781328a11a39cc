package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The contact table: rows by id, versions that rise over the whole database, and what is left of deleted rows. Generated
 * rows are made anew at every look until somebody changes them. Threads: safe for many threads.
 */
final class ContactTable {

    private static final long FIRST_VERSION = 1_000;

    /** Something that happened to a row; the trees are nobody else's. */
    record Change(String id, Optional<ObjectNode> before, Optional<ObjectNode> after, String user) {}

    private final GeneratedContacts generated;
    private final int members;
    private final NavigableMap<String, Slot> rows = new TreeMap<>();
    private final NavigableMap<Long, String> tombstones = new TreeMap<>();
    private final NavigableMap<Long, String> changes = new TreeMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private long version;
    private long made;

    ContactTable(long seed, int members) {
        this.generated = new GeneratedContacts(seed);
        this.members = members;
        reset();
    }

    /** Where a row is kept; without a tree while it is as it was generated. */
    private record Slot(int index, long version, @Nullable ObjectNode changed) {}

    /** A row and its version; the tree is the reader's own. */
    record Row(String id, long version, ObjectNode columns) {

        String etag() {
            return "W/\"" + version + "\"";
        }
    }

    synchronized void reset() {
        rows.clear();
        tombstones.clear();
        changes.clear();
        for (int i = 0; i < members; i++) {
            rows.put(generated.id(i), new Slot(i, FIRST_VERSION + i, null));
        }
        version = FIRST_VERSION + members;
        made = 0;
    }

    synchronized long version() {
        return version;
    }

    synchronized Set<String> ids() {
        return new TreeSet<>(rows.keySet());
    }

    synchronized int size() {
        return rows.size();
    }

    synchronized Optional<Row> find(String id) {
        return Optional.ofNullable(rows.get(id)).map(slot -> row(id, slot));
    }

    synchronized Optional<Row> findBy(String column, String value) {
        return all().stream()
                .filter(row -> row.columns().path(column).asText().equals(value)
                        && !row.columns().path(column).isNull())
                .findFirst();
    }

    synchronized List<Row> all() {
        return after("", Integer.MAX_VALUE);
    }

    /** {@return at most that many rows with higher ids} */
    synchronized List<Row> after(String id, int most) {
        List<Row> found = new ArrayList<>();
        for (var entry : rows.tailMap(id, false).entrySet()) {
            if (found.size() == most) {
                break;
            }
            found.add(row(entry.getKey(), entry.getValue()));
        }
        return found;
    }

    /** {@return the rows with a higher version, oldest change first} */
    synchronized List<Row> changedAfter(long since) {
        // Generated rows have the lowest versions and are only looked through for a token older than all of them.
        Collection<String> candidates = since < FIRST_VERSION + members
                ? rows.keySet()
                : changes.tailMap(since, false).values();
        return candidates.stream()
                .distinct()
                .flatMap(id -> find(id).stream())
                .filter(row -> row.version() > since)
                .sorted(Comparator.comparingLong(Row::version))
                .toList();
    }

    /** {@return ids of rows deleted since, oldest first} */
    synchronized NavigableMap<Long, String> deletedAfter(long since) {
        return new TreeMap<>(tombstones.tailMap(since, false));
    }

    synchronized String nextId() {
        return String.format("f0000000-0000-4000-8000-%012d", ++made);
    }

    void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    synchronized Row store(String id, ObjectNode columns, String user) {
        version++;
        Slot before = rows.get(id);
        tell(id, Optional.of(columns.deepCopy()), user);
        Slot after = new Slot(before == null ? -1 : before.index(), version, columns.deepCopy());
        rows.put(id, after);
        changes.put(version, id);
        return row(id, after);
    }

    synchronized boolean delete(String id, String user) {
        if (!rows.containsKey(id)) {
            return false;
        }
        tell(id, Optional.empty(), user);
        rows.remove(id);
        tombstones.put(++version, id);
        return true;
    }

    private void tell(String id, Optional<ObjectNode> after, String user) {
        if (!listeners.isEmpty()) {
            Change change = new Change(id, find(id).map(Row::columns), after, user);
            listeners.forEach(listener -> listener.accept(change));
        }
    }

    private Row row(String id, Slot slot) {
        ObjectNode columns = slot.changed() == null
                ? generated.row(slot.index())
                : slot.changed().deepCopy();
        return new Row(id, slot.version(), columns);
    }
}

package io.membersync.storage.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be written by one statement, given column by column in the order of their table. Without rows no statement is
 * made. For one thread.
 *
 * @param <T> what the rows are made of
 */
final class Rows<T> {

    private final JdbcSession session;
    private final String what;
    private final Table table;
    private final List<T> items;
    private final List<@Nullable Object[]> listed = new ArrayList<>();
    private final List<@Nullable Object> shared = new ArrayList<>();
    private int given;

    Rows(JdbcSession session, String what, Table table, Collection<T> items) {
        this.session = session;
        this.what = what;
        this.table = table;
        this.items = List.copyOf(items);
    }

    /** Gives the next column: the same value in every row. */
    Rows<T> same(String key) {
        next(true);
        shared.add(key);
        return this;
    }

    /** Gives the next column: a value, null or an {@link Optional} for each row. */
    Rows<T> each(Function<T, @Nullable Object> value) {
        Column column = next(false);
        @Nullable Object[] values = new @Nullable Object[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = plain(column, value.apply(items.get(i)));
        }
        listed.add(values);
        return this;
    }

    private Column next(boolean isShared) {
        Column column = table.columns().get(given++);
        if (column.shared() != isShared) {
            throw new IllegalStateException("The column '" + column.name() + "' is given in the wrong way");
        }
        return column;
    }

    private static @Nullable Object plain(Column column, @Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return plain(column, optional.orElse(null));
        }
        return value instanceof Instant instant && column.type() == ColumnType.TIME
                ? (Object) Times.micros(instant)
                : value;
    }

    int insert() {
        return update(source -> Statements.insert(table, source));
    }

    int insertNew() {
        return update(source -> session.dialect().insertNew(table, source));
    }

    int insertUnlessTaken() {
        return update(source -> session.dialect().insertUnlessTaken(table, source));
    }

    int upsert() {
        return update(source -> session.dialect().upsert(table, source));
    }

    /** Writes the rows that exist with the revision given. */
    int updateUnchanged() {
        return updateWhere(table.assignments(), table.unchanged());
    }

    /** Writes the rows that meet a condition. */
    int updateWhere(String assignments, String condition) {
        return items.isEmpty()
                ? 0
                : narrowed(source -> session.dialect()
                                .update(table, source, assignments, condition + narrowing(keyColumn())))
                        .update();
    }

    /** The same, and gives something of each row that was written, by the name that its key has in the table. */
    <R> List<R> updateReturning(String assignments, String condition, String key, Row.Reading<R> reading) {
        return items.isEmpty()
                ? List.of()
                : narrowed(source -> session.dialect()
                                .updateReturning(table, source, assignments, condition + narrowing(key), key))
                        .list(reading);
    }

    int delete() {
        return items.isEmpty()
                ? 0
                : narrowed(source -> session.dialect().delete(table, source, table.same() + narrowing(keyColumn())))
                        .update();
    }

    private int update(Function<String, String> statement) {
        return items.isEmpty() ? 0 : query(statement).update();
    }

    private String narrowing(String key) {
        return session.dialect().narrowing("t." + key, listedColumns().get(0).type());
    }

    private String keyColumn() {
        return listedColumns().get(0).name();
    }

    /** The first listed column holds the key. */
    private Query narrowed(Function<String, String> statement) {
        Query query = query(statement);
        ColumnType type = listedColumns().get(0).type();
        return session.dialect().narrowing("", type).isEmpty() ? query : query.array(type, listed.get(0));
    }

    private List<Column> listedColumns() {
        return table.columns().stream().filter(column -> !column.shared()).toList();
    }

    private Query query(Function<String, String> statement) {
        if (given != table.columns().size()) {
            throw new IllegalStateException("Not every column of '" + table.name() + "' is given");
        }
        Query query = session.query(what, statement.apply(Statements.source(session.dialect(), table)));
        shared.forEach(key -> query.key(String.valueOf(key)));
        int at = 0;
        for (Column column : table.columns()) {
            if (!column.shared()) {
                ColumnType type = column.type() == ColumnType.TIME ? ColumnType.NUMBER : column.type();
                query.array(type, listed.get(at++));
            }
        }
        return query;
    }
}

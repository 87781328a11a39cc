package io.membersync.storage.jdbc;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A table with the columns that statements write. In statements it is called {@code t}, and the rows to write
 * {@code u}. Immutable.
 *
 * @param name the table's name
 * @param columns its columns, in the order in which {@link Rows} are given them
 */
record Table(String name, List<Column> columns) {

    Table {
        columns = List.copyOf(columns);
    }

    static Table of(String name, Column... columns) {
        return new Table(name, List.of(columns));
    }

    String names() {
        return joined(", ", column -> true, Column::name);
    }

    String stored() {
        return joined(", ", column -> true, Column::stored);
    }

    /** The names of the columns that tell which row is meant. */
    String keys() {
        return joined(", ", column -> column.role() == Column.Role.KEY, Column::name);
    }

    /** The condition that a row is the one meant. */
    String same() {
        return joined(
                " AND ",
                column -> column.role() == Column.Role.KEY,
                column -> "t." + column.name() + " = u." + column.name());
    }

    /** The condition that a row is the one meant and has the revision given. */
    String unchanged() {
        return joined(
                " AND ",
                column -> column.role() != Column.Role.VALUE,
                column -> "t." + column.name() + " = u." + column.name());
    }

    /** The assignments of everything but the key. */
    String assignments() {
        return joined(
                ", ", column -> column.role() != Column.Role.KEY, column -> column.name() + " = " + column.stored());
    }

    private String joined(String separator, Predicate<Column> which, Function<Column, String> text) {
        return columns.stream().filter(which).map(text).collect(Collectors.joining(separator));
    }
}

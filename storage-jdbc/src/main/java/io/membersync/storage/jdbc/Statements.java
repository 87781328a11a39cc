package io.membersync.storage.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** The parts of statements that all databases understand alike. */
final class Statements {

    private Statements() {}

    /**
     * The rows to write as a subquery {@code u}. Its parameters are the shared columns' values in order, then an array for
     * each other column in order.
     */
    static String source(Dialect dialect, Table table) {
        List<Column> listed =
                table.columns().stream().filter(column -> !column.shared()).toList();
        String outputs = table.columns().stream()
                .map(column -> output(dialect, column) + " AS " + column.name())
                .collect(Collectors.joining(", "));
        String arrays = listed.stream().map(column -> array(dialect, column)).collect(Collectors.joining(", "));
        String names = listed.stream().map(Column::name).collect(Collectors.joining(", "));
        return "(SELECT " + outputs + " FROM UNNEST(" + arrays + ") AS x(" + names + ")) AS u";
    }

    private static String output(Dialect dialect, Column column) {
        if (column.shared()) {
            return "CAST(? AS " + dialect.type(column.type()) + ")";
        }
        return column.type() == ColumnType.TIME ? dialect.instant("x." + column.name()) : "x." + column.name();
    }

    private static String array(Dialect dialect, Column column) {
        ColumnType type = column.type() == ColumnType.TIME ? ColumnType.NUMBER : column.type();
        return "CAST(? AS " + dialect.type(type) + " ARRAY)";
    }

    static String insert(Table table, String source) {
        return "INSERT INTO " + table.name() + " (" + table.names() + ") SELECT " + table.stored() + " FROM " + source;
    }
}

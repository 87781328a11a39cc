package io.membersync.storage.jdbc;

import io.membersync.model.MemberField;
import java.util.ArrayList;
import java.util.List;

/**
 * The one statement that changes different columns of different members. A mask tells, by a bit for each column, which of
 * them change in a row; the others keep what they hold. Immutable.
 */
final class EditStatement {

    // Names of the statement's own, which no column of the host has by accident.
    private static final String ID = "ms_edit_id";
    private static final String SEEN = "ms_edit_seen";
    private static final String MASK = "ms_edit_mask";

    private final MemberTable table;
    private final List<Column> changed = new ArrayList<>();

    EditStatement(MemberTable table, List<MemberField> fields, boolean merging) {
        this.table = table;
        for (MemberField field : fields) {
            changed.add(Column.value(table.columns().getOrDefault(field, ""), ColumnForm.type(field)));
        }
        if (merging) {
            table.mergedInto()
                    .ifPresent(column ->
                            changed.add(Column.value(column, table.idKind().type())));
        }
    }

    /** The rows to give: id, version seen, mask, the organization where the table has one, then the changed columns. */
    Table rows() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.value(ID, table.idKind().type()));
        columns.add(Column.value(SEEN, ColumnType.NUMBER));
        columns.add(Column.value(MASK, ColumnType.NUMBER));
        table.organization().ifPresent(column -> columns.add(TableMembers.organizationColumn(column)));
        columns.addAll(changed);
        return new Table(table.name(), columns);
    }

    /** What tells the row that is meant, and that it is as it was seen. */
    String condition() {
        return "t." + table.id() + " = u." + ID + " AND t." + table.version() + " = u." + SEEN
                + table.organization()
                        .map(column -> " AND t." + column + " = u." + column)
                        .orElse("");
    }

    /** What is written. */
    String assignments() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < changed.size(); i++) {
            String column = changed.get(i).name();
            text.append(column)
                    .append(" = CASE WHEN MOD(u." + MASK + " / ")
                    .append(1L << i)
                    .append(", 2) = 1 THEN u.")
                    .append(column)
                    .append(" ELSE t.")
                    .append(column)
                    .append(" END, ");
        }
        return text + table.version() + " = t." + table.version() + " + 1";
    }
}

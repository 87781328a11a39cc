package io.membersync.storage.jdbc;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds a member table against the database and tells everything that is not as it was described. For one thread. */
final class MemberTableCheck {

    private static final int MADE_ID_LENGTH = 26;

    private final MemberTable table;
    private final TableDescription described;
    private final List<Violation> violations = new ArrayList<>();
    private boolean missing;

    private MemberTableCheck(MemberTable table, TableDescription described) {
        this.table = table;
        this.described = described;
    }

    /**
     * Finds the table as the database describes it.
     *
     * @throws InvalidConfigurationException with every violation at once, when it does not have all that was said
     */
    static TableDescription described(Connection connection, Dialect dialect, MemberTable table) throws SQLException {
        Optional<TableDescription> found = TableDescription.find(connection, dialect, table.name());
        if (found.isEmpty()) {
            throw refusal(List.of(new Violation(table.name(), noTable(connection, table))));
        }
        List<Violation> violations = new MemberTableCheck(table, found.get()).violations();
        if (!violations.isEmpty()) {
            throw refusal(violations);
        }
        return found.get();
    }

    private static InvalidConfigurationException refusal(List<Violation> violations) {
        return new InvalidConfigurationException("The member table", violations);
    }

    private static String noTable(Connection connection, MemberTable table) throws SQLException {
        String similar = TableDescription.similar(connection, table.name()).stream()
                .map(TableDescription.Name::toString)
                .collect(Collectors.joining(", "));
        if (!similar.isEmpty()) {
            return "is no table that a name without quotes finds here; there is " + similar;
        }
        return "is no table of schema " + connection.getSchema()
                + (table.isOwn() ? "; call JdbcStorage.install() once before the first use" : " or its search path");
    }

    private List<Violation> violations() {
        column(table.id(), table.idKind().type(), "the id");
        checkMadeIds();
        column(table.version(), ColumnType.NUMBER, "the version");
        table.organization().ifPresent(column -> column(column, ColumnType.TEXT, "the organization's id"));
        table.mergedInto().ifPresent(column -> column(column, table.idKind().type(), "a member's id"));
        table.columns().forEach((field, column) -> column(column, ColumnForm.type(field), field.key()));
        if (missing) {
            violations.add(new Violation(
                    table.name(),
                    "has the columns "
                            + described.columns().stream()
                                    .map(ColumnDescription::name)
                                    .collect(Collectors.joining(", "))));
        }
        return violations;
    }

    private void column(String column, ColumnType type, String what) {
        Optional<ColumnDescription> found = described.find(column);
        if (found.isEmpty()) {
            missing = true;
            violate(
                    column,
                    "is no column, and should hold " + what
                            + described
                                    .inAnyCase(column)
                                    .map(other -> "; \"" + other.name() + "\" is found with quotes only")
                                    .orElse(""));
        } else if (!found.get().holds(type)) {
            violate(column, "is of type " + found.get().dataType() + ", but " + what + " needs " + needed(type));
        }
    }

    /** The longest id that is made without a sequence would not be the first one's trouble alone. */
    private void checkMadeIds() {
        if (table.idKind() == IdKind.TEXT && table.sequence().isEmpty()) {
            described
                    .find(table.id())
                    .flatMap(ColumnDescription::longest)
                    .filter(longest -> longest < MADE_ID_LENGTH)
                    .ifPresent(longest -> violate(
                            table.id(),
                            "holds at most " + longest + " characters, but new ids have " + MADE_ID_LENGTH));
        }
    }

    private void violate(String column, String message) {
        violations.add(new Violation(table.name() + "." + column, message));
    }

    private static String needed(ColumnType type) {
        return switch (type) {
            case KEY, TEXT -> "a text";
            case NUMBER -> "a whole number";
            case FLAG -> "a boolean";
            case DAY -> "a date";
            case TIME, UUID -> "a " + type.name().toLowerCase(Locale.ROOT);
        };
    }
}

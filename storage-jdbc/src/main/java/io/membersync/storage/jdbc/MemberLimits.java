package io.membersync.storage.jdbc;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.model.MemberField;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the columns of a member table can hold, read from the database at first use and then kept. Safe for many threads. */
final class MemberLimits {

    private final MemberTable table;
    private volatile @Nullable Map<MemberField, ColumnLimit> known;

    MemberLimits(MemberTable table) {
        this.table = table;
    }

    /**
     * Gives the columns that cannot hold everything, by field, in the table's order.
     *
     * @throws InvalidConfigurationException when the table or a column does not exist, or is of a wrong type
     */
    Map<MemberField, ColumnLimit> of(JdbcSession session) {
        Map<MemberField, ColumnLimit> limits = known;
        return limits == null ? read(session.connection(), session.dialect()) : limits;
    }

    /**
     * Reads them now, also when they are known.
     *
     * @throws InvalidConfigurationException as {@link #of} does
     */
    Map<MemberField, ColumnLimit> read(Connection connection, Dialect dialect) {
        try {
            TableDescription described = MemberTableCheck.described(connection, dialect, table);
            Map<MemberField, ColumnLimit> limits = new LinkedHashMap<>();
            table.columns()
                    .forEach((field, column) -> described
                            .find(column)
                            .map(c -> new ColumnLimit(
                                    column,
                                    c.longest().orElse(Long.MAX_VALUE),
                                    dialect.countsCodePoints(),
                                    c.required(),
                                    c.filled()))
                            .filter(ColumnLimit::limits)
                            .ifPresent(limit -> limits.put(field, limit)));
            known = limits;
            return limits;
        } catch (SQLException failure) {
            throw Failures.of("Looking at the member table", failure);
        }
    }
}

package io.membersync.storage.jdbc;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Storage;
import io.membersync.testkit.contract.StorageContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The contract on one kind of database. */
abstract class JdbcStorageContract extends StorageContract {

    /** One for all tests of a class, emptied before each; classes run one after the other. */
    private static @Nullable TestDatabase database;

    abstract TestDatabase open() throws IOException, SQLException;

    /** The member table under test. */
    MemberTable table() {
        return MemberTable.own();
    }

    /** Statements that make the table, where it is not the library's. */
    List<String> tableStatements() {
        return List.of();
    }

    @Override
    protected Storage storage() {
        try {
            TestDatabase opened = database;
            if (opened == null) {
                opened = open();
                database = opened;
                opened.execute(tableStatements().toArray(new String[0]));
                SchemaInstaller.of(opened.dataSource()).install();
            }
            opened.empty(table().name());
            return JdbcStorage.on(opened.dataSource()).members(table());
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Override
    protected void editMember(Storage storage, OrganizationId organization, MemberId member, MemberState changes) {
        List<MemberField> fields = changes.fields();
        String assignments = fields.stream()
                .map(field -> table().columns().get(field) + " = ?, ")
                .collect(Collectors.joining());
        String sql = "UPDATE " + table().name() + " SET " + assignments + table().version() + " = " + table().version()
                + " + 1 WHERE CAST(" + table().id() + " AS VARCHAR(100)) = ?";
        if (database == null) {
            throw new IllegalStateException("no database");
        }
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < fields.size(); i++) {
                bind(statement, i + 1, changes.value(fields.get(i)));
            }
            statement.setString(fields.size() + 1, member.value());
            if (statement.executeUpdate() != 1) {
                throw new IllegalArgumentException("no such member");
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    // A host's own code, so not the library's way of binding.
    private static void bind(PreparedStatement statement, int at, FieldValue value) throws SQLException {
        if (value instanceof FieldValue.Day day) {
            statement.setDate(at, Date.valueOf(day.date()));
        } else if (value instanceof FieldValue.Flag flag) {
            statement.setBoolean(at, flag.on());
        } else {
            statement.setString(at, value instanceof FieldValue.Nothing ? null : value.display());
        }
    }
}

package io.membersync.enginetests;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.storage.Storage;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.storage.jdbc.MemberTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A host with a member table of its own, whose columns hold less than a registry may send. */
final class OwnTableHost implements HostSide {

    /** Where the table is. */
    enum Database {
        H2,
        POSTGRES;

        private DataSource open() {
            return switch (this) {
                case H2 -> {
                    JdbcDataSource fresh = new JdbcDataSource();
                    fresh.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
                    yield fresh;
                }
                case POSTGRES -> PostgresServer.freshDatabase();
            };
        }
    }

    private static final Map<MemberField, String> COLUMNS = new TreeMap<>(Map.of(
            MemberField.MEMBER_NUMBER, "member_no",
            MemberField.FIRST_NAME, "first_name",
            MemberField.LAST_NAME, "last_name",
            MemberField.EMAIL, "email",
            MemberField.STATUS, "status"));

    private final DataSource dataSource;
    private final JdbcStorage storage;
    private @Nullable Connection open;

    /** Makes a host in an empty database, where last names have up to a number of characters. */
    OwnTableHost(Database database, int longestLastName) {
        this.dataSource = database.open();
        execute("CREATE TABLE app_member (id VARCHAR(40) PRIMARY KEY, version BIGINT NOT NULL,"
                + " organization VARCHAR(40) NOT NULL, member_no VARCHAR(40), first_name VARCHAR(200) NOT NULL,"
                + " last_name VARCHAR(" + longestLastName + "), email VARCHAR(200), status VARCHAR(20),"
                + " notes VARCHAR(200) DEFAULT 'ours' NOT NULL)");
        MemberTable.Builder table =
                MemberTable.of("app_member").id("id").version("version").organization("organization");
        COLUMNS.forEach(table::column);
        this.storage = JdbcStorage.on(dataSource).members(table.build()).install();
    }

    private void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Map<MemberId, SortedMap<String, String>> rows() {
        Map<MemberId, SortedMap<String, String>> rows = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM app_member")) {
            while (row.next()) {
                SortedMap<String, String> values = new TreeMap<>();
                for (Map.Entry<MemberField, String> column : COLUMNS.entrySet()) {
                    String text = row.getString(column.getValue());
                    if (text != null) {
                        values.put(column.getKey().key(), text);
                    }
                }
                rows.put(MemberId.of(row.getString("id")), values);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    @Override
    public void edit(MemberId member, Map<MemberField, FieldValue> values) {
        if (open == null) {
            throw new IllegalStateException("This host edits in transactions only");
        }
        for (Map.Entry<MemberField, FieldValue> value : values.entrySet()) {
            try (PreparedStatement update = open.prepareStatement("UPDATE app_member SET " + COLUMNS.get(value.getKey())
                    + " = ?, version = version + 1 WHERE id = ?")) {
                update.setString(1, value.getValue().display());
                update.setString(2, member.value());
                update.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void inTransaction(boolean commit, Runnable work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            open = connection;
            storage.within(connection, work);
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            open = null;
        }
    }
}

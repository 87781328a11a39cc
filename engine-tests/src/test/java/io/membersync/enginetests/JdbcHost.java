package io.membersync.enginetests;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.storage.Storage;
import io.membersync.storage.jdbc.JdbcStorage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A host whose members are in a database, reached by SQL of its own. */
final class JdbcHost implements HostSide {

    private final DataSource dataSource;
    private final JdbcStorage storage;
    private @Nullable Connection open;

    JdbcHost(DataSource dataSource) {
        this.dataSource = dataSource;
        this.storage = JdbcStorage.on(dataSource).install();
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
                ResultSet row = statement.executeQuery("SELECT * FROM ms_member")) {
            while (row.next()) {
                rows.put(MemberId.of(row.getString("id")), row(row));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static SortedMap<String, String> row(ResultSet row) throws SQLException {
        SortedMap<String, String> values = new TreeMap<>();
        for (MemberField field : MemberField.standard()) {
            String text = row.getString(column(field));
            if (text != null && !text.isEmpty()) {
                values.put(field.key(), text(field, text));
            }
        }
        return values;
    }

    private static String text(MemberField field, String column) {
        return switch (field.kind()) {
            case FLAG -> column.startsWith("t") || column.startsWith("T") ? "true" : "false";
            case CODES, AFFILIATIONS ->
                Arrays.stream(column.split(",", -1)).sorted().collect(Collectors.joining(","));
            case TEXT, EMAIL, PHONE, DAY, HIDDEN -> column;
        };
    }

    private static String column(MemberField field) {
        return field.key().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public void edit(MemberId member, Map<MemberField, FieldValue> values) {
        if (open == null) {
            inTransaction(true, () -> edit(member, values));
            return;
        }
        List<MemberField> fields = List.copyOf(values.keySet());
        String sql = fields.stream().map(field -> column(field) + " = ?, ").collect(Collectors.joining())
                + "version = version + 1 WHERE id = ?";
        try (PreparedStatement update = open.prepareStatement("UPDATE ms_member SET " + sql)) {
            int at = 1;
            for (MemberField field : fields) {
                bind(update, at++, values.getOrDefault(field, FieldValue.nothing()));
            }
            update.setString(at, member.value());
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("There is no such member");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bind(PreparedStatement update, int at, FieldValue value) throws SQLException {
        if (value instanceof FieldValue.Day day) {
            update.setObject(at, day.date());
        } else if (value instanceof FieldValue.Nothing) {
            update.setObject(at, null);
        } else {
            update.setString(at, MemoryHost.text(value));
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

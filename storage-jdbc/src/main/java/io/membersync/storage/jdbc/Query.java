package io.membersync.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement with its parameters, in order. For one thread. */
final class Query {

    @FunctionalInterface
    private interface Parameter {
        void bind(PreparedStatement statement, int at) throws SQLException;
    }

    private final String what;
    private final String sql;
    private final Connection connection;
    private final Dialect dialect;
    private final List<Parameter> parameters = new ArrayList<>();

    Query(String what, String sql, Connection connection, Dialect dialect) {
        this.what = what;
        this.sql = sql;
        this.connection = connection;
        this.dialect = dialect;
    }

    Query key(String key) {
        return with((statement, at) -> dialect.bindKey(statement, at, key));
    }

    Query key(Optional<String> key) {
        key.ifPresent(this::key);
        return this;
    }

    Query text(@Nullable String text) {
        return with((statement, at) -> statement.setString(at, text));
    }

    Query number(long number) {
        return with((statement, at) -> statement.setLong(at, number));
    }

    Query time(Instant time) {
        return with((statement, at) -> statement.setObject(at, Times.column(time)));
    }

    Query keys(Collection<String> keys) {
        return array(ColumnType.KEY, keys.stream().distinct().toArray());
    }

    Query array(ColumnType type, @Nullable Object[] values) {
        return with((statement, at) -> statement.setArray(at, dialect.array(connection, type, values)));
    }

    private Query with(Parameter parameter) {
        parameters.add(parameter);
        return this;
    }

    <T> List<T> list(Row.Reading<T> reading) {
        try (PreparedStatement statement = prepared();
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(dialect, result);
            while (result.next()) {
                rows.add(reading.from(row));
            }
            return rows;
        } catch (SQLException failure) {
            throw Failures.of(what, failure);
        }
    }

    <T> Optional<T> first(Row.Reading<T> reading) {
        List<T> rows = list(reading);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    <T> T one(Row.Reading<T> reading) {
        return first(reading).orElseThrow();
    }

    int update() {
        try (PreparedStatement statement = prepared()) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw Failures.of(what, failure);
        }
    }

    private PreparedStatement prepared() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).bind(statement, i + 1);
            }
            return statement;
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }
}

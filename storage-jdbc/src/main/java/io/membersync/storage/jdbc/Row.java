package io.membersync.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The current row of a result. For one thread. */
final class Row {

    /** Makes something of a row. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Row row) throws SQLException;
    }

    private final Dialect dialect;
    private final ResultSet result;

    Row(Dialect dialect, ResultSet result) {
        this.dialect = dialect;
        this.result = result;
    }

    ResultSet result() {
        return result;
    }

    String key(int at) throws SQLException {
        return present(dialect.key(result, at));
    }

    Optional<String> optionalKey(int at) throws SQLException {
        return Optional.ofNullable(dialect.key(result, at));
    }

    String text(int at) throws SQLException {
        return present(result.getString(at));
    }

    Optional<String> optionalText(int at) throws SQLException {
        return Optional.ofNullable(result.getString(at));
    }

    long number(int at) throws SQLException {
        return result.getLong(at);
    }

    Optional<Long> optionalNumber(int at) throws SQLException {
        long number = result.getLong(at);
        return result.wasNull() ? Optional.empty() : Optional.of(number);
    }

    /** Reads a flag; a null is false. */
    boolean flag(int at) throws SQLException {
        return result.getBoolean(at);
    }

    Instant time(int at) throws SQLException {
        return optionalTime(at).orElseThrow();
    }

    Optional<Instant> optionalTime(int at) throws SQLException {
        return Optional.ofNullable(result.getObject(at, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static String present(@Nullable String text) {
        return Objects.requireNonNull(text, "a column that is never null");
    }
}

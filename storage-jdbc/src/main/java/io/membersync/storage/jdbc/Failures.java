package io.membersync.storage.jdbc;

import io.membersync.fault.StorageException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Turns the driver's failures into the library's, without the values that a driver's message may quote. */
final class Failures {

    private static final String DUPLICATE = "23505";

    private static final String MISSING_HINT =
            ": a table or column does not exist. Call JdbcStorage.install() once before"
                    + " the first use: it makes the library's tables, and names what the member table lacks";

    /** Lock not available, cancelled by a time-out, server shutting down or starting, H2's time-out and lost database. */
    private static final Set<String> PASSING = Set.of(
            "55P03", "57014", "57P01", "57P02", "57P03", "25P03", "HYT00", "90007", "90067", "90098", "90121", "90131");

    /** Tables, columns and schemas that do not exist, in the words of either database. */
    private static final Set<String> MISSING =
            Set.of("42S02", "42S03", "42S04", "42S22", "42P01", "42703", "3F000", "90079");

    private Failures() {}

    static StorageException of(String what, SQLException failure) {
        return new StorageException(
                what + " failed with SQLSTATE " + failure.getSQLState() + ", code " + failure.getErrorCode()
                        + (isMissing(failure) ? MISSING_HINT : ""),
                passing(failure),
                withoutValues(failure));
    }

    static boolean isDuplicate(StorageException failure) {
        return failure.getCause() instanceof SQLException cause && DUPLICATE.equals(cause.getSQLState());
    }

    /** Whether a table, a column or a schema does not exist. */
    static boolean isMissing(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && MISSING.contains(state);
    }

    static boolean passing(SQLException failure) {
        if (failure instanceof SQLTransientException || failure instanceof SQLRecoverableException) {
            return true;
        }
        String state = failure.getSQLState();
        // Class 08: connection; 40: rolled back for others' sake; 53: out of a resource for now.
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("40")
                        || state.startsWith("53")
                        || PASSING.contains(state));
    }

    private static SQLException withoutValues(SQLException failure) {
        SQLException bare = new SQLException(
                failure.getClass().getSimpleName() + ", message left out because it may quote values",
                failure.getSQLState(),
                failure.getErrorCode());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}

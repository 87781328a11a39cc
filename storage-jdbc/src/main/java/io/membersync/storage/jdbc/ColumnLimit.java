package io.membersync.storage.jdbc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a field's column cannot hold. Immutable.
 *
 * @param column its name
 * @param longest how many characters it holds at most
 * @param codePoints true when the database counts code points, false when it counts UTF-16 units
 * @param required true when it must hold a value
 * @param filled true when the database fills it where an insert leaves it out
 */
record ColumnLimit(String column, long longest, boolean codePoints, boolean required, boolean filled) {

    /** More than any value has, and less than what H2 gives for a column without a limit. */
    private static final long ENDLESS = 1_000_000;

    boolean limits() {
        return required || longest < ENDLESS;
    }

    /** Why the column cannot hold what would be stored, without saying what that is. */
    Optional<String> objection(@Nullable Object stored) {
        if (stored == null) {
            return required ? Optional.of("is empty, but column " + column + " must hold a value") : Optional.empty();
        }
        if (stored instanceof String text && text.length() > longest) {
            int length = codePoints ? text.codePointCount(0, text.length()) : text.length();
            return length > longest
                    ? Optional.of("has " + length + " characters, but column " + column + " holds at most " + longest)
                    : Optional.empty();
        }
        return Optional.empty();
    }
}

package io.membersync.storage.jdbc;

import java.util.Locale;
import java.util.Optional;

/**
 * A column as the database describes it. Immutable.
 *
 * @param name its name as stored
 * @param dataType the name of its type in the information schema
 * @param longest how many characters it holds at most; empty where that is not limited or means nothing
 * @param required true when it must hold a value
 * @param filled true when the database fills it where an insert leaves it out
 */
record ColumnDescription(String name, String dataType, Optional<Long> longest, boolean required, boolean filled) {

    /** Whether values of a type can be written into the column and read from it. */
    boolean holds(ColumnType type) {
        String text = dataType.toLowerCase(Locale.ROOT);
        return switch (type) {
            // Types of the host's own may well be texts: enumerations, texts without case.
            case KEY, TEXT ->
                text.startsWith("character")
                        || text.startsWith("varchar")
                        || text.equals("text")
                        || text.equals("enum")
                        || text.equals("user-defined");
            case NUMBER ->
                text.endsWith("int") || text.equals("integer") || text.equals("numeric") || text.equals("decfloat");
            case FLAG -> text.equals("boolean");
            case DAY -> text.equals("date") || isLocalTime(text);
            case TIME -> text.startsWith("timestamp");
            case UUID -> text.equals("uuid");
        };
    }

    private static boolean isLocalTime(String text) {
        return text.startsWith("timestamp") && !text.contains("with time zone");
    }
}

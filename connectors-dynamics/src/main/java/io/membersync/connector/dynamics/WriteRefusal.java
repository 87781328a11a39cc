package io.membersync.connector.dynamics;

import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.mapping.FieldPath;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a refused write into words of our own: Dataverse's repeat what was written, and other people's data with it. */
final class WriteRefusal {

    private static final Set<String> DUPLICATES =
            Set.of(DataverseError.DUPLICATE_KEY, DataverseError.DUPLICATE_ROW, DataverseError.DUPLICATE_RULE);
    private static final Pattern QUOTED = Pattern.compile("'([a-z0-9_]+)'");

    private WriteRefusal() {}

    /** {@return whether another contact has what must be unique} */
    static boolean isDuplicate(DataverseError error) {
        return DUPLICATES.contains(error.code());
    }

    static WriteReceipt.Refused of(RegistryWrite write, DataverseError error) {
        return new WriteReceipt.Refused(path(write, error), reason(error) + error.inBrackets());
    }

    private static String reason(DataverseError error) {
        if (isDuplicate(error)) {
            return "another contact has this value, which must be unique";
        }
        return switch (error.code()) {
            case DataverseError.VALIDATION -> "the value is too long, or is otherwise not valid there";
            case DataverseError.PLUG_IN -> "a rule of the environment's own refused it";
            case DataverseError.UNKNOWN_PROPERTY -> "there is no such column";
            default -> "the environment refused it";
        };
    }

    // Only a column that was written can be to blame; of what else the message quotes nothing is taken.
    private static String path(RegistryWrite write, DataverseError error) {
        List<String> written =
                write.values().keySet().stream().map(FieldPath::text).toList();
        if (written.size() == 1) {
            return written.get(0);
        }
        Matcher quoted = QUOTED.matcher(error.message());
        while (quoted.find()) {
            String column = quoted.group(1);
            for (String place : written) {
                if (place.equals(column) || place.equals(column + "." + ContactRow.DAY)) {
                    return place;
                }
            }
        }
        return "$";
    }
}

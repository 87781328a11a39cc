package io.membersync.connector.cornerstone;

import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts a refused write into words that hold nothing of what was written. Stateless. */
final class Refusal {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
    // What looks like an address or a number may be the value in another form.
    private static final Pattern SUSPICIOUS = Pattern.compile("@|\\d[\\d .-]{3,}");
    private static final int LONGEST_MESSAGE = 200;

    private final CornerstoneProfile.ProblemNames names;

    Refusal(CornerstoneProfile.ProblemNames names) {
        this.names = names;
    }

    /** Reads why a write was refused. */
    WriteReceipt.Refused of(RegistryWrite write, Optional<Problem> problem) {
        Optional<RecordBody> error = problem.flatMap(Problem::firstError);
        String path = error.map(e -> path(text(e, names.pointer()))).orElse("$");
        String kind = problem.map(Problem::kind)
                .filter(k -> CODE.matcher(k).matches())
                .orElse("refused");
        String code = error.map(e -> text(e, names.code()))
                .filter(c -> CODE.matcher(c).matches())
                .orElse(kind);
        String message = error.map(e -> text(e, names.message())).orElse("");
        return new WriteReceipt.Refused(path, harmless(message, write) ? code + ": " + message : code);
    }

    private static String path(String pointer) {
        String path = pointer.replaceFirst("^/", "")
                .replace('/', '.')
                .replace("~1", "/")
                .replace("~0", "~");
        return PATH.matcher(path).matches() ? path : "$";
    }

    private static boolean harmless(String message, RegistryWrite write) {
        if (message.isBlank()
                || message.length() > LONGEST_MESSAGE
                || SUSPICIOUS.matcher(message).find()) {
            return false;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        return write.values().values().stream().noneMatch(value -> quoted(lower, value));
    }

    private static boolean quoted(String lower, RawValue value) {
        if (value instanceof RawValue.Text text) {
            String written = text.text().strip().toLowerCase(Locale.ROOT);
            return !written.isEmpty() && lower.contains(written);
        } else if (value instanceof RawValue.Numeral number) {
            return lower.contains(number.text());
        } else if (value instanceof RawValue.Items items) {
            return items.items().stream().anyMatch(item -> quoted(lower, item));
        }
        return false;
    }

    private static String text(RecordBody error, FieldPath path) {
        return error.read(path) instanceof RawValue.Text text ? text.text() : "";
    }
}

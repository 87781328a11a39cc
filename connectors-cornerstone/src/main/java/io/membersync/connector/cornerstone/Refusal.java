package io.membersync.connector.cornerstone;

import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import io.membersync.mapping.RecordBody;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Puts a refused write into words that hold nothing of what was written. Safe for many threads. */
final class Refusal {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
    // What looks like an address or a number may be the value in another form.
    private static final Pattern SUSPICIOUS = Pattern.compile("@|\\d[\\d .-]{3,}");
    private static final int LONGEST_MESSAGE = 200;

    private final CornerstoneProfile.ProblemNames names;

    private final Predicate<String> secret;

    /**
     * Starts.
     *
     * @param names the names in an error
     * @param secret tells whether a text holds what must not be shown
     */
    Refusal(CornerstoneProfile.ProblemNames names, Predicate<String> secret) {
        this.names = names;
        this.secret = secret;
    }

    /** Reads why a write was refused. */
    WriteReceipt.Refused of(RegistryWrite write, Optional<Problem> problem) {
        Optional<RecordBody> error = problem.flatMap(Problem::firstError);
        String kind = problem.map(Problem::kind).filter(this::isCode).orElse("refused");
        String code = error.map(e -> text(e, names.code())).filter(this::isCode).orElse(kind);
        String message = error.map(e -> text(e, names.message())).orElse("");
        return new WriteReceipt.Refused(
                path(error.map(e -> text(e, names.pointer())).orElse(""), write),
                harmless(message, write) && !secret.test(message) ? code + ": " + message : code);
    }

    private boolean isCode(String text) {
        return CODE.matcher(text).matches() && !secret.test(text);
    }

    // Only a place that was written, or one around it, can be to blame; anything else is not shown.
    private static String path(String pointer, RegistryWrite write) {
        String path = pointer.replaceFirst("^/", "")
                .replace('/', '.')
                .replace("~1", "/")
                .replace("~0", "~");
        return write.values().keySet().stream()
                        .map(FieldPath::text)
                        .anyMatch(written -> written.equals(path) || written.startsWith(path + "."))
                ? path
                : "$";
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

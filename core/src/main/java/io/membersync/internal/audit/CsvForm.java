package io.membersync.internal.audit;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditEntry.ValueChange;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.run.Trigger;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of CSV (RFC 4180), one for each changed value. What a spreadsheet would take for a formula has an apostrophe before
 * it (OWASP, <i>CSV Injection</i>), inside of a cell too: where commas are decimal, it ends cells at semicolons.
 */
public final class CsvForm implements AuditPages.Form {

    private static final List<String> COLUMNS = List.of(
            "time",
            "kind",
            "organization",
            "integration",
            "run",
            "trigger",
            "failed",
            "actor",
            "member",
            "record",
            "summary",
            "field",
            "before",
            "after",
            "why");
    private static final ValueChange NONE = new ValueChange("", "", "", "");
    // Also in their full width, which some spreadsheets take for the same.
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String BREAKS = "\t\r\n";
    private static final Pattern INNER_FORMULA =
            Pattern.compile("(?<=[\";\t\r\n])(?=[\\s\\p{Z}\\p{Cc}\\p{Cf}]*[" + FORMULA.replace("-", "\\-") + "])");
    private static final String QUOTED = "\",\r\n;";

    /** Makes one. */
    public CsvForm() {}

    @Override
    public void begin(Writer out) throws IOException {
        line(COLUMNS, out);
    }

    @Override
    public void write(AuditEntry entry, Writer out) throws IOException {
        for (ValueChange change : entry.changes().isEmpty() ? List.of(NONE) : entry.changes()) {
            line(cells(entry, change), out);
        }
    }

    private static List<String> cells(AuditEntry entry, ValueChange change) {
        return List.of(
                entry.at().toString(),
                entry.kind().name(),
                entry.organization().value(),
                entry.integration().map(IntegrationId::value).orElse(""),
                entry.run().orElse(""),
                entry.trigger().map(Trigger::name).orElse(""),
                entry.failed() ? "yes" : "",
                entry.actor(),
                entry.member().map(MemberId::value).orElse(""),
                entry.externalId().map(ExternalId::value).orElse(""),
                entry.summary(),
                change.field(),
                change.before(),
                change.after(),
                change.why());
    }

    private static void line(List<String> cells, Writer out) throws IOException {
        List<String> written = new ArrayList<>(cells.size());
        cells.forEach(cell -> written.add(written(cell)));
        out.write(String.join(",", written));
        out.write("\r\n");
    }

    private static String written(String cell) {
        String inside = INNER_FORMULA.matcher(cell).replaceAll("'");
        String harmless = isFormula(cell) ? "'" + inside : inside;
        return harmless.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0)
                ? "\"" + harmless.replace("\"", "\"\"") + "\""
                : harmless;
    }

    /** Whether it begins with what a spreadsheet evaluates, also behind what some cut off before they look. */
    private static boolean isFormula(String cell) {
        return (!cell.isEmpty() && BREAKS.indexOf(cell.charAt(0)) >= 0)
                || cell.codePoints()
                        .dropWhile(CsvForm::isInvisible)
                        .limit(1)
                        .anyMatch(first -> FORMULA.indexOf(first) >= 0);
    }

    private static boolean isInvisible(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }
}

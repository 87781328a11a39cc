package io.membersync.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.model.OrganizationId;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormTest {

    private static String written(String summary) throws IOException {
        StringWriter out = new StringWriter();
        new CsvForm()
                .write(
                        new AuditEntry(
                                Instant.EPOCH,
                                AuditKind.CONFIGURATION,
                                OrganizationId.of("nbf"),
                                Optional.empty(),
                                Optional.empty(),
                                "Kari",
                                Optional.empty(),
                                Optional.empty(),
                                summary,
                                List.of()),
                        out);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1",
                "+1",
                "-1",
                "@A1",
                " =1",
                "\u00A0=1",
                "\u200B=1",
                " \u200B -1",
                "\uFF1D1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF20A1",
                "\t1"
            })
    void whatASpreadsheetMayTakeForAFormulaBeginsWithAnApostrophe(String cell) throws IOException {
        assertThat(written(cell)).contains(",'" + cell + ",");
    }

    /** As Norwegian spreadsheets read: a cell ends at a semicolon or a line's end, whatever the quotes around it say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;=1+1;b",
                "a; =1",
                "a;\u200B-1",
                "a\t+1",
                "a\n@A1",
                "a\r\n=1",
                "a\"=1",
                "a;\"=1",
                "a;\uFF1D1",
                "\n;=1",
                ";=1;=2"
            })
    void noFormulaIsLeftWhereCellsEndAtSemicolons(String cell) throws IOException {
        assertThat(written(cell).split("[;,\t\r\n]"))
                .allSatisfy(read -> assertThat(read.replace("\"", "").strip().replace("\u200B", ""))
                        .doesNotStartWith("=")
                        .doesNotStartWith("+")
                        .doesNotStartWith("-")
                        .doesNotStartWith("@")
                        .doesNotStartWith("\uFF1D"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ola", "1 - 1", " Ola", "1=1", "\u00A0", "a@example.test"})
    void whatNoneDoesStaysAsItIs(String cell) throws IOException {
        assertThat(written(cell)).contains("," + cell + ",");
    }
}

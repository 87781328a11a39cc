package io.membersync.examples.host.web.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.fault.Violation;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Transform;
import io.membersync.model.MemberField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingFormTest {

    private static final MappingSet MAPPING = MappingSet.of(
            Mapping.inbound(MemberField.LAST_NAME, "person.lastName").needed(),
            Mapping.inbound(MemberField.EMAIL, "contact.email")
                    .going(Direction.BOTH)
                    .then(new Transform.Trim()),
            Mapping.inbound(MemberField.AFFILIATIONS, "unitId", "roles[].unitId"));

    private static Filled filled(List<MappingRow> rows) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            MappingRow row = rows.get(i);
            String at = "row." + i + ".";
            values.put(at + "field", List.of(row.field()));
            values.put(at + "paths", List.of(row.paths()));
            values.put(at + "direction", List.of(row.direction()));
            values.put(at + "steps", List.of(row.steps()));
            if (row.required()) {
                values.put(at + "required", List.of("on"));
            }
        }
        return new Filled(values);
    }

    private static MappingForm read(MappingRow... rows) {
        return MappingForm.read(filled(List.of(rows)), MappingForm.fields());
    }

    @Test
    void readsBackWhatItShows() {
        MappingForm shown = MappingForm.of(MAPPING, MappingForm.fields());
        assertThat(MappingForm.read(filled(shown.rows()), MappingForm.fields()).mapping())
                .contains(MAPPING);
    }

    @Test
    void tellsWhatIsWrongByLine() {
        MappingForm form = read(
                new MappingRow("email", "a..b", "INBOUND", "shout", false),
                MappingRow.BLANK,
                new MappingRow("mobile", "a, b", "INBOUND", "", false),
                new MappingRow("", "c", "", "", false));
        assertThat(form.mapping()).isEmpty();
        assertThat(form.wrong())
                .isEqualTo(Map.of(
                        0, List.of("wrong.path", "wrong.step"),
                        2, List.of("wrong.paths"),
                        3, List.of("wrong.field", "wrong.direction")));
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        MappingRow email = new MappingRow("email", "contact.email", "INBOUND", "", false);
        MappingForm form = read(email, email);
        assertThat(form.mapping()).isEmpty();
        assertThat(form.wrong()).containsOnlyKeys(1);
    }

    @Test
    void putsRefusalsBesideTheLinesThatTheyMean() {
        MappingForm form = read(MappingRow.BLANK, new MappingRow("email", "contact.email", "BOTH", "", false));
        assertThat(form.mapping()).isPresent();
        form.refused(List.of(
                new Violation("mapping.mappings[0].direction", "must be INBOUND"), new Violation("mapping", "is odd")));
        assertThat(form.wrong()).isEqualTo(Map.of(1, List.of("must be INBOUND")));
        assertThat(form.others()).containsExactly(new Violation("mapping", "is odd"));
    }

    @Test
    void namesNeededFieldsThatNothingReads() {
        assertThat(read(new MappingRow("lastName", "name", "OUTBOUND", "", true))
                        .missing(MAPPING))
                .containsExactly(MemberField.LAST_NAME);
        assertThat(read(new MappingRow("lastName", "name", "BOTH", "", true)).missing(MAPPING))
                .isEmpty();
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditQuery;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.model.Caller;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.MappingEditor;
import io.membersync.setup.MappingPreview;
import io.membersync.setup.MappingPreview.Sample;
import io.membersync.setup.MappingPreview.SampledField;
import io.membersync.testkit.contract.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mappings are tried on real records, checked whole, and saved without anybody having to know the credentials. */
@Requirement("D4")
class MappingEditorTest {

    private static final MappingSet SUGGESTED = new CornerstoneConnectorFactory().suggestedMapping();

    private static Scene scene(HostSide host) {
        return Scene.on(host).members(30, 8).pageSize(10).start();
    }

    private static MappingEditor editor(Scene scene) {
        return scene.engine()
                .as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION))
                .mappings();
    }

    /** The suggestion with other mappings in place of those of the same fields. */
    private static MappingSet with(Mapping... others) {
        List<Mapping> all = new ArrayList<>(List.of(others));
        SUGGESTED.mappings().stream()
                .filter(one -> all.stream().noneMatch(other -> other.field().equals(one.field())))
                .toList()
                .forEach(all::add);
        return new MappingSet(all);
    }

    private static MappingSet without(MemberField field) {
        return new MappingSet(SUGGESTED.mappings().stream()
                .filter(one -> !one.field().equals(field))
                .toList());
    }

    @Test
    void realRecordsShowWhatWouldComeOfAMapping() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.full();
            var rows = scene.host().rows();
            MappingSet crossed = with(
                    Mapping.inbound(MemberField.FIRST_NAME, "person.lastName"),
                    Mapping.inbound(MemberField.BIRTH_DATE, "person.lastName"),
                    Mapping.inbound(MemberField.MENTOR_STATUS, "person.firstName"));

            MappingPreview preview = editor(scene).preview(Scene.INTEGRATION, crossed);

            assertThat(preview.samples()).hasSizeBetween(3, 5).allSatisfy(sample -> {
                assertThat(sample.problem()).isEmpty();
                assertThat(field(sample, MemberField.FIRST_NAME).after())
                        .isEqualTo(field(sample, MemberField.LAST_NAME).before());
                assertThat(field(sample, MemberField.LAST_NAME).changes()).isFalse();
                assertThat(field(sample, MemberField.MENTOR_STATUS).before()).isEmpty();
                assertThat(field(sample, MemberField.MENTOR_STATUS).after())
                        .isEqualTo(field(sample, MemberField.FIRST_NAME).before());
                assertThat(field(sample, MemberField.BIRTH_DATE).problem())
                        .hasValueSatisfying(why -> assertThat(why).contains("person.lastName"));
            });
            assertThat(preview.toString()).doesNotContain(lastName(preview));
            assertThat(scene.host().rows()).isEqualTo(rows);
            assertThat(shown(scene).mapping()).isEqualTo(SUGGESTED);
        }
    }

    private static String lastName(MappingPreview preview) {
        Optional<FieldValue> value =
                field(preview.samples().get(0), MemberField.LAST_NAME).after();
        return ((FieldValue.Text) value.orElseThrow()).text();
    }

    private static SampledField field(Sample sample, MemberField field) {
        return sample.fields().stream()
                .filter(one -> one.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsProtectedIsNotShown() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.registry().update("m_2", "{\"protected\":true}");
            scene.full();
            scene.registry().update("m_1", "{\"protected\":true}");
            // Known to be protected, and a mark that cannot be read.
            scene.registry().update("m_2", "{\"protected\":null}");
            scene.registry().update("m_3", "{\"protected\":\"perhaps\"}");
            MappingSet crossed = with(
                    Mapping.inbound(MemberField.FIRST_NAME, "address.street"),
                    Mapping.inbound(MemberField.PROTECTED_ADDRESS, "hasNin"));

            for (MappingSet mapping : List.of(SUGGESTED, crossed, without(MemberField.PROTECTED_ADDRESS))) {
                assertThat(editor(scene).preview(Scene.INTEGRATION, mapping).samples())
                        .isNotEmpty()
                        .extracting(sample -> sample.externalId().value())
                        .doesNotContain("m_1", "m_2", "m_3");
            }
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        try (Scene scene = scene(new MemoryHost())) {
            MappingSet wrong = new MappingSet(List.of(
                    Mapping.inbound(MemberField.FIRST_NAME, "person.firstName").going(Direction.BOTH),
                    Mapping.inbound(MemberField.EMAIL, "person.firstName").going(Direction.OUTBOUND),
                    Mapping.inbound(MemberField.AFFILIATIONS, "membership.unitId")
                            .going(Direction.BOTH)));

            List<Violation> violations = editor(scene).validate(Scene.INTEGRATION, wrong, Set.of(MemberField.STATUS));

            assertThat(violations)
                    .extracting(Violation::field)
                    .containsExactlyInAnyOrder(
                            "mapping", "mapping.mappings[1].paths[0]", "mapping.mappings[2].direction");
            assertThat(violations)
                    .anySatisfy(violation -> assertThat(violation.message()).contains("lastName"))
                    .noneSatisfy(violation -> assertThat(violation.message()).contains("'status'"));
        }
    }

    @Test
    void aNeededFieldIsLeftOutOnPurposeOrNotAtAll() {
        try (Scene scene = scene(new MemoryHost())) {
            MappingSet nameless = without(MemberField.LAST_NAME);

            assertThatThrownBy(() -> editor(scene).save(Scene.INTEGRATION, nameless, Set.of()))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("lastName");
            assertThat(shown(scene).mapping()).isEqualTo(SUGGESTED);

            Integration saved = editor(scene).save(Scene.INTEGRATION, nameless, Set.of(MemberField.LAST_NAME));

            assertThat(saved.mapping()).isEqualTo(nameless);
            assertThat(shown(scene)).isEqualTo(saved);
            assertThat(scene.engine()
                            .host()
                            .audit()
                            .find(AuditQuery.of(HostSide.ORGANIZATION))
                            .items())
                    .filteredOn(entry -> entry.summary().startsWith("Mapping changed"))
                    .singleElement()
                    .satisfies(entry ->
                            assertThat(entry.summary()).contains("without").contains("lastName"));
        }
    }

    @Test
    void whatIsSavedIsReadByTheNextSyncAndItsCredentialsStay() {
        try (Scene scene = scene(new MemoryHost())) {
            editor(scene)
                    .save(
                            Scene.INTEGRATION,
                            with(Mapping.inbound(MemberField.FIRST_NAME, "person.lastName")),
                            Set.of());

            scene.full();

            assertThat(scene.host().rows().values())
                    .allSatisfy(row -> assertThat(row.get("firstName")).isEqualTo(row.get("lastName")));
        }
    }

    @Test
    void aScopeKeepsTheFieldThatItGoesBy() {
        try (Scene scene = Scene.on(new MemoryHost())
                .members(3, 8)
                .draft(draft -> draft.scope(Scope.EVERYBODY.only(MemberField.STATUS, "ACTIVE")))
                .start()) {
            assertThat(editor(scene)
                            .validate(Scene.INTEGRATION, without(MemberField.STATUS), Set.of(MemberField.STATUS)))
                    .extracting(Violation::field)
                    .containsExactly("scope.only[status]");
        }
    }

    @Test
    void aSystemThatDoesNotDescribeItselfHasNoSchema() {
        try (Scene scene = scene(new MemoryHost())) {
            assertThat(editor(scene).schema(Scene.INTEGRATION)).isEmpty();
        }
    }

    @Test
    void whereThereIsNoSystemThereIsNothingToMap() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.engine().host().integrations().add(IntegrationDraft.none(Scene.INTEGRATION, HostSide.ORGANIZATION));

            assertThat(editor(scene).schema(Scene.INTEGRATION)).isEmpty();
            assertThat(editor(scene).preview(Scene.INTEGRATION, SUGGESTED).samples())
                    .isEmpty();
            assertThat(editor(scene).validate(Scene.INTEGRATION, SUGGESTED, Set.of()))
                    .extracting(Violation::field)
                    .containsExactly("mapping");
        }
    }

    private static Integration shown(Scene scene) {
        return scene.engine().host().integrations().find(Scene.INTEGRATION).orElseThrow();
    }
}

package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.RegistrySchema;
import io.membersync.connector.RegistrySchema.Kind;
import io.membersync.fault.Violation;
import io.membersync.mapping.Direction;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.MappingEditor;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The environment describes its columns, and mappings are checked against them. */
@Requirement("D4")
class SchemaTest {

    private static final IntegrationId HLF = IntegrationId.of("hlf");
    private static final DynamicsConnectorFactory FACTORY = new DynamicsConnectorFactory();

    private final Environment environment = new Environment();
    private final ManualEngine engine =
            ManualEngine.builder(new InMemoryStorage()).time(environment.time).build();
    private final MappingEditor editor = engine.host().mappings();

    @BeforeEach
    void configure() {
        engine.host()
                .integrations()
                .add(IntegrationDraft.of(
                        HLF,
                        OrganizationId.of("hlf"),
                        "dynamics",
                        environment.simulator.baseUrl(),
                        environment.secret()));
    }

    @AfterEach
    void close() {
        engine.close();
        environment.close();
    }

    @Test
    void theColumnsAreTheFieldsThatMappingsCanRead() {
        RegistrySchema schema = editor.schema(HLF).orElseThrow();

        assertThat(find(schema, "firstname")).isEqualTo(field("firstname", Kind.TEXT, true));
        assertThat(find(schema, "hlf_certifiedfrom.day")).isEqualTo(field("hlf_certifiedfrom.day", Kind.DAY, true));
        assertThat(find(schema, "hlf_roles[]")).isEqualTo(field("hlf_roles[]", Kind.LIST, true));
        assertThat(find(schema, "hlf_memberstatus")).isEqualTo(field("hlf_memberstatus", Kind.NUMBER, true));
        assertThat(find(schema, "hlf_memberstatus.state")).isEqualTo(field("hlf_memberstatus.state", Kind.TEXT, false));
        assertThat(find(schema, "hlf_protected")).isEqualTo(field("hlf_protected", Kind.FLAG, true));
        assertThat(find(schema, "_hlf_chapter_value")).isEqualTo(field("_hlf_chapter_value", Kind.TEXT, false));
        assertThat(find(schema, "merged")).isEqualTo(field("merged", Kind.FLAG, false));
        // There, but not among the columns that are read.
        assertThat(schema.find(FieldPath.parse("telephone1"))).isEmpty();
    }

    private static RegistrySchema.Field field(String path, Kind kind, boolean writable) {
        return new RegistrySchema.Field(FieldPath.parse(path), kind, writable);
    }

    private static RegistrySchema.Field find(RegistrySchema schema, String path) {
        return schema.find(FieldPath.parse(path)).orElseThrow();
    }

    @Test
    void theMappingsThatAreSuggestedSuitTheColumns() {
        assertThat(editor.validate(HLF, FACTORY.suggestedMapping(), Set.of())).isEmpty();
        assertThat(editor.validate(HLF, FACTORY.twoWayMapping(), Set.of())).isEmpty();
    }

    @Test
    void whatDoesNotSuitTheColumnsIsToldByItsPlace() {
        MappingSet wrong = new MappingSet(List.of(
                Mapping.inbound(MemberField.LAST_NAME, "lastnam"),
                Mapping.inbound(MemberField.BIRTH_DATE, "hlf_protected"),
                Mapping.inbound(MemberField.PROTECTED_ADDRESS, "emailaddress1"),
                Mapping.inbound(MemberField.STATUS, "hlf_memberstatus.state").going(Direction.BOTH),
                Mapping.inbound(MemberField.CITY, "address1_city").going(Direction.BOTH)));

        List<Violation> violations = editor.validate(HLF, wrong, Set.of());

        assertThat(violations)
                .extracting(Violation::field)
                .containsExactly(
                        "mapping.mappings[0].paths[0]",
                        "mapping.mappings[1].paths[0]",
                        "mapping.mappings[2].paths[0]",
                        "mapping.mappings[3].paths[0]");
        assertThat(violations)
                .extracting(Violation::message)
                .satisfiesExactly(
                        unknown -> assertThat(unknown).contains("lastnam"),
                        flag -> assertThat(flag).contains("holds a FLAG"),
                        text -> assertThat(text).contains("holds a TEXT"),
                        readOnly -> assertThat(readOnly).contains("read only"));
    }
}

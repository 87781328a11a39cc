package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.RegistryRecord;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordBody;
import io.membersync.mapping.RecordVersion;
import io.membersync.mapping.Scope;
import io.membersync.mapping.Transform;
import io.membersync.model.Affiliation;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberState;
import io.membersync.model.Presence;
import io.membersync.plan.LeaverPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FieldMapperTest {

    private static final MappingSet MAPPINGS = MappingSet.of(
            Mapping.inbound(MemberField.LAST_NAME, "person.lastName").needed(),
            Mapping.inbound(MemberField.BIRTH_DATE, "person.birthDate"),
            Mapping.inbound(MemberField.EMAIL, "email"),
            Mapping.inbound(MemberField.STATUS, "status")
                    .then(new Transform.CodeList(Map.of("A", "ACTIVE", "U", "RESIGNED"))),
            Mapping.inbound(MemberField.PROTECTED_ADDRESS, "protected"),
            Mapping.inbound(MemberField.ROLES, "roles").then(new Transform.JoinParts(List.of("code", "unit"), "@")),
            Mapping.inbound(MemberField.AFFILIATIONS, "unit", "roles[].unit"));

    @Test
    void readsEveryKindOfField() {
        MemberState state = state(Records.body(
                "person", Map.of("lastName", " Ødegård ", "birthDate", "1972-09-13"),
                "email", "Kari@example.test",
                "status", "A",
                "protected", true,
                "roles", Records.list(Map.of("code", "LEADER", "unit", "u2"), Map.of("code", "BOARD_MEMBER")),
                "unit", "u1",
                "unknown", "is left out"));

        assertThat(state.value(MemberField.LAST_NAME)).isEqualTo(FieldValue.text("Ødegård"));
        assertThat(state.value(MemberField.BIRTH_DATE)).isEqualTo(FieldValue.day(LocalDate.of(1972, 9, 13)));
        assertThat(state.value(MemberField.STATUS)).isEqualTo(FieldValue.text("ACTIVE"));
        assertThat(state.value(MemberField.PROTECTED_ADDRESS)).isEqualTo(new FieldValue.Flag(true));
        assertThat(state.value(MemberField.ROLES)).isEqualTo(FieldValue.codes(List.of("BOARD_MEMBER", "LEADER@u2")));
        assertThat(state.value(MemberField.AFFILIATIONS))
                .isEqualTo(new FieldValue.Affiliations(
                        List.of(new Affiliation("u1", true), new Affiliation("u2", false))));
        assertThat(state.fields()).hasSize(7);
    }

    @Test
    void tellsTheFourPresencesApart() {
        MemberState state = state(Records.body("person", Map.of("lastName", "Li", "birthDate", "null"), "email", "  "));

        assertThat(state.presence(MemberField.LAST_NAME)).isEqualTo(Presence.VALUE);
        assertThat(state.presence(MemberField.BIRTH_DATE)).isEqualTo(Presence.EXPLICIT_NULL);
        assertThat(state.presence(MemberField.EMAIL)).isEqualTo(Presence.EXPLICIT_NULL);
        assertThat(state.presence(MemberField.STATUS)).isEqualTo(Presence.ABSENT);
        assertThat(MemberState.builder().unreadable(MemberField.CITY).build().presence(MemberField.CITY))
                .isEqualTo(Presence.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "999 99 999 | +4799999999",
                "99 99 99 99 | +4799999999",
                "+47 99999999 | +4799999999",
                "004799999999 | +4799999999",
                "4799999999 | +4799999999",
                "(+47) 99-99.99 99 | (+47) 99-99.99 99",
                "+46 70 123 45 67 | +46701234567",
                "999 99 99 | 999 99 99",
                "99999999 (jobb) | 99999999 (jobb)",
                "+1 | +1",
                "'' | ''",
            })
    void writesPhoneNumbersAsPeopleTypeThemInTheInternationalForm(String typed, String written) {
        assertThat(new Transform.PhoneForm("47", 8).international(typed)).isEqualTo(written);
    }

    @Test
    void readsAPhoneNumberInTheInternationalForm() {
        MappingSet mappings =
                MappingSet.of(Mapping.inbound(MemberField.MOBILE, "mobil").then(new Transform.PhoneForm("47", 8)));

        assertThat(((MappedRecord.Mapped) mapped(mappings, Records.body("mobil", "999 99 999")))
                        .state()
                        .value(MemberField.MOBILE))
                .isEqualTo(FieldValue.text("+4799999999"));
    }

    @Test
    void readsTheBitsOfANumberAsCodesAndRefusesThoseItDoesNotKnow() {
        MemberField consents = MemberField.of(
                "consents", FieldCategory.CONTACT_DETAILS, MemberField.Kind.CODES, MemberField.Owner.PERSON);
        MappingSet mappings = MappingSet.of(Mapping.inbound(consents, "samtykke")
                .then(new Transform.BitList(Map.of(1, "NEWSLETTER", 2, "SMS", 4, "RESEARCH"))));

        assertThat(((MappedRecord.Mapped) mapped(mappings, Records.body("samtykke", 5)))
                        .state()
                        .value(consents))
                .isEqualTo(FieldValue.codes(List.of("NEWSLETTER", "RESEARCH")));
        assertThat(mapped(mappings, Records.body("samtykke", 9)))
                .isInstanceOfSatisfying(
                        MappedRecord.Rejected.class,
                        rejected -> assertThat(rejected.path()).isEqualTo("samtykke"));
        assertThat(mapped(mappings, Records.body("samtykke", "ja"))).isInstanceOf(MappedRecord.Rejected.class);
    }

    static Stream<Arguments> brokenRecords() {
        return Stream.of(
                Arguments.of("person.lastName", "missing", Records.body("email", "a@b.test")),
                Arguments.of("person.lastName", "missing", named("null")),
                Arguments.of("person.lastName", "is number", named(17)),
                Arguments.of("person.lastName", "longer than 4000", named("x".repeat(2_000_000))),
                Arguments.of("person.lastName", "U+0000", named("a\u0000b")),
                Arguments.of("person.lastName", "damaged", named("a\uFFFDb")),
                Arguments.of("person.lastName", "unpaired surrogate", named("a\uD83D")),
                Arguments.of("person.birthDate", "no date", born("1972-02-30")),
                Arguments.of("person.birthDate", "no date", born("13.09.1972")),
                Arguments.of("person.birthDate", "no date", born("٢٠٢٠-01-01")),
                Arguments.of("person.birthDate", "is number", born(19720913)),
                Arguments.of("status", "does not know", with("status", "X")),
                Arguments.of("status", "should be a code", with("status", true)),
                Arguments.of("protected", "yes/no", with("protected", "maybe")),
                Arguments.of("roles", "list of objects", with("roles", "LEADER")),
                Arguments.of("roles[].code", "should be text", with("roles", Records.list(Map.of("unit", "u2")))),
                Arguments.of("unit", "unit's id", with("unit", 12)),
                Arguments.of("unit", "comma", with("unit", "u1,u2")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenRecords")
    void quarantinesABrokenRecordWithPathAndReasonAndWithoutItsValue(String path, String reason, RecordBody body) {
        MappedRecord mapped = mapper(MAPPINGS).map(present(body), "page 1, record 1", Instant.EPOCH, false);

        assertThat(mapped).isInstanceOfSatisfying(MappedRecord.Rejected.class, rejected -> {
            assertThat(rejected.path()).isEqualTo(path);
            assertThat(rejected.reason()).contains(reason).hasSizeLessThan(200);
            assertThat(rejected.externalId()).contains(ExternalId.of("m_1"));
        });
    }

    @Test
    void readsARegistrysOwnDateFormStrictly() {
        MappingSet norwegian = MappingSet.of(
                Mapping.inbound(MemberField.BIRTH_DATE, "born").then(new Transform.DateForm("dd.MM.uuuu")));

        assertThat(mapper(norwegian).map(present(Records.body("born", "13.09.1972")), "", Instant.EPOCH, false))
                .isInstanceOfSatisfying(
                        MappedRecord.Mapped.class,
                        mapped -> assertThat(mapped.state().value(MemberField.BIRTH_DATE))
                                .isEqualTo(FieldValue.day(LocalDate.of(1972, 9, 13))));
        assertThat(mapper(norwegian).map(present(Records.body("born", "30.02.1972")), "", Instant.EPOCH, false))
                .isInstanceOf(MappedRecord.Rejected.class);
    }

    @Test
    void theHashChangesWithContentAndMappingAndWithNothingElse() {
        RecordBody body = with("email", "kari@example.test");
        ContentHash hash = hash(MAPPINGS, body);

        assertThat(hash(MAPPINGS, body)).isEqualTo(hash);
        assertThat(hash(MAPPINGS, with("email", "KARI@example.test "))).isEqualTo(hash);
        assertThat(hash(MAPPINGS, with("email", "kari@example.tesu"))).isNotEqualTo(hash);
        assertThat(hash(MAPPINGS, with("email", "null"))).isNotEqualTo(hash);
        assertThat(hash(MAPPINGS, named("Li"))).isNotEqualTo(hash(MAPPINGS, with("email", "null")));
        MappingSet fewer = new MappingSet(
                MAPPINGS.mappings().subList(0, MAPPINGS.mappings().size() - 1));
        assertThat(hash(fewer, body)).isNotEqualTo(hash);
    }

    private static RecordBody named(Object lastName) {
        return Records.body("person", Map.of("lastName", lastName));
    }

    @ParameterizedTest
    @CsvSource({
        "status=A, INSIDE",
        "status=U, OUTSIDE",
        "status=null, OUTSIDE",
        "status=X, REJECTED",
        "other=A, INSIDE",
    })
    void aScopeLeavesOutOnlyWhoSaysSo(String field, String expected) {
        Scope active = Scope.EVERYBODY.only(MemberField.STATUS, "ACTIVE");
        String[] said = field.split("=", 2);
        RecordBody body = Records.body("person", Map.of("lastName", "Li"), said[0], said[1]);

        MappedRecord record =
                new FieldMapper(MAPPINGS, active, LeaverPolicy.TERMINATE).map(present(body), "", Instant.EPOCH, false);

        assertThat(record.getClass().getSimpleName())
                .isEqualTo(expected.equals("INSIDE") ? "Mapped" : expected.equals("OUTSIDE") ? "Outside" : "Rejected");
    }

    @Test
    void oneCodeIsEnoughInEachFieldOfAScope() {
        Scope scope = Scope.EVERYBODY
                .only(MemberField.ROLES, "LEADER@u2", "BOARD")
                .only(MemberField.AFFILIATIONS, "u1", "u7");

        assertThat(scope.of(people("LEADER@u2", "u1"))).isEqualTo(Scope.Standing.INSIDE);
        assertThat(scope.of(people("LEADER@u2", "u2"))).isEqualTo(Scope.Standing.OUTSIDE);
        assertThat(scope.of(people("LEADER", "u1"))).isEqualTo(Scope.Standing.OUTSIDE);
        assertThat(scope.of(MemberState.empty())).isEqualTo(Scope.Standing.UNKNOWN);
        assertThat(scope.of(MemberState.builder()
                        .put(MemberField.ROLES, FieldValue.codes(List.of("BOARD")))
                        .build()))
                .isEqualTo(Scope.Standing.UNKNOWN);
        assertThat(scope.of(MemberState.builder()
                        .put(MemberField.ROLES, FieldValue.codes(List.of("BOARD", "x")))
                        .unreadable(MemberField.AFFILIATIONS)
                        .build()))
                .isEqualTo(Scope.Standing.UNKNOWN);
        assertThat(scope.of(MemberState.builder()
                        .put(MemberField.ROLES, FieldValue.nothing())
                        .build()))
                .isEqualTo(Scope.Standing.OUTSIDE);
    }

    private static MemberState people(String role, String unit) {
        return MemberState.builder()
                .put(MemberField.ROLES, FieldValue.codes(List.of("x", role)))
                .put(MemberField.AFFILIATIONS, new FieldValue.Affiliations(List.of(new Affiliation(unit, true))))
                .build();
    }

    private static RecordBody born(Object date) {
        return Records.body("person", Map.of("lastName", "Li", "birthDate", date));
    }

    private static RecordBody with(String key, Object value) {
        return Records.body("person", Map.of("lastName", "Li"), key, value);
    }

    private static ContentHash hash(MappingSet mappings, RecordBody body) {
        return ((MappedRecord.Mapped) mapper(mappings).map(present(body), "", Instant.EPOCH, false)).hash();
    }

    private static MemberState state(RecordBody body) {
        return ((MappedRecord.Mapped) mapper(MAPPINGS).map(present(body), "", Instant.EPOCH, false)).state();
    }

    private static MappedRecord mapped(MappingSet mappings, RecordBody body) {
        return mapper(mappings).map(present(body), "", Instant.EPOCH, false);
    }

    private static FieldMapper mapper(MappingSet mappings) {
        return new FieldMapper(mappings, Scope.EVERYBODY, LeaverPolicy.TERMINATE);
    }

    private static RegistryRecord present(RecordBody body) {
        return new RegistryRecord.Present(ExternalId.of("m_1"), RecordVersion.NONE, body);
    }
}

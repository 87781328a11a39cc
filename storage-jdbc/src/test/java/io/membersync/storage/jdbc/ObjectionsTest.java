package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.Affiliation;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.plan.FieldChange;
import io.membersync.plan.MemberChange;
import io.membersync.storage.Objection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a member table tells beforehand that it cannot hold is what it would fail at, no more and no less. */
class ObjectionsTest {

    private static final MemberTable TABLE = MemberTable.of("app_member")
            .id("id")
            .version("version")
            .column(MemberField.LAST_NAME, "last_name")
            .column(MemberField.CITY, "city")
            .column(MemberField.EMAIL, "email")
            .column(MemberField.STATUS, "status")
            .column(MemberField.ROLES, "roles")
            .column(MemberField.AFFILIATIONS, "units")
            .column(MemberField.BIRTH_DATE, "born")
            .build();

    private static final String CREATE =
            "CREATE TABLE app_member (id varchar(26) PRIMARY KEY, version integer NOT NULL,"
                    + " last_name varchar(5), city text NOT NULL, email varchar(20) DEFAULT 'none' NOT NULL, status varchar(6),"
                    + " roles varchar(5), units char(4), born date)";

    private static final MemberState FITS = MemberState.builder()
            .put(MemberField.LAST_NAME, FieldValue.text("Li"))
            .put(MemberField.CITY, FieldValue.text("a city of any length"))
            .build();

    private static JdbcStorage storage(TestDatabase database) throws Exception {
        database.execute(CREATE);
        return JdbcStorage.on(database.dataSource()).members(TABLE).install();
    }

    private static MemberChange create(MemberState state) {
        return new MemberChange.Create(MemberId.of("a"), ExternalId.of("m_a"), state);
    }

    private static MemberChange update(MemberField field, FieldValue after) {
        return new MemberChange.Update(
                MemberId.of("a"),
                ExternalId.of("m_a"),
                1,
                List.of(new FieldChange(field, FieldValue.nothing(), after, "why")));
    }

    private static List<String> objections(JdbcStorage storage, MemberChange change) {
        List<Objection> objections =
                storage.inTransaction(session -> session.members().objections(Samples.NORTH, List.of(change)));
        return objections.stream()
                .map(objection -> objection.field() + " " + objection.reason())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatFitsMeetsNoObjection(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = storage(database);

            assertThat(objections(storage, create(FITS))).isEmpty();
            assertThat(objections(storage, create(FITS.with(MemberField.LAST_NAME, FieldValue.text("Olsen")))))
                    .isEmpty();
            assertThat(objections(storage, update(MemberField.LAST_NAME, FieldValue.nothing())))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void textThatIsTooLongIsToldByLengthInEveryForm(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = storage(database);
            FieldValue units = new FieldValue.Affiliations(List.of(new Affiliation("u_12", true)));

            assertThat(objections(
                            storage,
                            create(FITS.with(MemberField.LAST_NAME, FieldValue.text("Hansen"))
                                    .with(MemberField.ROLES, FieldValue.codes(List.of("AB", "CDE")))
                                    .with(MemberField.AFFILIATIONS, units))))
                    .containsExactly(
                            "lastName has 6 characters, but column last_name holds at most 5",
                            "roles has 6 characters, but column roles holds at most 5",
                            "affiliations has 5 characters, but column units holds at most 4");
            assertThat(objections(storage, update(MemberField.LAST_NAME, FieldValue.text("Hansen"))))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingWhereThereMustBeAValueIsTold(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = storage(database);
            String reason = "city is empty, but column city must hold a value";

            assertThat(objections(storage, create(MemberState.empty()))).containsExactly(reason);
            assertThat(objections(storage, update(MemberField.CITY, FieldValue.nothing())))
                    .containsExactly(reason);
            assertThat(objections(storage, create(FITS.with(MemberField.EMAIL, FieldValue.nothing()))))
                    .containsExactly("email is empty, but column email must hold a value");
            assertThat(objections(storage, update(MemberField.EMAIL, FieldValue.nothing())))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTerminationMeetsTheStatusColumn(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = storage(database);

            assertThat(objections(
                            storage,
                            new MemberChange.Terminate(
                                    MemberId.of("a"), ExternalId.of("m_a"), 1, "deleted", Optional.empty())))
                    .containsExactly("status has 10 characters, but column status holds at most 6");
        }
    }

    @ParameterizedTest
    @EnumSource
    void charactersOutsideTheBasicPlaneCountAsTheDatabaseCountsThem(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = storage(database);
            MemberChange four = create(FITS.with(MemberField.LAST_NAME, FieldValue.text("𝒶𝒷𝒸𝒹")));

            boolean objected = !objections(storage, four).isEmpty();

            assertThat(objected).isEqualTo(kind == Databases.H2);
            if (!objected) {
                storage.inTransaction(session -> session.members().apply(Samples.NORTH, List.of(four)));
                assertThat(database.query("SELECT last_name FROM app_member")).containsExactly("𝒶𝒷𝒸𝒹");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoSaysNothingOfAColumnWithADefaultGetsItWhateverOthersSay(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = storage(database);
            MemberState spoken = FITS.with(MemberField.EMAIL, FieldValue.text("b@example.org"));
            List<MemberChange> both =
                    List.of(create(FITS), new MemberChange.Create(MemberId.of("b"), ExternalId.of("m_b"), spoken));

            List<Objection> objections = storage.inTransaction(session -> {
                session.members().apply(Samples.NORTH, both);
                return session.members().objections(Samples.NORTH, both);
            });

            assertThat(objections).isEmpty();
            assertThat(database.query("SELECT email FROM app_member ORDER BY id"))
                    .containsExactly("none", "b@example.org");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnIsLookedAtOnce(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = storage(database);
            objections(storage, create(FITS));
            database.dataSource().drain();

            objections(storage, create(FITS));

            assertThat(database.dataSource().drain()).isEmpty();
        }
    }

    @Test
    void postgresDomainsAndTextsWithoutALimitAreUnderstood() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            database.execute(
                    "CREATE DOMAIN short_name AS varchar(3) NOT NULL",
                    "CREATE TABLE app_member (id text PRIMARY KEY, version numeric NOT NULL, last_name short_name,"
                            + " city text, email varchar, status text, roles text, units text, born timestamp)");
            JdbcStorage storage =
                    JdbcStorage.on(database.dataSource()).members(TABLE).install();

            assertThat(objections(storage, create(FITS.with(MemberField.LAST_NAME, FieldValue.text("Olsen")))))
                    .containsExactly("lastName has 5 characters, but column last_name holds at most 3");
            assertThat(Set.copyOf(objections(storage, create(MemberState.empty()))))
                    .containsExactly("lastName is empty, but column last_name must hold a value");
        }
    }
}

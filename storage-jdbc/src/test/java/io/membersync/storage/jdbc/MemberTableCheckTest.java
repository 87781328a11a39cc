package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.StorageException;
import io.membersync.fault.Violation;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member table that is not as it was described is told at once, whole, by table and column. */
class MemberTableCheckTest {

    private static final String GOOD = "CREATE TABLE app_member (id varchar(26) PRIMARY KEY, version integer NOT NULL,"
            + " last_name varchar(30), city text, born date, hidden boolean, notes text DEFAULT 'ours' NOT NULL)";

    private static MemberTable.Builder named(String name) {
        return MemberTable.of(name)
                .id("id")
                .version("version")
                .column(MemberField.LAST_NAME, "last_name")
                .column(MemberField.CITY, "city")
                .column(MemberField.BIRTH_DATE, "born")
                .column(MemberField.PROTECTED_ADDRESS, "hidden");
    }

    private static InvalidConfigurationException refusal(TestDatabase database, MemberTable table) {
        return catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> JdbcStorage.on(database.dataSource()).members(table).install());
    }

    @ParameterizedTest
    @EnumSource
    void aTableAsDescribedIsInstalled(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            database.execute(GOOD);

            JdbcStorage.on(database.dataSource())
                    .members(named("app_member").build())
                    .install();

            assertThat(database.dataSource().connectionsOut()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void allThatIsMissingOrOfAWrongTypeIsToldAtOnceWithWhatThereIs(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            database.execute("CREATE TABLE app_member (id varchar(20) PRIMARY KEY, version text, surname varchar(30),"
                    + " city integer, born varchar(10), \"Hidden\" boolean)");

            InvalidConfigurationException refusal =
                    refusal(database, named("app_member").organization("tenant").build());

            assertThat(refusal.violations())
                    .extracting(Violation::field)
                    .containsExactly(
                            "app_member.id",
                            "app_member.version",
                            "app_member.tenant",
                            "app_member.last_name",
                            "app_member.city",
                            "app_member.born",
                            "app_member.hidden",
                            "app_member");
            assertThat(refusal)
                    .hasMessageContaining("holds at most 20 characters, but new ids have 26")
                    .hasMessageContaining("app_member.last_name: is no column, and should hold lastName;")
                    .hasMessageContaining("\"Hidden\" is found with quotes only")
                    .hasMessageContaining("but city needs a text")
                    .hasMessageContaining("but birthDate needs a date");
            assertThat(refusal.violations().get(7).message()).containsIgnoringCase("surname");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatDoesNotExistIsTold(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            InvalidConfigurationException refusal =
                    refusal(database, named("app_member").build());

            assertThat(refusal).hasMessageContaining("app_member: is no table of schema");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsFoundWithQuotesOrAnotherSchemaOnlyIsNamed(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            database.execute(
                    GOOD.replace("app_member", "\"App_Member\""),
                    "CREATE SCHEMA " + HostTables.SCHEMA,
                    GOOD.replace("app_member", HostTables.SCHEMA + ".person"));

            assertThat(refusal(database, named("app_member").build())).hasMessageContaining("\"App_Member\"");
            assertThat(refusal(database, named("person").build())
                            .violations()
                            .get(0)
                            .message())
                    .containsIgnoringCase("\"" + HostTables.SCHEMA + "\".\"person\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void unquotedNamesInAnyCaseAndTablesOfOtherSchemasAreFound(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            database.execute(
                    "CREATE SCHEMA " + HostTables.SCHEMA,
                    GOOD.replace("app_member", HostTables.SCHEMA + ".App_Member")
                            .replace("last_name", "Last_NAME"));

            JdbcStorage.on(database.dataSource())
                    .members(named(HostTables.SCHEMA + ".app_member").build())
                    .install();

            assertThat(database.dataSource().connectionsOut()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableOnTheSearchPathIsFound(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            database.execute(
                    "CREATE SCHEMA " + HostTables.SCHEMA,
                    GOOD.replace("app_member", HostTables.SCHEMA + ".app_member"));
            try (var connection = database.dataSource().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(
                        kind == Databases.H2
                                ? "SET SCHEMA_SEARCH_PATH PUBLIC, " + HostTables.SCHEMA
                                : "SET search_path = public, " + HostTables.SCHEMA);

                assertThat(MemberTableCheck.described(
                                        connection,
                                        Dialect.of(connection),
                                        named("app_member").build())
                                .columns())
                        .hasSize(7);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutInstallTheFirstUseTellsWhatToDo(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            if (kind == Databases.H2) {
                database.execute("SET WRITE_DELAY 0");
            }
            JdbcStorage storage = JdbcStorage.on(database.dataSource());

            assertThatThrownBy(() ->
                            storage.inTransaction(session -> session.settings().list()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("Call JdbcStorage.install() once before");
            assertThatThrownBy(() -> storage.inTransaction(
                            session -> session.members().load(Samples.NORTH, List.of(MemberId.of("a")))))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("call JdbcStorage.install() once before");
        }
    }
}

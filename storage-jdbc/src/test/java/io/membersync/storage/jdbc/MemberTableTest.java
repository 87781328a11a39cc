package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.plan.MemberChange;
import io.membersync.storage.AppMember;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host may say of its member table, and what the library then leaves alone. */
class MemberTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Member",
                "1st",
                "a-b",
                "a b",
                "a;b",
                "a\"b",
                "a'b",
                "a/*",
                "é",
                "a.b.c",
                ".a",
                "a.",
                "drop table x; --",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatIsNoPlainIdentifierIsRefused(String name) {
        assertThatThrownBy(() -> MemberTable.of(name)
                        .id("id")
                        .version("v")
                        .column(MemberField.CITY, "city")
                        .build())
                .isInstanceOf(InvalidConfigurationException.class);
        assertThatThrownBy(() -> MemberTable.of("member")
                        .id(name)
                        .version("v")
                        .column(MemberField.CITY, "city")
                        .build())
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void everyViolationIsToldAtOnce() {
        assertThatThrownBy(() -> MemberTable.of("member")
                        .numberId("id")
                        .column(MemberField.CITY, "id")
                        .column(MemberField.EMAIL, "E-mail")
                        .build())
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        refusal -> assertThat(refusal.violations())
                                .extracting(Violation::field)
                                .containsExactlyInAnyOrder("version", "idsFrom", "email", "id"));
    }

    @Test
    void moreFieldsThanTheMaskHasBitsAreRefused() {
        MemberTable.Builder table = MemberTable.of("member").id("id").version("v");
        for (int i = 0; i < 61; i++) {
            table.column(
                    MemberField.of("f" + i, FieldCategory.ACTIVITY, MemberField.Kind.TEXT, MemberField.Owner.PERSON),
                    "f" + i);
        }

        assertThatThrownBy(table::build).isInstanceOf(InvalidConfigurationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void sixtyFieldsAreChangedIndependently(Databases kind) throws Exception {
        MemberTable.Builder builder = MemberTable.of("wide").id("id").version("v");
        StringBuilder columns = new StringBuilder();
        List<MemberField> fields = new java.util.ArrayList<>();
        for (int i = 0; i < 60; i++) {
            MemberField field =
                    MemberField.of("f" + i, FieldCategory.ACTIVITY, MemberField.Kind.TEXT, MemberField.Owner.PERSON);
            fields.add(field);
            builder.column(field, "f" + i);
            columns.append(", f").append(i).append(" varchar(20)");
        }
        try (TestDatabase database = kind.open()) {
            database.execute("CREATE TABLE wide (id varchar(26) PRIMARY KEY, v bigint NOT NULL" + columns + ")");
            JdbcStorage storage = JdbcStorage.on(database.dataSource())
                    .members(builder.build())
                    .install();
            MemberState.Builder full = MemberState.builder();
            fields.forEach(field -> full.put(field, FieldValue.text("old")));
            List<MemberId> ids = create(storage, 60, full.build());
            Map<MemberId, AppMember> seen =
                    storage.inTransaction(session -> session.members().load(Samples.NORTH, ids));
            List<MemberChange> changes = new java.util.ArrayList<>();
            for (int i = 0; i < 60; i++) {
                changes.add(Samples.update(found(seen, ids.get(i)), fields.get(i), FieldValue.text("x" + i)));
            }
            assertThat(storage.<Set<MemberId>>inTransaction(
                            session -> session.members().apply(Samples.NORTH, changes)))
                    .isEmpty();

            Map<MemberId, AppMember> now =
                    storage.inTransaction(session -> session.members().load(Samples.NORTH, ids));
            for (int i = 0; i < 60; i++) {
                AppMember before = found(seen, ids.get(i));
                assertThat(found(now, ids.get(i)).state())
                        .isEqualTo(before.state().with(fields.get(i), FieldValue.text("x" + i)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsOfTheHostsOwnKeepWhatTheyHold(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            database.execute(HostTables.numberedStatements().toArray(new String[0]));
            JdbcStorage storage = JdbcStorage.on(database.dataSource())
                    .members(HostTables.numbered())
                    .install();
            MemberId member = create(storage, 1).get(0);
            assertThat(member).isEqualTo(MemberId.of("1000"));
            database.execute("UPDATE person SET notes = 'mine', newsletter = FALSE");

            storage.inTransaction(session -> {
                AppMember seen = found(session.members().load(Samples.NORTH, List.of(member)), member);
                return session.members()
                        .apply(
                                Samples.NORTH,
                                List.of(Samples.update(seen, MemberField.CITY, FieldValue.text("Bergen"))));
            });

            assertThat(database.query("SELECT notes || f_city || row_version FROM person"))
                    .containsExactly("mineBergen2");
            assertThat(database.query("SELECT newsletter FROM person WHERE NOT newsletter"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSharedTableShowsAnOrganizationItsOwnRowsOnly(Databases kind) throws Exception {
        OrganizationId south = OrganizationId.of("south");
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
            MemberId member = create(storage, 1).get(0);

            storage.inTransaction(session -> {
                AppMember seen = found(session.members().load(Samples.NORTH, List.of(member)), member);
                assertThat(session.members().load(south, List.of(member))).isEmpty();
                assertThat(session.members()
                                .apply(
                                        south,
                                        List.of(Samples.update(seen, MemberField.CITY, FieldValue.text("Bergen")))))
                        .containsExactly(member);
                return true;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void idsThatTheColumnCannotHoldDoNotExist(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            database.execute(HostTables.numberedStatements().toArray(new String[0]));
            JdbcStorage storage = JdbcStorage.on(database.dataSource())
                    .members(HostTables.numbered())
                    .install();
            create(storage, 1);

            assertThat(storage.<Map<MemberId, AppMember>>inTransaction(session ->
                            session.members().load(Samples.NORTH, List.of(MemberId.of("01000"), MemberId.of("kari")))))
                    .isEmpty();
        }
    }

    private static AppMember found(Map<MemberId, AppMember> members, MemberId member) {
        return Objects.requireNonNull(members.get(member), "a member that exists");
    }

    private static List<MemberId> create(JdbcStorage storage, int count) {
        return create(storage, count, Samples.living("Oslo"));
    }

    private static List<MemberId> create(JdbcStorage storage, int count, MemberState state) {
        return storage.inTransaction(session -> {
            List<MemberId> ids = session.members().newIds(count);
            session.members()
                    .apply(
                            Samples.NORTH,
                            ids.stream()
                                    .<MemberChange>map(
                                            id -> new MemberChange.Create(id, ExternalId.of("m_" + id), state))
                                    .toList());
            return ids;
        });
    }
}

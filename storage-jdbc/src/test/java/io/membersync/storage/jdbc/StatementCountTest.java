package io.membersync.storage.jdbc;

import static io.membersync.storage.jdbc.Samples.INTEGRATION;
import static io.membersync.storage.jdbc.Samples.NORTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.run.Run;
import io.membersync.storage.AppMember;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many statements a page and a batch take: as many for 500 members as for one. */
class StatementCountTest {

    private static final int BATCH = 500;

    @ParameterizedTest
    @EnumSource
    void aPageWithoutAnyChangeTakesOneStatement(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
            List<ExternalId> ids = Samples.ids(BATCH);
            create(storage, ids);
            database.dataSource().drain();

            storage.inTransaction(session -> session.links()
                    .marks(INTEGRATION, Optional.of(ids.get(0)), Optional.of(ids.get(BATCH - 1)), BATCH));
            assertThat(database.dataSource().drain()).hasSize(1);

            storage.inTransaction(session -> session.links().marks(INTEGRATION, ids));
            assertThat(database.dataSource().drain()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchOfCreationsTakesFiveStatements(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
            Run run = Samples.run("run-1");
            Fence fence = storage.inTransaction(session -> {
                session.runs().add(run);
                return session.runs().claim("job");
            });
            database.dataSource().drain();

            storage.inTransaction(fence, session -> {
                List<MemberId> members = session.members().newIds(BATCH);
                List<ExternalId> ids = Samples.ids(BATCH);
                session.members()
                        .apply(
                                NORTH,
                                IntStream.range(0, BATCH)
                                        .<MemberChange>mapToObj(i -> new MemberChange.Create(
                                                members.get(i), ids.get(i), Samples.living("Oslo")))
                                        .toList());
                session.links()
                        .save(
                                INTEGRATION,
                                IntStream.range(0, BATCH)
                                        .mapToObj(i -> Samples.link(ids.get(i), members.get(i)))
                                        .toList());
                session.audit().append(members.stream().map(Samples::entry).toList());
                session.runs().save(run);
                return true;
            });

            // The lease, the members, their links, the audit, the run.
            assertThat(database.dataSource().drain()).hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchOfAllKindsOfChangesTakesTwoLoadsAndAHandfulOfWrites(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
            List<ExternalId> ids = Samples.ids(BATCH);
            List<MemberId> members = create(storage, ids);
            Run run = Samples.run("run-1");
            Fence fence = storage.inTransaction(session -> {
                session.runs().add(run);
                return session.runs().claim("job");
            });
            database.dataSource().drain();

            List<AppMember> seen = List.copyOf(
                    storage.inTransaction(session -> session.members().load(NORTH, members))
                            .values());
            Map<ExternalId, Link> links =
                    storage.inTransaction(session -> session.links().load(INTEGRATION, ids));
            assertThat(database.dataSource().drain()).hasSize(2);

            storage.inTransaction(fence, session -> write(session, seen, links, run));
            // H2 lets go of members that move by a statement of its own.
            assertThat(database.dataSource().drain()).hasSizeLessThanOrEqualTo(kind == Databases.H2 ? 8 : 7);
        }
    }

    private static boolean write(Session session, List<AppMember> seen, Map<ExternalId, Link> links, Run run) {
        List<MemberChange> changes = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            AppMember member = seen.get(i);
            switch (i % 3) {
                case 0 -> changes.add(Samples.update(member, MemberField.CITY, FieldValue.text("Bergen")));
                case 1 -> changes.add(Samples.update(member, MemberField.EMAIL, FieldValue.text("a@example.org")));
                default ->
                    changes.add(new MemberChange.Terminate(
                            member.id(), ExternalId.of("m_1"), member.version(), "deleted", Optional.empty()));
            }
        }
        MemberId created = session.members().newIds(1).get(0);
        changes.add(new MemberChange.Create(created, ExternalId.of("new"), Samples.living("Oslo")));
        assertThat(session.members().apply(NORTH, changes)).isEmpty();
        List<Link> saved =
                new ArrayList<>(links.values().stream().map(Samples::changed).toList());
        saved.add(Samples.link(ExternalId.of("new"), created));
        session.links().save(INTEGRATION, saved);
        session.audit()
                .append(seen.stream().map(member -> Samples.entry(member.id())).toList());
        session.runs().save(run);
        return true;
    }

    private static List<MemberId> create(JdbcStorage storage, List<ExternalId> ids) {
        return storage.inTransaction(session -> {
            List<MemberId> members = session.members().newIds(ids.size());
            session.members()
                    .apply(
                            NORTH,
                            IntStream.range(0, ids.size())
                                    .<MemberChange>mapToObj(i ->
                                            new MemberChange.Create(members.get(i), ids.get(i), Samples.living("Oslo")))
                                    .toList());
            session.links()
                    .save(
                            INTEGRATION,
                            IntStream.range(0, ids.size())
                                    .mapToObj(i -> Samples.link(ids.get(i), members.get(i)))
                                    .toList());
            return members;
        });
    }
}

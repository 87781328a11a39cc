package io.membersync.storage.jdbc;

import static io.membersync.storage.jdbc.Samples.INTEGRATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.LostLeaseException;
import io.membersync.fault.StorageException;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.storage.Fence;
import io.membersync.storage.Storage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the storage does inside the host's transaction stands and falls with it. */
class HostTransactionTest {

    private static final MemberId MEMBER = MemberId.of("kari");
    private static final ExternalId ID = ExternalId.of("m_1");

    @ParameterizedTest
    @EnumSource
    void anAnnouncementIsRolledBackWithTheHostsTransaction(Databases kind) throws Exception {
        try (TestDatabase database = kind.open();
                Connection host = database.dataSource().getConnection()) {
            JdbcStorage storage = linked(database);
            host.setAutoCommit(false);

            storage.within(host, () -> announce(storage));
            assertThat(pending(storage)).isZero();
            host.rollback();
            assertThat(pending(storage)).isZero();

            storage.within(host, () -> announce(storage));
            host.commit();
            assertThat(pending(storage)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHostsOwnStatementsAndOursAreOneTransaction(Databases kind) throws Exception {
        try (TestDatabase database = kind.open();
                Connection host = database.dataSource().getConnection()) {
            JdbcStorage storage = linked(database);
            host.setAutoCommit(false);

            try (Statement statement = host.createStatement()) {
                statement.execute("UPDATE ms_link SET version = 'by the host'");
            }
            storage.within(
                    host,
                    () -> assertThat(storage.<Map<ExternalId, Link>>inTransaction(
                                    session -> session.links().load(INTEGRATION, List.of(ID))))
                            .allSatisfy((id, link) ->
                                    assertThat(link.version().text()).isEqualTo("by the host")));
            host.rollback();

            assertThat(host.isClosed()).isFalse();
            assertThat(host.getAutoCommit()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void workThatFailsInTheHostsTransactionLeavesTheRestOfItWhole(Databases kind) throws Exception {
        try (TestDatabase database = kind.open();
                Connection host = database.dataSource().getConnection()) {
            JdbcStorage storage = linked(database);
            host.setAutoCommit(false);

            storage.within(host, () -> {
                announce(storage);
                // The statement itself fails in the database: the id is there already.
                assertThatThrownBy(() -> storage.inTransaction(session -> {
                            session.quarantine().reread(INTEGRATION, List.of(ID));
                            session.links().save(INTEGRATION, List.of(Samples.link(ExternalId.of("m_2"), MEMBER)));
                            return true;
                        }))
                        .isInstanceOf(io.membersync.fault.StaleVersionException.class);
            });
            host.commit();

            assertThat(pending(storage)).isEqualTo(1);
            assertThat(storage.<Set<ExternalId>>inTransaction(
                            session -> session.quarantine().toReread(INTEGRATION, 10)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionWithoutATransactionIsRefused(Databases kind) throws Exception {
        try (TestDatabase database = kind.open();
                Connection host = database.dataSource().getConnection()) {
            JdbcStorage storage = linked(database);

            assertThatThrownBy(() -> storage.within(host, () -> announce(storage)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(pending(storage)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHostsRunnerBeginsAndEndsTheTransactions(Databases kind) throws Exception {
        try (TestDatabase database = kind.open();
                Connection host = database.dataSource().getConnection()) {
            linked(database);
            host.setAutoCommit(false);
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).with(work -> work.accept(host));

            announce(storage);
            assertThat(pending(storage)).isEqualTo(1);
            host.rollback();
            assertThat(pending(storage)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOfTheHostsRunnerIsAFailureOfTheStorage(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = linked(database).with(work -> {
                throw new IllegalStateException("could not commit", new SQLException("kari@example.org", "40001"));
            });

            assertThatThrownBy(() -> pending(storage))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            failure -> assertThat(failure.passing()).isTrue())
                    .hasMessageNotContaining("kari")
                    .hasStackTraceContaining("40001");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheWorkThrowsComesThroughAsItIs(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = linked(database);
            IllegalArgumentException thrown = new IllegalArgumentException("the work's own");

            assertThatThrownBy(() -> storage.inTransaction(session -> {
                        announce(storage);
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(pending(storage)).isZero();
            assertThat(database.dataSource().connectionsOut()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void innerWorkThatFailedTakesTheOuterBack(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = linked(database);

            assertThatThrownBy(() -> storage.inTransaction(session -> {
                        session.edits().mark(List.of(MEMBER), Samples.NOW);
                        assertThatThrownBy(() -> storage.inTransaction(inner -> {
                                    throw new IllegalArgumentException("inner");
                                }))
                                .isInstanceOf(IllegalArgumentException.class);
                        return true;
                    }))
                    .isInstanceOf(StorageException.class);
            assertThat(pending(storage)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLostLeaseInsideLeavesTheOuterWorkAsItWas(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = linked(database);
            Fence lost = storage.inTransaction(session -> session.runs().claim("job"));
            storage.inTransaction(session -> session.runs().claim("job"));

            storage.inTransaction(session -> {
                session.edits().mark(List.of(MEMBER), Samples.NOW);
                assertThatThrownBy(() -> storage.inTransaction(lost, inner -> true))
                        .isInstanceOf(LostLeaseException.class);
                return true;
            });
            assertThat(pending(storage)).isEqualTo(1);
        }
    }

    private static JdbcStorage linked(TestDatabase database) {
        JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
        storage.inTransaction(session -> {
            session.links().save(INTEGRATION, List.of(Samples.link(ID, MEMBER)));
            return true;
        });
        return storage;
    }

    private static void announce(Storage storage) {
        storage.inTransaction(session -> {
            session.edits().mark(List.of(MEMBER), Samples.NOW);
            return true;
        });
    }

    private static int pending(Storage storage) {
        return storage.inTransaction(session ->
                session.edits().pending(INTEGRATION, Optional.empty(), 10).size());
    }
}

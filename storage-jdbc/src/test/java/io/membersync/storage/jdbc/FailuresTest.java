package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.fault.StorageException;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.MemberChange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures tell whether they pass, and never quote values. */
class FailuresTest {

    @ParameterizedTest
    @EnumSource
    void aMemberThatIsThereAlreadyIsAFailureThatStaysAndQuotesNothing(Databases kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
            MemberChange create = new MemberChange.Create(
                    MemberId.of("canary-17"), ExternalId.of("m_1"), Samples.living("Canary Wharf"));
            storage.inTransaction(session -> session.members().apply(Samples.NORTH, List.of(create)));

            StorageException failure = catchThrowableOfType(
                    StorageException.class,
                    () -> storage.inTransaction(session -> session.members().apply(Samples.NORTH, List.of(create))));

            assertThat(failure.passing()).isFalse();
            assertThat(failure).hasMessageContaining("Creating members").hasMessageContaining("23505");
            assertThat(stackTrace(failure)).doesNotContainIgnoringCase("canary");
            assertThat(database.dataSource().connectionsOut()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlockPasses(Databases kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (TestDatabase database = kind.open()) {
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();
            storage.inTransaction(session -> session.runs().claim("a"));
            storage.inTransaction(session -> session.runs().claim("b"));
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);

            Future<Boolean> one = threads.submit(() -> claims(storage, bothHoldOne, "a", "b"));
            Future<Boolean> other = threads.submit(() -> claims(storage, bothHoldOne, "b", "a"));

            // True for the one that was let through.
            assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(true, false);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean claims(JdbcStorage storage, CyclicBarrier bothHoldOne, String first, String second) {
        try {
            storage.inTransaction(session -> {
                session.runs().claim(first);
                await(bothHoldOne);
                return session.runs().claim(second);
            });
            return true;
        } catch (StorageException failure) {
            assertThat(failure.passing()).isTrue();
            return false;
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aLostConnectionPasses() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            JdbcStorage storage = JdbcStorage.on(database.dataSource()).install();

            assertThatThrownBy(() -> storage.inTransaction(session -> {
                        session.runs().claim("a");
                        killOthers(database);
                        return session.runs().claim("b");
                    }))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            failure -> assertThat(failure.passing()).isTrue());

            assertThat(storage.<Boolean>inTransaction(
                            session -> session.settings().list().isEmpty()))
                    .isTrue();
        }
    }

    private static void killOthers(TestDatabase database) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement kill = connection.prepareStatement("SELECT pg_terminate_backend(pid)"
                        + " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
            kill.execute();
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedPasses() {
        org.postgresql.ds.PGSimpleDataSource nowhere = new org.postgresql.ds.PGSimpleDataSource();
        nowhere.setServerNames(new String[] {"127.0.0.1"});
        nowhere.setPortNumbers(new int[] {1});

        assertThatThrownBy(() -> JdbcStorage.on(nowhere).inTransaction(session -> true))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.passing()).isTrue());
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditQuery;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.fault.StorageException;
import io.membersync.model.Caller;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.LogLines;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A number is in clear only while it is used: it shows up nowhere, whatever happens. */
@Requirement("F5")
class SecrecyTest {

    private static final String NUMBER = "10915596784";

    @Test
    @Requirement("R18")
    void theNumberShowsUpInNoLogAuditAddressOrTable() throws SQLException {
        JdbcConnectionPool pool =
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        List<String> seen = new ArrayList<>();
        try (LogLines log = LogLines.start();
                World world = new World(JdbcStorage.on(pool).install())) {
            world.switchedOn();
            String record = world.without().get(0);
            String other = world.without().get(1);
            IssuedLogin login = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);
            VippsLogin given = VippsLogin.of(login.idToken(), World.Json.object(login.userinfo()));
            seen.add(given.toString());
            world.registry.faults().on(World.PUT).times(8).then(Fault.status(503));
            world.logIn(record, login);
            seen.add(world.task(record).toString());
            dump(pool, seen);
            world.logInShortly(other, VippsPerson.with(NUMBER));
            dump(pool, seen);
            world.until(() -> {
                world.time.advance(Duration.ofSeconds(10));
                return world.statistics().waiting() == 0;
            });
            assertThat(world.statistics().toReview()).isPositive();
            dump(pool, seen);
            world.engine
                    .host()
                    .audit()
                    .find(AuditQuery.of(World.US))
                    .items()
                    .forEach(entry -> seen.add(entry + entry.summary() + entry.changes()));
            seen.addAll(world.heard);
            seen.add(world.cases() + " " + world.statistics() + " "
                    + world.engine.host().enrichments().find(World.US));
            Stream.of(world.registry.requests(), world.vipps.requests())
                    .flatMap(requests -> requests.requests().stream())
                    .forEach(request -> seen.add(request + " " + request.target()));
            seen.addAll(log.lines());
        } finally {
            pool.dispose();
        }
        assertThat(seen).hasSizeGreaterThan(50).noneMatch(text -> text.contains(NUMBER));
    }

    /** Reads every cell of every table, and what a backup would hold. */
    private static void dump(JdbcConnectionPool pool, List<String> seen) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet script = statement.executeQuery("SCRIPT")) {
                while (script.next()) {
                    seen.add(script.getString(1));
                }
            }
            assertThat(seen).anyMatch(line -> line.startsWith("INSERT INTO \"PUBLIC\".\"MS_ENRICHMENT\""));
            try (ResultSet names = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).contains("MS_ENRICHMENT");
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            Object cell = rows.getObject(column);
                            seen.add(
                                    cell instanceof byte[] bytes
                                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                                            : String.valueOf(cell));
                        }
                    }
                }
            }
        }
    }

    @Test
    @Requirement("F1")
    void aStorageThatFailsIsAnAnswerAndNeverAnException() {
        FailingStorage storage = new FailingStorage(new InMemoryStorage());
        try (LogLines log = LogLines.start();
                World world = new World(storage)) {
            world.switchedOn();
            String record = world.without().get(0);
            IssuedLogin login = world.vipps.logIn(VippsPerson.with(NUMBER), World.NONCE, TokenFault.NONE);
            VippsLogin given = VippsLogin.of(login.idToken(), World.Json.object(login.userinfo()));
            var member = world.member(record);
            for (RuntimeException failure : List.of(
                    new StorageException("The database is gone", true, null),
                    new IllegalStateException("row of " + NUMBER))) {
                storage.failure = failure;
                assertThat(world.enrichment.onLogin(Caller.host(), member, given, World.NONCE))
                        .isInstanceOf(EnrichmentAnswer.NotStored.class);
                assertThat(world.enrichment.onLogin(
                                Caller.host(),
                                member,
                                VippsLogin.of(login.idToken(), login.accessToken()),
                                World.NONCE))
                        .isInstanceOf(EnrichmentAnswer.NotStored.class);
            }
            storage.failure = null;
            assertThat(log.lines()).noneMatch(line -> line.contains(NUMBER));
            assertThat(world.logIn(record, login)).isEqualTo(new EnrichmentAnswer.Queued(1));
            world.untilStateOf(record, EnrichmentState.STORED);
        }
    }

    /** Fails every transaction while it is told to. */
    private static final class FailingStorage implements Storage {

        private final Storage inner;
        private volatile @Nullable RuntimeException failure;

        private FailingStorage(Storage inner) {
            this.inner = inner;
        }

        @Override
        public <T> T inTransaction(Function<Session, T> work) {
            check();
            return inner.inTransaction(work);
        }

        @Override
        public <T> T inTransaction(Fence fence, Function<Session, T> work) {
            check();
            return inner.inTransaction(fence, work);
        }

        private void check() {
            RuntimeException now = failure;
            if (now != null) {
                throw now;
            }
        }
    }
}

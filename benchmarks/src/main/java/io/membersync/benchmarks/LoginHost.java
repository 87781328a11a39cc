package io.membersync.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.enrichment.EnrichmentAnswer;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.secret.KeyProvider;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.vipps.IssuedLogin;
import io.membersync.testkit.simulator.vipps.TokenFault;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import io.membersync.testkit.simulator.vipps.VippsSimulator;
import io.membersync.vipps.IdentityProfile;
import io.membersync.vipps.VippsEnrichment;
import io.membersync.vipps.VippsLogin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A host on PostgreSQL with all members of a registry, to which they log in with Vipps. */
final class LoginHost implements AutoCloseable {

    private static final String NONCE = "nonce-of-this-login";
    private static final int CONNECTIONS = 12;
    private static final int NUMBERS_A_DAY = 150;
    private static final long GLANCE = 500_000;

    private final Numbered registry;
    private final VippsSimulator vipps = VippsSimulator.start(Clock.systemUTC());
    private final HikariDataSource pool;
    private final JdbcStorage storage;
    private final MemberSyncEngine engine;
    private final VippsEnrichment enrichment;
    private int issued;

    /**
     * A login that has not been reported yet.
     *
     * @param record the member's record in the registry
     * @param member the member
     * @param number the number
     * @param login what the provider gave
     */
    record Prepared(String record, MemberId member, String number, VippsLogin login) {}

    LoginHost(String database, Numbered registry) {
        this.registry = registry;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database);
        config.setMaximumPoolSize(CONNECTIONS);
        this.pool = new HikariDataSource(config);
        this.storage = JdbcStorage.on(pool).install();
        createTable();
        this.engine = MemberSyncEngine.builder(storage)
                .keys(KeyProvider.random())
                .testMode()
                .build();
        this.enrichment = VippsEnrichment.on(engine, IdentityProfile.vippsAt(vipps.origin(), vipps.clientId()));
        engine.start();
        MemberSync host = host();
        host.integrations().add(registry.draft());
        host.enrichments()
                .activate(new EnrichmentBasis(
                        Numbered.ORGANIZATION, "Certain identification", "Law, § 1", ZoneId.of("Europe/Oslo")));
        host.runs().startFull(Numbered.INTEGRATION);
        await(() -> host.runs().list(Numbered.INTEGRATION, Optional.empty(), 1).items().stream()
                .noneMatch(run -> run.state().active()));
        await(() -> vipps.keyFetches() > 0);
        await(() -> statistics().membersAtStart().isPresent() || registry.name().equals("Dynamics"));
    }

    private void createTable() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE by_hand (id bigserial PRIMARY KEY, number text)");
        } catch (SQLException failure) {
            throw new IllegalStateException("The table could not be made", failure);
        }
    }

    private MemberSync host() {
        return engine.as(Caller.host());
    }

    /** Prepares the logins of so many members who have no number yet and have not logged in. */
    List<Prepared> prepared(int count) {
        List<ExternalId> records = registry.without().subList(issued, issued + count).stream()
                .map(ExternalId::of)
                .toList();
        Map<ExternalId, Link> links =
                storage.inTransaction(session -> session.links().load(Numbered.INTEGRATION, records));
        List<Prepared> all = new ArrayList<>();
        for (ExternalId record : records) {
            MemberId member =
                    Objects.requireNonNull(links.get(record), "a link").member().orElseThrow();
            all.add(prepared(record.value(), member));
        }
        return all;
    }

    private Prepared prepared(String record, MemberId member) {
        String number = SyntheticNationalId.of(
                LocalDate.of(1960, 1, 1).plusDays(issued / NUMBERS_A_DAY), true, issued % NUMBERS_A_DAY);
        issued++;
        VippsPerson person = VippsPerson.with(number);
        IssuedLogin login = vipps.logIn(person, NONCE, TokenFault.NONE);
        VippsLogin given = VippsLogin.of(login.idToken(), Map.of("sub", person.subject(), "nin", number));
        return new Prepared(record, member, number, given);
    }

    /** Reports a login, and gives the nanoseconds for which it waited. */
    long report(Prepared login) {
        long start = System.nanoTime();
        EnrichmentAnswer answer = enrichment.onLogin(Caller.host(), login.member(), login.login(), NONCE);
        long took = System.nanoTime() - start;
        if (!(answer instanceof EnrichmentAnswer.Queued)) {
            throw new IllegalStateException("A login was not taken: " + answer);
        }
        return took;
    }

    /** Commits one row by hand, the least that anything durable takes here, and gives the nanoseconds that it took. */
    long commitByHand(Prepared login) {
        long start = System.nanoTime();
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO by_hand (number) VALUES (?)")) {
            insert.setString(1, login.number());
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The row could not be written", failure);
        }
        return System.nanoTime() - start;
    }

    boolean arrived(Prepared login) {
        return registry.holds().test(login.record(), login.number());
    }

    EnrichmentStatistics statistics() {
        return host().enrichments().statistics(Numbered.ORGANIZATION).orElseThrow();
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(GLANCE);
        }
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
        vipps.close();
    }
}

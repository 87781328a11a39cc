package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.audit.AuditCheck;
import io.membersync.connector.ConnectionReport;
import io.membersync.http.Credentials;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The master key is away for a while, or whoever keeps it fails. */
@Requirement({"D5", "R19"})
class AbsentKeyTest {

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().time(time).members(5).seed(7).start();
    private final TestKeys keys = new TestKeys();
    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void setUp() {
        keys.use("2025", 1);
        database.setURL("jdbc:h2:file:" + folder.resolve("keys") + ";DB_CLOSE_DELAY=-1");
        try (ManualEngine engine = engine()) {
            engine.host()
                    .integrations()
                    .add(IntegrationDraft.of(
                            Scene.INTEGRATION,
                            HostSide.ORGANIZATION,
                            "cornerstone",
                            registry.baseUrl(),
                            new Credentials.ApiKey(registry.apiKey())));
            sealed(engine);
        }
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ManualEngine engine() {
        return ManualEngine.builder(new JdbcHost(database).storage())
                .time(time)
                .keys(keys)
                .build();
    }

    private void sealed(ManualEngine engine) {
        time.advance(Duration.ofMinutes(1));
        engine.tick();
    }

    private static AuditCheck verify(ManualEngine engine) {
        return engine.host().audit().verify(HostSide.ORGANIZATION);
    }

    /** Two entries while the key is away, and one when it is back. */
    private Instant awayForAMoment(ManualEngine engine) {
        Instant away = time.instant();
        engine.host().integrations().disable(Scene.INTEGRATION);
        engine.host().integrations().enable(Scene.INTEGRATION);
        keys.use("2025", 1);
        time.advance(Duration.ofSeconds(5));
        engine.host().integrations().disable(Scene.INTEGRATION);
        return away;
    }

    @Test
    void theAuditGoesOnWhenItsKeyIsBackAndNamesWhatNobodySigned() {
        keys.use("2026", 2);
        keys.letGo("2025");
        try (ManualEngine engine = engine()) {
            Instant away = awayForAMoment(engine);

            assertThat(verify(engine)).isInstanceOfSatisfying(AuditCheck.Unproven.class, unproven -> {
                assertThat(unproven.entries()).isEqualTo(2);
                assertThat(unproven.first()).isEqualTo(away);
                assertThat(unproven.last()).isEqualTo(away);
                assertThat(unproven.rest().waiting()).isEqualTo(3);
            });
            sealed(engine);
            assertThat(verify(engine)).isInstanceOfSatisfying(AuditCheck.Unproven.class, unproven -> {
                assertThat(unproven.entries()).isEqualTo(2);
                assertThat(unproven.rest().waiting()).isZero();
            });
        }
    }

    @Test
    void whatNobodySignedCannotBeChangedAnyMoreOnceItIsSealed() throws SQLException {
        keys.use("2026", 2);
        keys.letGo("2025");
        try (ManualEngine engine = engine()) {
            awayForAMoment(engine);
            sealed(engine);
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("UPDATE ms_audit SET actor = 'somebody' WHERE signature = ''"))
                        .isEqualTo(2);
            }

            assertThat(verify(engine))
                    .isEqualTo(new AuditCheck.Broken(2, "Entry 2 is not the one that the library put there"));
        }
    }

    @Test
    void aKeyProviderThatFailsIsToldOfWithoutWhatItSays() {
        try (ManualEngine engine = engine()) {
            MemberSync host = engine.host();
            keys.fail(true);

            assertThat(host.integrations().test(Scene.INTEGRATION))
                    .isInstanceOfSatisfying(
                            ConnectionReport.Failed.class,
                            failed -> assertThat(failed.toString()).doesNotContain(TestKeys.TELLTALE));
            refused(() -> host.masterKeys().inUse());
            refused(() -> host.masterKeys().sealAnew());
            refused(() -> host.integrations()
                    .replaceCredentials(Scene.INTEGRATION, new Credentials.ApiKey(registry.apiKey())));

            keys.fail(false);
            assertThat(host.integrations().test(Scene.INTEGRATION)).isInstanceOf(ConnectionReport.Connected.class);
            assertThat(host.masterKeys().inUse()).hasSize(1);
        }
    }

    private static void refused(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOf(UnopenableSecretException.class)
                .hasMessageContaining("key provider")
                .hasMessageContaining("try again")
                .hasNoCause()
                .hasMessageNotContaining(TestKeys.TELLTALE);
    }
}

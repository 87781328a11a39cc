package io.membersync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.conflict.Conflict;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.run.RunId;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnMemberTableTest {

    private static final OrganizationId US = OrganizationId.of("us");
    private static final IntegrationId CORNERSTONE = IntegrationId.of("us-cornerstone");
    private static final String TABLE = "CREATE TABLE app_member (id VARCHAR(40) PRIMARY KEY, version BIGINT NOT NULL,"
            + " organization VARCHAR(40) NOT NULL, member_no VARCHAR(40), first_name VARCHAR(200),"
            + " last_name VARCHAR(200), email VARCHAR(200), status VARCHAR(20), notes VARCHAR(200) DEFAULT 'ours')";

    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(40).start();
    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

    @BeforeEach
    void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    @AfterEach
    void close() {
        registry.close();
        database.dispose();
    }

    @Test
    void fillsTheHostsTableAndLeavesItsOtherColumnsAlone() throws SQLException {
        try (MemberSyncEngine engine = engine(OwnMemberTable.storage(database))) {
            fullSync(engine);
        }

        assertThat(column("SELECT id FROM app_member WHERE last_name IS NOT NULL AND notes = 'ours'"))
                .hasSize(40);
        assertThat(column("SELECT last_name FROM app_member WHERE member_no = '100002'"))
                .containsExactly(registry.member("m_2")
                        .orElseThrow()
                        .text("/person/lastName")
                        .orElseThrow());
    }

    @Test
    void announcesAnEditInTheTransactionThatMakesIt() throws SQLException {
        JdbcStorage storage = OwnMemberTable.storage(database);
        try (MemberSyncEngine engine = engine(storage)) {
            fullSync(engine);
            String member = column("SELECT id FROM app_member WHERE member_no = '100002'")
                    .get(0);

            OwnMemberTable.changeEmail(database, storage, engine, member, "new@example.test");
            registry.update("m_2", "{\"contact\":{\"email\":\"other@example.test\"}}");
            fullSync(engine);

            // Both sides changed it, so the sync leaves the host's value and asks.
            assertThat(column("SELECT email FROM app_member WHERE member_no = '100002'"))
                    .containsExactly("new@example.test");
            assertThat(engine.as(Caller.host())
                            .conflicts()
                            .open(CORNERSTONE, Optional.empty(), 10)
                            .items())
                    .extracting(Conflict::field)
                    .containsExactly(MemberField.EMAIL);
        }
    }

    private static MemberSyncEngine engine(JdbcStorage storage) {
        MemberSyncEngine engine = MemberSyncEngine.builder(storage)
                .keys(KeyProvider.random())
                .testMode()
                .build();
        engine.start();
        return engine;
    }

    private void fullSync(MemberSyncEngine engine) {
        MemberSync sync = engine.as(Caller.host());
        sync.integrations()
                .add(IntegrationDraft.of(
                        CORNERSTONE, US, "cornerstone", registry.baseUrl(), new Credentials.ApiKey(registry.apiKey())));
        RunId run = ((StartAnswer.Queued) sync.runs().startFull(CORNERSTONE)).run();
        Awaitility.await().until(() -> !sync.runs().progress(run).run().state().active());
        assertThat(sync.runs().progress(run).run().failure()).isEmpty();
    }

    private List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }
}

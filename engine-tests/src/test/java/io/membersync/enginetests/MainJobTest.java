package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunProgress;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.storage.jdbc.JdbcStorage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job from end to end: members of a registry are brought into the host and kept right. */
class MainJobTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");
    private static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");

    @TempDir
    Path folder;

    @Test
    void bringsAllMembersIntoMemoryAndKeepsThemRight() {
        mainJob(new InMemoryStorage());
    }

    @Test
    void bringsAllMembersIntoH2AndKeepsThemRight() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:file:" + folder.resolve("host") + ";DB_CLOSE_DELAY=-1");
        JdbcStorage storage = JdbcStorage.on(dataSource);
        storage.install();
        mainJob(storage);
    }

    @Test
    void bringsAllMembersIntoPostgresAndKeepsThemRight() {
        JdbcStorage storage = JdbcStorage.on(PostgresServer.emptyDatabase());
        storage.install();
        mainJob(storage);
    }

    private static void mainJob(Storage storage) {
        try (CornerstoneSimulator registry =
                        CornerstoneSimulator.builder().members(3_000).seed(7).start();
                MemberSyncEngine engine = MemberSyncEngine.builder(storage)
                        .keys(KeyProvider.random())
                        .testMode()
                        .manualInterval(Duration.ZERO)
                        .build()) {
            engine.start();
            MemberSync sync = engine.as(Caller.organizationAdministrator("Kari", ORGANIZATION));
            sync.integrations()
                    .add(IntegrationDraft.of(
                            INTEGRATION,
                            ORGANIZATION,
                            "cornerstone",
                            registry.baseUrl(),
                            new Credentials.ApiKey(registry.apiKey())));

            Run first = finished(sync, sync.runs().startFull(INTEGRATION));
            assertThat(first.failure()).isEmpty();
            assertThat(first.counts().created()).isEqualTo(3_000);

            registry.applyRandomChanges(25, 11);
            Run delta = finished(sync, sync.runs().startDelta(INTEGRATION));
            assertThat(delta.failure()).isEmpty();

            Run quiet = finished(sync, sync.runs().startFull(INTEGRATION));
            assertThat(quiet.failure()).isEmpty();
            assertThat(quiet.counts().created()
                            + quiet.counts().updated()
                            + quiet.counts().removed())
                    .isZero();
        }
    }

    private static Run finished(MemberSync sync, StartAnswer answer) {
        RunId id = ((StartAnswer.Queued) answer).run();
        RunProgress progress = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> sync.runs().progress(id), p -> !p.run().state().active());
        assertThat(progress.run().state()).as("%s", progress.run().failure()).isEqualTo(RunState.COMPLETED);
        return progress.run();
    }
}

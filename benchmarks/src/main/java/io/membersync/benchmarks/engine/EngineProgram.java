package io.membersync.benchmarks.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.benchmarks.Subject;
import io.membersync.event.SyncEvent;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.jdbc.JdbcStorage;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The engine on PostgreSQL, with members in its own table. */
public final class EngineProgram implements Subject {

    private static final OrganizationId ORGANIZATION = OrganizationId.of("bench");
    private static final IntegrationId INTEGRATION = IntegrationId.of("bench-cornerstone");

    private final URI registry;
    private final String apiKey;
    private final HikariDataSource pool;
    private final JdbcStorage storage;
    private final MemberSyncEngine engine;
    private final MemberSync sync;
    private final BlockingQueue<Run> ended = new LinkedBlockingQueue<>();

    private EngineProgram(String database, URI registry, String apiKey) {
        this.registry = registry;
        this.apiKey = apiKey;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database);
        config.setMaximumPoolSize(4);
        this.pool = new HikariDataSource(config);
        this.storage = JdbcStorage.on(pool).install();
        // Every JVM has to open what an earlier one sealed; the registry is a simulator, so the key guards nothing.
        this.engine = MemberSyncEngine.builder(storage)
                .keys(KeyProvider.of(new KeyProvider.MasterKey("bench", new byte[32])))
                .testMode()
                .manualInterval(Duration.ZERO)
                .onSync(this::heard)
                .build();
        this.sync = engine.as(Caller.organizationAdministrator("bench", ORGANIZATION));
        engine.start();
    }

    /**
     * Serves commands.
     *
     * @param arguments the database's JDBC URL, the registry's base URL, the API key
     */
    public static void main(String[] arguments) throws Exception {
        Subject.serve(new EngineProgram(arguments[0], URI.create(arguments[1]), arguments[2]));
    }

    private void heard(SyncEvent event) {
        if (event instanceof SyncEvent.Ended end) {
            ended.add(end.run());
        }
    }

    @Override
    public void install() {
        sync.integrations()
                .add(IntegrationDraft.of(
                        INTEGRATION, ORGANIZATION, "cornerstone", registry, new Credentials.ApiKey(apiKey)));
    }

    @Override
    public String full() throws InterruptedException {
        return finished(sync.runs().startFull(INTEGRATION));
    }

    @Override
    public String delta() throws InterruptedException {
        return finished(sync.runs().startDelta(INTEGRATION));
    }

    private String finished(StartAnswer answer) throws InterruptedException {
        if (!(answer instanceof StartAnswer.Queued)) {
            throw new IllegalStateException("The run was not started: " + answer);
        }
        Run run = ended.take();
        if (run.state() != RunState.COMPLETED) {
            throw new IllegalStateException("The run ended otherwise: " + run.failure());
        }
        RunCounts counts = run.counts();
        return "read=" + counts.read() + " created=" + counts.created() + " updated=" + counts.updated() + " removed="
                + counts.removed() + " absent=" + counts.absent();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}

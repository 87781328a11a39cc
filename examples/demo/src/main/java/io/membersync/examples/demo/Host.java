package io.membersync.examples.demo;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunProgress;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** The application that embeds the library: a database in a folder of its own, the engine, and one administrator. */
final class Host implements AutoCloseable {

    static final OrganizationId ORGANIZATION = OrganizationId.of("demoforbundet");
    private static final IntegrationId INTEGRATION = IntegrationId.of("demoforbundet-cornerstone");
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final Path folder;
    private final JdbcConnectionPool database;
    private final MemberSyncEngine engine;
    private final MemberSync sync;

    private Host(Path folder, JdbcConnectionPool database, MemberSyncEngine engine) {
        this.folder = folder;
        this.database = database;
        this.engine = engine;
        this.sync = engine.as(Caller.organizationAdministrator("Kari", ORGANIZATION));
    }

    static Host start() throws IOException {
        Path folder = Files.createTempDirectory("membersync-demo-");
        JdbcConnectionPool database = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("host") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
        MemberSyncEngine engine = MemberSyncEngine.builder(
                        JdbcStorage.on(database).install())
                .keys(KeyProvider.random())
                .testMode()
                .manualInterval(Duration.ZERO)
                .build();
        engine.start();
        return new Host(folder, database, engine);
    }

    Path folder() {
        return folder;
    }

    DataSource database() {
        return database;
    }

    MemberSync sync() {
        return sync;
    }

    void connect(URI registry, String apiKey) {
        sync.integrations()
                .add(IntegrationDraft.of(
                        INTEGRATION, ORGANIZATION, "cornerstone", registry, new Credentials.ApiKey(apiKey)));
    }

    Run fullSync(Consumer<RunProgress> watcher) throws InterruptedException {
        return watch(sync.runs().startFull(INTEGRATION), watcher);
    }

    Run deltaSync(Consumer<RunProgress> watcher) throws InterruptedException {
        return watch(sync.runs().startDelta(INTEGRATION), watcher);
    }

    private Run watch(StartAnswer answer, Consumer<RunProgress> watcher) throws InterruptedException {
        if (!(answer instanceof StartAnswer.Queued queued)) {
            throw new IllegalStateException("The sync did not start: " + answer);
        }
        RunProgress progress = sync.runs().progress(queued.run());
        while (progress.run().state().active()) {
            watcher.accept(progress);
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            progress = sync.runs().progress(queued.run());
        }
        return completed(progress.run());
    }

    private static Run completed(Run run) {
        if (run.state() != RunState.COMPLETED) {
            throw new IllegalStateException("The sync ended as " + run.state()
                    + run.failure().map(Host::text).orElse(""));
        }
        return run;
    }

    private static String text(RunFailure failure) {
        return ": " + failure.message() + ". " + failure.advice();
    }

    /** Closes engine and database and deletes the folder. */
    @Override
    public void close() {
        engine.close();
        database.dispose();
        deleteFolder();
    }

    /** Deletes the folder, whatever is still open in it. */
    void deleteFolder() {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The folder " + folder + " could not be deleted", failed);
        }
    }
}

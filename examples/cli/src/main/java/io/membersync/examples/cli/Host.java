package io.membersync.examples.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.membersync.MemberSync;
import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.jdbc.JdbcStorage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/** The application that embeds the library: a database, the engine, and whoever sits at the keyboard. */
final class Host implements AutoCloseable {

    private final HikariDataSource database;
    private final JdbcStorage storage;
    private final MemberSyncEngine engine;
    private final IntegrationDraft draft;

    private Host(HikariDataSource database, JdbcStorage storage, MemberSyncEngine engine, IntegrationDraft draft) {
        this.database = database;
        this.storage = storage;
        this.engine = engine;
        this.draft = draft;
    }

    /** Opens what is there, to look at it: nothing is set up and no run goes on. */
    static Host toLookAt(Configuration configuration) {
        return open(configuration, KeyProvider.random());
    }

    /**
     * Opens everything, and sets the integration up as the configuration says, where that has changed.
     *
     * @param moved whether another endpoint than before leads to the registry that it was
     */
    static Host connected(Configuration configuration, boolean moved) throws SQLException {
        byte[] key = MasterKey.of(configuration);
        Host host = open(configuration, MasterKey.provider(key));
        try {
            SeenConfiguration seen = new SeenConfiguration(host.database, key);
            if (!seen.is(host.draft)
                    || host.sync().integrations().find(host.integration()).isEmpty()) {
                host.sync().integrations().add(moved ? host.draft.moved() : host.draft);
                seen.remember(host.draft);
            }
            return host;
        } catch (SQLException | RuntimeException refused) {
            host.close();
            throw refused;
        }
    }

    private static Host open(Configuration configuration, KeyProvider keys) {
        HikariDataSource database = configuration.database().open();
        try {
            JdbcStorage storage = JdbcStorage.on(database).install();
            MemberSyncBuilder builder =
                    MemberSyncEngine.builder(storage).keys(keys).manualInterval(Duration.ZERO);
            admit(builder, configuration);
            return new Host(database, storage, builder.build(), configuration.draft());
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    /** Lets the engine reach what the configuration admits. */
    static void admit(MemberSyncBuilder builder, Configuration configuration) {
        builder.allowTargets(configuration.allowTargets().toArray(String[]::new));
        if (configuration.testMode()) {
            builder.testMode();
        }
    }

    /** Lets runs go on, those that an earlier command left behind among them. */
    void start() {
        engine.start();
    }

    MemberSync sync() {
        return engine.as(Caller.organizationAdministrator("membersync-cli", organization()));
    }

    IntegrationId integration() {
        return Objects.requireNonNull(draft.integration());
    }

    OrganizationId organization() {
        return Objects.requireNonNull(draft.organization());
    }

    JdbcStorage storage() {
        return storage;
    }

    /** Stops at a checkpoint; what is left of a run goes on at the next command. */
    @Override
    public void close() {
        engine.close();
        database.close();
    }
}

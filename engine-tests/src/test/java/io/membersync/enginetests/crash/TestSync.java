package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.http.RetryPolicy;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The one integration of these tests, the same in every process. */
final class TestSync {

    static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");
    static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");

    // Known to every process that works on the same storage; it guards nothing but a simulator's key.
    private static final KeyProvider KEYS = KeyProvider.of(new KeyProvider.MasterKey("test", new byte[32]));
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private TestSync() {}

    static MemberSyncBuilder engine(Storage storage) {
        return MemberSyncEngine.builder(storage)
                .keys(KEYS)
                .testMode()
                .retries(RetryPolicy.NONE)
                .manualInterval(Duration.ZERO);
    }

    static MemberSync of(MemberSyncEngine engine) {
        return engine.as(Caller.organizationAdministrator("Kari", ORGANIZATION));
    }

    static void addIntegration(Storage storage, URI registry, String key, int pageSize) {
        try (MemberSyncEngine engine = engine(storage).build()) {
            of(engine)
                    .integrations()
                    .add(IntegrationDraft.of(
                                    INTEGRATION, ORGANIZATION, "cornerstone", registry, new Credentials.ApiKey(key))
                            .setting("pageSize", String.valueOf(pageSize)));
        }
    }

    static RunId started(MemberSync sync, RunKind kind) {
        StartAnswer answer = switch (kind) {
            case FULL -> sync.runs().startFull(INTEGRATION);
            case DELTA -> sync.runs().startDelta(INTEGRATION);
            case RETRY -> sync.runs().retryFailed(INTEGRATION);
            case PROPOSE -> sync.plans().propose(INTEGRATION);
            case APPLY -> throw new IllegalArgumentException("A plan starts it");
        };
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        return ((StartAnswer.Queued) answer).run();
    }

    /** Waits until a run is at rest: completed, failed, cancelled or paused. */
    static Run atRest(MemberSync sync, RunId id) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> sync.runs().progress(id).run(), run -> !run.state().active());
    }

    static Run completed(MemberSync sync, RunId id) {
        Run run = atRest(sync, id);
        assertThat(run.state()).as("%s", run.failure()).isEqualTo(RunState.COMPLETED);
        return run;
    }

    /** Runs a sync from start to end with an engine of its own. */
    static Run synced(MemberSyncBuilder builder, RunKind kind) {
        try (MemberSyncEngine engine = builder.build()) {
            engine.start();
            MemberSync sync = of(engine);
            return completed(sync, started(sync, kind));
        }
    }

    /** The newest run, as it is stored. */
    static Run newestRun(Storage storage) {
        return storage.inTransaction(session -> session.runs()
                .list(INTEGRATION, java.util.Optional.empty(), 1)
                .items()
                .get(0));
    }
}

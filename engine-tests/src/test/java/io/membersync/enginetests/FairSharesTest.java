package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker, a long run that has it, and another organization that waits. */
@Requirement("R22")
class FairSharesTest {

    private static final int MANY = 200;
    private static final int FEW = 10;
    private static final IntegrationId LONG = IntegrationId.of("long-one");
    private static final IntegrationId SHORT = IntegrationId.of("short-one");

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.at(Instant.parse("2026-11-18T12:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch further = new CountDownLatch(1);

    private static CornerstoneSimulator registry(int members, int seed) {
        return CornerstoneSimulator.builder().members(members).seed(seed).start();
    }

    private static void add(MemberSync sync, IntegrationId id, String organization, CornerstoneSimulator registry) {
        sync.integrations()
                .add(IntegrationDraft.of(
                                id,
                                OrganizationId.of(organization),
                                "cornerstone",
                                registry.baseUrl(),
                                new Credentials.ApiKey(registry.apiKey()))
                        .setting("pageSize", "10"));
    }

    private static Run run(MemberSync sync, IntegrationId id) {
        return sync.runs().list(id, Optional.empty(), 1).items().get(0);
    }

    /** Lets pages through up to one in the middle of the listing, until it is told to go further. */
    private boolean holds() {
        if (asked.incrementAndGet() < 8) {
            return false;
        }
        reached.countDown();
        try {
            return !further.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aLongRunGivesWayAfterItsTurnAndGoesOnWhereItWas() throws InterruptedException {
        try (CornerstoneSimulator many = registry(MANY, 3);
                CornerstoneSimulator few = registry(FEW, 4);
                MemberSyncEngine engine = MemberSyncEngine.builder(
                                Place.H2_FILE.open(folder).storage())
                        .time(time)
                        .keys(KeyProvider.random())
                        .parallelRuns(1)
                        .testMode()
                        .build()) {
            MemberSync sync = engine.as(Caller.host());
            add(sync, LONG, "north", many);
            add(sync, SHORT, "south", few);
            many.faults().on("GET /members").when(request -> holds()).then(Fault.delay(Duration.ofMillis(1)));
            engine.start();
            sync.runs().startFull(LONG);
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();

            sync.runs().startFull(SHORT);
            time.advance(Duration.ofMinutes(11));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> run(sync, SHORT).state() == RunState.COMPLETED);
            assertThat(run(sync, LONG).state().over()).isFalse();
            assertThat(run(sync, LONG).counts().read()).isBetween(10L, (long) MANY - 10);

            further.countDown();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> run(sync, LONG).state() == RunState.COMPLETED);
            assertThat(run(sync, LONG).counts().read()).isEqualTo(MANY);
            assertThat(run(sync, LONG).counts().created()).isEqualTo(MANY);
        }
    }
}

package io.membersync.connector.consio;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.Fault;
import io.membersync.http.Credentials;
import io.membersync.http.RetryPolicy;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.engine.SettableTime;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine over this connector: ids that are numbers, absences, a key that is stopped, a plan without webhooks. */
@Requirement({"A2", "B7", "R1"})
class WholeSyncTest {

    private static final IntegrationId INTEGRATION = IntegrationId.of("hlf-consio");
    private static final int MEMBERS = 1_130;

    private final SettableTime time = SettableTime.at(Instant.parse("2026-03-02T10:00:00Z"));
    private ConsioSimulator registry;
    private ManualEngine engine;
    private MemberSync sync;

    @BeforeEach
    void start() {
        registry = ConsioSimulator.builder()
                .members(MEMBERS)
                .time(time)
                .webhooks(true)
                .strict(true)
                .start();
        engine = ManualEngine.builder(new InMemoryStorage())
                .time(time)
                .with(builder -> builder.testMode()
                        .manualInterval(Duration.ZERO)
                        .retries(RetryPolicy.NONE)
                        .batches(1, 1, Duration.ofHours(1)))
                .build();
        sync = engine.host();
        sync.integrations()
                .add(IntegrationDraft.of(
                        INTEGRATION,
                        OrganizationId.of("hlf"),
                        "consio",
                        registry.baseUrl(),
                        new Credentials.ApiKey(registry.apiKey())));
    }

    @AfterEach
    void stop() {
        engine.close();
        registry.close();
    }

    private List<String> ended(Run run) {
        return sync
                .audit()
                .find(AuditQuery.of(OrganizationId.of("hlf")).only(AuditKind.MEMBER_TERMINATED))
                .items()
                .stream()
                .filter(entry -> entry.run().equals(Optional.of(run.id().value())))
                .flatMap(entry -> entry.externalId().stream())
                .map(Object::toString)
                .toList();
    }

    @Test
    void leaversAreFoundAmongIdsThatAreNumbers() {
        assertThat(engine.fullSync(INTEGRATION).counts().created()).isEqualTo(MEMBERS);
        for (long id : new long[] {2, 9, 10, 99, 100, 101, 999, 1_000, 1_130}) {
            registry.delete(id);
        }

        Run run = engine.fullSync(INTEGRATION);

        assertThat(run.state()).isEqualTo(RunState.COMPLETED);
        assertThat(ended(run)).containsExactlyInAnyOrder("2", "9", "10", "99", "100", "101", "999", "1000", "1130");
        registry.assertNoViolations();
    }

    @Test
    void aKeyStoppedBetweenPagesKeepsThePlaceAndEndsNobody() {
        engine.fullSync(INTEGRATION);
        registry.faults().on("GET /medlemmer").from(4).times(1).then(call -> {
            registry.stopKey();
            return call.proceed();
        });
        registry.delete(500);

        Run stopped = engine.fullSync(INTEGRATION);

        assertThat(stopped.state()).isEqualTo(RunState.FAILED);
        assertThat(stopped.failure().flatMap(RunFailure::fault)).contains(Fault.CREDENTIALS);
        assertThat(ended(stopped)).isEmpty();
        long before = registry.requests().count("GET /medlemmer");
        registry.restoreKey();

        Run resumed = engine.resume(stopped.id());

        assertThat(resumed.state()).isEqualTo(RunState.COMPLETED);
        assertThat(ended(resumed)).containsExactly("500");
        assertThat(registry.requests().count("GET /medlemmer") - before).isLessThan(11);
    }

    @Test
    void aDeltaAppliesChangesDeletionsAndMergesOnceThoughItReadsThemTwice() {
        engine.fullSync(INTEGRATION);
        time.advance(Duration.ofMinutes(10));
        registry.update(7, "{\"epost\":\"ny@example.test\"}");
        registry.delete(8);
        registry.merge(9, 10);

        Run first = engine.deltaSync(INTEGRATION);
        Run second = engine.deltaSync(INTEGRATION);

        assertThat(first.counts().updated()).isEqualTo(1);
        assertThat(first.counts().removed()).isEqualTo(2);
        assertThat(second.counts().read()).as("what is read again").isPositive();
        assertThat(second.counts().updated()
                        + second.counts().removed()
                        + second.counts().created())
                .isZero();
    }

    @Test
    void aPlanWithoutWebhooksOffersTheFullSyncAlone() {
        engine.fullSync(INTEGRATION);
        registry.webhooks(false);

        assertThat(sync.runs().startDelta(INTEGRATION))
                .isInstanceOfSatisfying(
                        StartAnswer.Unavailable.class,
                        answer -> assertThat(answer.reason()).contains("no webhooks"));
        assertThat(engine.fullSync(INTEGRATION).state()).isEqualTo(RunState.COMPLETED);
    }
}

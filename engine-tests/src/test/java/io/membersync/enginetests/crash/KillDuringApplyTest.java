package io.membersync.enginetests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.membersync.MemberSync;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.enginetests.crash.FailingStorage.Moment;
import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Lets every single transaction fail while an approved plan is applied: it is applied in the end, and once. */
@Requirement({"R3", "B4"})
class KillDuringApplyTest {

    private static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");
    private static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");
    private static final int MEMBERS = 30;
    private static final int GONE = 9;

    private final KeyProvider keys = KeyProvider.random();
    private final CornerstoneSimulator registry =
            CornerstoneSimulator.builder().members(MEMBERS).seed(5).start();
    private final Logger library = (Logger) LoggerFactory.getLogger("io.membersync");

    @BeforeEach
    void expectFailures() {
        library.setLevel(Level.OFF);
    }

    @AfterEach
    void close() {
        library.setLevel(null);
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void comesToTheSameWhicheverTransactionFails(Moment moment) {
        int done = 0;
        // The first time nothing fails, to count.
        for (int n = 0; n <= done; n++) {
            registry.reset();
            InMemoryStorage storage = new InMemoryStorage();
            Plan plan = held(storage);
            FailingStorage failing = new FailingStorage(storage, n, moment, true);
            failing.count(true);
            applyOn(failing, plan);
            done = n == 0 ? failing.done() : done;

            carryOn(storage, plan);

            assertApplied(storage, plan, "transaction " + n);
        }
        assertThat(done).isGreaterThan(5);
    }

    private ManualEngine engine(Storage storage) {
        return ManualEngine.builder(storage).keys(keys).build();
    }

    private Plan held(Storage storage) {
        try (ManualEngine engine = engine(storage)) {
            engine.host()
                    .integrations()
                    .add(IntegrationDraft.of(
                            INTEGRATION,
                            ORGANIZATION,
                            "cornerstone",
                            registry.baseUrl(),
                            new Credentials.ApiKey(registry.apiKey())));
            engine.fullSync(INTEGRATION);
            for (int i = 1; i <= GONE; i++) {
                registry.delete("m_" + i, "resigned");
            }
            assertThat(engine.fullSync(INTEGRATION).state()).isEqualTo(RunState.HELD);
            return newest(engine.host());
        }
    }

    private static Plan newest(MemberSync sync) {
        return sync.plans()
                .list(INTEGRATION, Set.of(), Optional.empty(), 1)
                .items()
                .get(0);
    }

    private void applyOn(Storage failing, Plan plan) {
        try (ManualEngine engine = engine(failing)) {
            engine.host().plans().approve(plan.id(), plan.contents().digest(), "They left");
            engine.tick();
        } catch (RuntimeException died) {
            // What is stored tells how far it came.
        }
    }

    private void carryOn(Storage storage, Plan plan) {
        try (ManualEngine engine = engine(storage)) {
            engine.tick();
            MemberSync sync = engine.host();
            if (newest(sync).state() == PlanState.WAITING) {
                assertThat(sync.plans().approve(plan.id(), plan.contents().digest(), "They left"))
                        .isInstanceOf(StartAnswer.Queued.class);
                engine.tick();
            }
            Run last =
                    sync.runs().list(INTEGRATION, Optional.empty(), 1).items().get(0);
            if (last.state() == RunState.FAILED) {
                engine.resume(last.id());
            }
        }
    }

    private void assertApplied(Storage storage, Plan plan, String when) {
        try (ManualEngine engine = engine(storage)) {
            Plan applied = engine.host().plans().look(plan.id());
            assertThat(applied.state()).as(when).isEqualTo(PlanState.APPLIED);
            assertThat(applied.contents().applied()).as(when).isEqualTo(GONE);
            assertThat(engine.host()
                            .audit()
                            .find(AuditQuery.of(ORGANIZATION).only(AuditKind.MEMBER_TERMINATED))
                            .items())
                    .as(when)
                    .hasSize(GONE);
            assertThat(storage.<Long>inTransaction(session -> session.links().count(INTEGRATION)))
                    .as(when)
                    .isEqualTo(MEMBERS - GONE);
        }
    }
}

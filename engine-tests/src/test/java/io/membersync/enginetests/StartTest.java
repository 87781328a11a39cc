package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.http.Credentials;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchReview;
import io.membersync.model.Caller;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Plans;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncControl;
import io.membersync.run.Trigger;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a run may be started, and what becomes of a wish that nobody was there to hear. */
class StartTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private Scene scene;
    private SyncControl person;

    @BeforeEach
    void start() {
        scene = Scene.on(new MemoryHost()).members(20, 3).pageSize(5).start();
        person = scene.engine()
                .as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION))
                .runs();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void aPersonWaitsFiveMinutesBetweenTwoRuns() {
        scene.full();
        Run manual = carriedOut(person.startFull(Scene.INTEGRATION));
        assertThat(manual.trigger()).isEqualTo(Trigger.MANUAL);
        Instant next = manual.queuedAt().plus(INTERVAL);

        scene.time().advance(Duration.ofSeconds(10));
        assertRefusedUntil(next);
        scene.time().set(next.minusNanos(1));
        assertRefusedUntil(next);

        scene.time().set(next);
        carriedOut(person.startDelta(Scene.INTEGRATION));
        assertRefusedUntil(next.plus(INTERVAL));
    }

    private void assertRefusedUntil(Instant next) {
        SyncControl other = scene.engine().as(Caller.globalAdministrator("Ola")).runs();
        for (SyncControl runs : List.of(person, other)) {
            assertThat(runs.startFull(Scene.INTEGRATION)).isEqualTo(new StartAnswer.RefusedUntil(next));
            assertThat(runs.startDelta(Scene.INTEGRATION)).isEqualTo(new StartAnswer.RefusedUntil(next));
            assertThat(runs.retryFailed(Scene.INTEGRATION)).isEqualTo(new StartAnswer.RefusedUntil(next));
        }
    }

    @Test
    void theHostsOwnTriggerIsNotLimited() {
        scene.full();
        carriedOut(person.startFull(Scene.INTEGRATION));

        assertThat(scene.delta().trigger()).isEqualTo(Trigger.SCHEDULED);
        assertThat(scene.full().trigger()).isEqualTo(Trigger.SCHEDULED);
        assertThat(scene.retry().trigger()).isEqualTo(Trigger.SCHEDULED);
    }

    @Test
    void theFirstFullSyncDoesNotCountAsAPersons() {
        assertThat(carriedOut(person.startFull(Scene.INTEGRATION)).trigger()).isEqualTo(Trigger.INITIAL);

        assertThat(carriedOut(person.startFull(Scene.INTEGRATION)).trigger()).isEqualTo(Trigger.MANUAL);
    }

    @Test
    void aDeltaNeedsAFullSyncBefore() {
        assertThat(person.startDelta(Scene.INTEGRATION))
                .isInstanceOfSatisfying(
                        StartAnswer.Unavailable.class,
                        answer -> assertThat(answer.reason()).contains("full sync"));
        assertThat(person.list(Scene.INTEGRATION, Optional.empty(), 10).items()).isEmpty();

        scene.full();
        carriedOut(person.startDelta(Scene.INTEGRATION));
    }

    @Test
    void aRunThatWaitsIsInTheWayOfAnother() {
        RunId waiting = queued(person.startFull(Scene.INTEGRATION));

        assertThat(person.startFull(Scene.INTEGRATION))
                .isEqualTo(new StartAnswer.AlreadyActive(waiting, RunState.QUEUED));
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"PAUSED", "CANCELLED"})
    void whatWasAskedOfADeadWorkerHoldsForTheNext(RunState wish) {
        RunId run = queued(person.startFull(Scene.INTEGRATION));
        // As a worker leaves it that died at its first page.
        scene.host().storage().inTransaction(session -> {
            Run taken =
                    session.runs().find(run).orElseThrow().taken(scene.time().instant(), 0);
            session.runs().save(taken);
            return taken;
        });
        if (wish == RunState.PAUSED) {
            person.pause(run);
        } else {
            person.cancel(run);
        }
        assertThat(person.progress(run).run().state()).isEqualTo(RunState.RUNNING);
        scene.registry().requests().clear();

        try (ManualEngine next =
                ManualEngine.builder(scene.host().storage()).time(scene.time()).build()) {
            next.tick();
        }

        assertThat(person.progress(run).run().state()).isEqualTo(wish);
        assertThat(scene.registry().requests().count()).isZero();
        if (wish == RunState.PAUSED) {
            assertThat(carriedOut(person.resume(run)).counts().created()).isEqualTo(20);
        } else {
            assertThat(person.resume(run)).isInstanceOf(StartAnswer.Unavailable.class);
        }
    }

    @Test
    void aRunThatNobodyWorksOnIsCancelledAtOnceAndAudited() {
        RunId run = queued(person.startFull(Scene.INTEGRATION));

        person.pause(run);
        assertThat(person.progress(run).run().state()).isEqualTo(RunState.PAUSED);
        assertThat(auditedEnds()).isEmpty();
        person.cancel(run);
        assertThat(person.progress(run).run().state()).isEqualTo(RunState.CANCELLED);

        assertThat(auditedEnds()).containsExactly("FULL CANCELLED");
        carriedOut(person.startFull(Scene.INTEGRATION));
    }

    @Test
    void whatWasAskedOfADeadWorkerIsAudited() {
        whatWasAskedOfADeadWorkerHoldsForTheNext(RunState.CANCELLED);

        assertThat(auditedEnds()).containsExactly("FULL CANCELLED");
    }

    @Test
    void anIntegrationDoesNotLeadToOtherPeopleUnlessItIsSaidThatTheyAreTheSame() {
        scene.full();
        try (CornerstoneSimulator other =
                CornerstoneSimulator.builder().members(20).seed(99).start()) {
            IntegrationDraft elsewhere = IntegrationDraft.of(
                    Scene.INTEGRATION,
                    HostSide.ORGANIZATION,
                    "cornerstone",
                    other.baseUrl(),
                    new Credentials.ApiKey(other.apiKey()));

            assertThatThrownBy(() -> scene.engine().host().integrations().add(elsewhere))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("20 members are linked")
                    .hasMessageContaining("moved()");
            Rows.assertSame("untouched", scene.activeRows(), RegistryRow.all(scene.registry()));

            scene.engine().host().integrations().add(elsewhere.moved());
            scene.full();

            // Whoever has a name in common with the one before may be the same.
            List<MatchReview> asked = MatchingTest.reviews(scene);
            assertThat(asked).hasSizeGreaterThan(15).allMatch(review -> review.doubt() == Doubt.ANOTHER_PERSON);
            asked.forEach(review -> MatchingTest.matches(scene)
                    .link(review, review.candidates().get(0).member(), "They are the same"));
            Run decided = scene.engine().fullSync(Scene.INTEGRATION);
            if (decided.state() == RunState.HELD) {
                approveWhatWaits();
            }
            Rows.assertSame("moved", scene.activeRows(), RegistryRow.all(other));
        }
    }

    private void approveWhatWaits() {
        Plans plans = scene.engine().host().plans();
        Plan plan = plans.list(Scene.INTEGRATION, Set.of(PlanState.WAITING), Optional.empty(), 10)
                .items()
                .get(0);
        plans.approve(plan.id(), plan.contents().digest(), "They are the same");
        scene.engine().tick();
    }

    private List<String> auditedEnds() {
        return scene
                .host()
                .storage()
                .inTransaction(session -> session.audit()
                        .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.RUN))
                        .items())
                .stream()
                .map(AuditEntry::summary)
                .toList();
    }

    private Run carriedOut(StartAnswer answer) {
        RunId run = queued(answer);
        scene.engine().tick();
        return Scene.completed(person.progress(run).run());
    }

    private static RunId queued(StartAnswer answer) {
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        return ((StartAnswer.Queued) answer).run();
    }
}

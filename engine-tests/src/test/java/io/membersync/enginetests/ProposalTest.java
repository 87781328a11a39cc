package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.StaleVersionException;
import io.membersync.http.RetryPolicy;
import io.membersync.mapping.Scope;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.plan.ChangeKind;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.run.Preview;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan of what a full sync would do: kept, shown, decided about, and applied exactly. */
@Requirement({"B9", "R3"})
class ProposalTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void isKeptWithoutAChangeAndAppliedExceptForTheOneThatMoved(Place place) {
        try (Scene scene = changed(Scene.on(place.open(folder)))) {
            Map<String, String> before = Dump.of(scene);
            Preview preview = scene.engine().host().runs().preview(Scene.INTEGRATION, 0);
            scene.registry().requests().clear();

            Run run = propose(scene);

            assertThat(run.kind()).isEqualTo(RunKind.PROPOSE);
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(Dump.of(scene)).isEqualTo(before);
            assertThat(scene.registry().requests().requests())
                    .isNotEmpty()
                    .allMatch(request -> request.route().startsWith("GET "));
            Plan plan = plan(scene);
            assertThat(plan.origin()).isEqualTo(Plan.Origin.PREVIEW);
            assertThat(plan.contents().digest()).hasSize(64);
            assertThat(plan.contents().counts().count(ChangeKind.CREATE))
                    .isEqualTo(preview.counts().created());
            assertThat(plan.contents().counts().count(ChangeKind.REMOVE))
                    .isEqualTo(preview.counts().removed() + preview.counts().absent());
            assertThat(changes(scene, plan))
                    .extracting(change -> change.externalId().value())
                    .contains("m_1", "m_2", "m_20", "m_9");

            scene.time().advance(Duration.ofMinutes(10));
            scene.edit("m_2", MemberField.CITY, FieldValue.text("Hamar"));
            Run applied = approve(scene, plan);

            assertThat(applied.kind()).isEqualTo(RunKind.APPLY);
            assertThat(changes(scene, plan))
                    .filteredOn(change -> change.outcome() != Outcome.APPLIED)
                    .extracting(change -> change.externalId().value())
                    .containsExactly("m_2");
            assertThat(scene.engine().host().plans().look(plan.id()).contents().stale())
                    .isEqualTo(1);
            assertThat(scene.row("m_2")).containsEntry("city", "Hamar");
            assertThat(scene.row("m_1")).containsEntry("city", "Bodø");
            assertThat(scene.activeRows()).doesNotContainKeys("m_20", "m_21");
            assertThat(scene.conflicts()).isNotEmpty();
            Run rest = scene.full();
            assertThat(rest.counts().created() + rest.counts().removed()).isZero();
        }
    }

    @Test
    void noneIsMadeOfAnIntegrationThatIsDisabled() {
        try (Scene scene = Scene.on(new MemoryHost()).members(3, 4).start()) {
            scene.full();
            scene.engine().host().integrations().disable(Scene.INTEGRATION);
            long before = scene.registry().requests().count();

            StartAnswer answer = scene.engine().host().plans().propose(Scene.INTEGRATION);

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            StartAnswer.Unavailable.class,
                            refused -> assertThat(refused.reason()).contains("disabled"));
            assertThat(scene.engine().tick()).isEmpty();
            assertThat(scene.registry().requests().count()).isEqualTo(before);
        }
    }

    @Test
    void theSameWorldGivesTheSameDigestAndTheNewerProposalCounts() {
        try (Scene scene = changed(Scene.on(new MemoryHost()))) {
            propose(scene);
            Plan first = plan(scene);
            scene.time().advance(Duration.ofMinutes(1));
            propose(scene);
            Plan second = plan(scene);

            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.contents()).isEqualTo(first.contents());
            assertThat(scene.engine().host().plans().look(first.id()).state()).isEqualTo(PlanState.SUPERSEDED);
            scene.registry().update("m_1", "{\"address\":{\"city\":\"Vadsø\"}}");
            propose(scene);
            assertThat(plan(scene).contents().digest())
                    .isNotEqualTo(second.contents().digest());
        }
    }

    @Test
    void oneThatBrokeOffGoesOnWhereItWas() {
        try (Scene scene = changed(Scene.on(new MemoryHost())
                .options(builder -> builder.retries(RetryPolicy.NONE).batches(1, 1, Duration.ofHours(1))))) {
            scene.configure(draft -> draft.setting("pageSize", "10"));
            propose(scene);
            Plan whole = plan(scene);
            scene.registry().faults().on("GET /members").from(4).times(1).then(Fault.status(500));
            StartAnswer answer = scene.engine().host().plans().propose(Scene.INTEGRATION);
            Run broken = scene.engine().tick().get(0);
            assertThat(answer).isEqualTo(new StartAnswer.Queued(broken.id()));
            assertThat(broken.state()).isEqualTo(RunState.FAILED);
            assertThat(plan(scene))
                    .as("it holds nothing that can be looked at yet")
                    .isEqualTo(whole);

            Scene.completed(scene.engine().resume(broken.id()));

            assertThat(plan(scene).id()).isNotEqualTo(whole.id());
            assertThat(plan(scene).contents()).isEqualTo(whole.contents());
        }
    }

    @Test
    void isDecidedAboutLikeAnyPlan() {
        try (Scene scene = changed(Scene.on(new MemoryHost()))) {
            Map<String, ?> before = scene.activeRows();
            propose(scene);
            Plan plan = plan(scene);
            var plans = scene.engine().host().plans();
            assertThatThrownBy(() -> plans.approve(plan.id(), "0".repeat(64), "blind"))
                    .isInstanceOf(StaleVersionException.class);

            plans.reject(plan.id(), "not now");

            assertThat(plans.look(plan.id()).state()).isEqualTo(PlanState.REJECTED);
            assertThat(scene.activeRows()).isEqualTo(before);
            propose(scene);
            Plan late = plan(scene);
            scene.time().advance(Duration.ofDays(8));
            assertThat(plans.approve(late.id(), late.contents().digest(), "too late"))
                    .isInstanceOf(StartAnswer.Unavailable.class);
            assertThat(scene.activeRows()).isEqualTo(before);
            scene.full();
            assertThat(scene.engine()
                            .host()
                            .audit()
                            .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.PLAN))
                            .items())
                    .extracting(AuditEntry::summary)
                    .anySatisfy(told -> assertThat(told).contains("Plan rejected"))
                    .anySatisfy(told -> assertThat(told)
                            .contains("Plan expired")
                            .contains(late.id().value()));
        }
    }

    @Test
    void thereIsNoneWhereNothingWouldChange() {
        try (Scene scene = MassChangeTest.scene(Scene.on(new MemoryHost()), 20)) {
            assertThat(propose(scene).state()).isEqualTo(RunState.COMPLETED);
            assertThat(MassChangeTest.plans(scene)).isEmpty();
        }
    }

    @Test
    void ofAChangedConfigurationPutsItInForceByApproval() {
        try (Scene scene = changed(Scene.on(new MemoryHost()))) {
            scene.full();
            scene.registry().update("m_3", "{\"membership\":{\"status\":\"LAPSED\"}}");
            scene.delta();
            scene.configure(draft -> draft.scope(Scope.EVERYBODY.only(MemberField.STATUS, "ACTIVE")));

            propose(scene);
            Plan plan = plan(scene);

            assertThat(plan.origin()).isEqualTo(Plan.Origin.CONFIGURATION);
            assertThat(changes(scene, plan))
                    .extracting(change -> change.externalId().value())
                    .contains("m_3");
            assertThat(scene.delta().kind()).isEqualTo(RunKind.DELTA);
            approve(scene, plan);
            assertThat(scene.activeRows()).doesNotContainKey("m_3");
            assertThat(scene.delta().kind()).isEqualTo(RunKind.DELTA);
        }
    }

    private static Scene changed(Scene.Setup setup) {
        Scene scene = MassChangeTest.scene(setup, 60);
        scene.time().advance(Duration.ofDays(2));
        for (int i = 1; i <= 4; i++) {
            scene.registry().update("m_" + i, "{\"address\":{\"city\":\"Bodø\"}}");
        }
        scene.registry().delete("m_20", "RESIGNED");
        scene.registry().delete("m_21", "RESIGNED");
        scene.registry().create("{\"person\":{\"firstName\":\"Kari\",\"lastName\":\"Fersk\"}}");
        scene.edit("m_9", MemberField.LAST_NAME, FieldValue.text("Redigert"));
        scene.registry().update("m_9", "{\"person\":{\"lastName\":\"Endret\"}}");
        return scene;
    }

    private static Run propose(Scene scene) {
        return ended(scene, scene.engine().host().plans().propose(Scene.INTEGRATION));
    }

    private static Run approve(Scene scene, Plan plan) {
        return ended(
                scene,
                scene.engine().host().plans().approve(plan.id(), plan.contents().digest(), "looked at"));
    }

    private static Run ended(Scene scene, StartAnswer answer) {
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        scene.engine().tick();
        RunId run = ((StartAnswer.Queued) answer).run();
        return Scene.completed(scene.engine().host().runs().progress(run).run());
    }

    private static Plan plan(Scene scene) {
        List<Plan> plans = scene.engine()
                .host()
                .plans()
                .list(Scene.INTEGRATION, Set.of(PlanState.WAITING), Optional.empty(), 10)
                .items();
        assertThat(plans).hasSize(1);
        return plans.get(0);
    }

    private static List<PlannedChange> changes(Scene scene, Plan plan) {
        return scene.engine()
                .host()
                .plans()
                .changes(plan.id(), Optional.empty(), 1_000)
                .items();
    }
}

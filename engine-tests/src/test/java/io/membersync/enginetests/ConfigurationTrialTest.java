package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.http.RetryPolicy;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchOrder;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.ChangeTally.Counted;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange;
import io.membersync.run.PlannedChange.Outcome;
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
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A configuration that would do much harm is not in force before a person has seen what it comes to. */
@Requirement({"R23", "B8", "D1", "D4", "C1"})
class ConfigurationTrialTest {

    private static final int MEMBERS = 60;
    private static final int OUTSIDE = 36;
    private static final Scope ACTIVE = Scope.EVERYBODY.only(MemberField.STATUS, "ACTIVE");
    private static final String LAPSED = "{\"membership\":{\"status\":\"LAPSED\"}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void aScopeThatDropsSixtyPercentWaitsForApprovalAndShowsExactlyWho(Place place) {
        try (Scene scene = partlyLapsed(Scene.on(place.open(folder)))) {
            Map<String, SortedMap<String, String>> before = scene.activeRows();
            scene.configure(draft -> draft.scope(ACTIVE));
            scene.registry().update("m_50", "{\"address\":{\"city\":\"Bodø\"}}");

            Run tried = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(tried.kind()).isEqualTo(RunKind.FULL);
            assertThat(tried.state()).isEqualTo(RunState.HELD);
            Rows.assertSame("nothing is applied", scene.activeRows(), before);
            Plan plan = waiting(scene);
            assertThat(plan.origin()).isEqualTo(Plan.Origin.CONFIGURATION);
            assertThat(plan.contents().counts().count(ChangeKind.REMOVE)).isEqualTo(OUTSIDE);
            assertThat(changes(scene, plan))
                    .filteredOn(change -> change.kinds().contains(Counted.of(ChangeKind.REMOVE)))
                    .extracting(change -> change.externalId().value())
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, OUTSIDE)
                            .mapToObj(i -> "m_" + i)
                            .toList());

            // Until then the configuration before is in force: what changes goes on, and nobody leaves by and by.
            for (int i = 1; i <= 5; i++) {
                scene.registry().update("m_" + i, "{\"address\":{\"city\":\"Vadsø\"}}");
                scene.time().advance(Duration.ofHours(5));
                Run delta = scene.delta();
                assertThat(delta.kind()).isEqualTo(RunKind.DELTA);
                assertThat(delta.counts().removed()).isZero();
            }
            assertThat(scene.full().counts().removed()).isZero();
            Rows.assertSame("as ever", scene.activeRows(), RegistryRow.all(scene.registry()));
            assertThat(waiting(scene)).isEqualTo(plan);

            Run applied = approve(scene, plan);

            assertThat(applied.state()).isEqualTo(RunState.COMPLETED);
            assertThat(applied.counts().removed()).isEqualTo(OUTSIDE - 5);
            assertThat(changes(scene, plan))
                    .filteredOn(change -> change.outcome() == Outcome.STALE)
                    .extracting(change -> change.externalId().value())
                    .contains("m_1", "m_2", "m_3", "m_4", "m_5");
            assertThat(scene.full().counts().removed()).as("read anew").isEqualTo(5);
            assertThat(scene.activeRows()).hasSize(MEMBERS - OUTSIDE);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRejectedConfigurationLeavesMembersAndComesUpAgainUntilItIsTakenBack(Place place) {
        try (Scene scene = partlyLapsed(Scene.on(place.open(folder)))) {
            Map<String, SortedMap<String, String>> before = scene.activeRows();
            scene.configure(draft -> draft.scope(ACTIVE));
            scene.engine().fullSync(Scene.INTEGRATION);
            Plan plan = waiting(scene);

            scene.engine().host().plans().reject(plan.id(), "not like that");

            Rows.assertSame("untouched", scene.activeRows(), before);
            assertThat(audit(scene))
                    .anySatisfy(entry -> assertThat(entry.summary())
                            .contains("Plan rejected")
                            .contains("still set up to ask for it"));
            assertThat(scene.delta().kind()).isEqualTo(RunKind.DELTA);
            assertThat(scene.engine().fullSync(Scene.INTEGRATION).state()).isEqualTo(RunState.HELD);
            assertThat(waiting(scene).contents().digest())
                    .isEqualTo(plan.contents().digest());
            Rows.assertSame("untouched", scene.activeRows(), before);

            scene.configure(draft -> draft.scope(Scope.EVERYBODY));

            assertThat(plans(scene, PlanState.WAITING)).isEmpty();
            assertThat(audit(scene))
                    .anySatisfy(entry -> assertThat(entry.summary()).contains("Plan superseded"));
            assertThat(scene.delta().kind()).isEqualTo(RunKind.DELTA);
            assertThat(scene.full().counts().removed()).isZero();
            Rows.assertSame("untouched", scene.activeRows(), before);
        }
    }

    @Test
    void aMappingThatBlanksFortyPercentIsNotInForceBeforeItsPlanIsApproved() {
        try (Scene scene =
                Scene.on(new MemoryHost()).members(MEMBERS, 5).pageSize(20).start()) {
            MassChange.fill(scene.registry());
            for (int i = 1; i <= MEMBERS; i++) {
                String street = i <= 24 ? "null" : "\"+47900%05d\"".formatted(i);
                scene.registry().update("m_" + i, "{\"address\":{\"street\":" + street + "}}");
            }
            scene.full();
            Map<String, SortedMap<String, String>> before = scene.activeRows();
            scene.configure(draft -> draft.mapping(mapped(scene, MemberField.MOBILE, "address.street")));

            assertThat(scene.engine().deltaSync(Scene.INTEGRATION).state()).isEqualTo(RunState.HELD);

            Rows.assertSame("nothing is applied", scene.activeRows(), before);
            Plan plan = waiting(scene);
            assertThat(plan.origin()).isEqualTo(Plan.Origin.CONFIGURATION);
            assertThat(plan.contents().counts().count(ChangeKind.BLANKING)).isEqualTo(24);
            scene.registry().update("m_1", "{\"contact\":{\"mobile\":\"+4799999999\"}}");
            scene.delta();
            assertThat(scene.row("m_1")).as("by the mapping in force").containsEntry("mobile", "+4799999999");

            approve(scene, plan);
            scene.full();

            assertThat(scene.activeRows().values())
                    .filteredOn(row -> !row.containsKey("mobile"))
                    .hasSize(24);
        }
    }

    @Test
    void aMappingThatRewritesFortyPercentIsHeldWholeAndNotUpToTheLimit() {
        try (Scene scene =
                Scene.on(new MemoryHost()).members(160, 5).pageSize(50).start()) {
            MassChange.fill(scene.registry());
            for (int i = 1; i <= 160; i++) {
                String street = i <= 64 ? "Bodø" : "Oslo";
                scene.registry().update("m_" + i, "{\"address\":{\"street\":\"" + street + "\"}}");
            }
            scene.full();
            Map<String, SortedMap<String, String>> before = scene.activeRows();
            scene.configure(draft -> draft.mapping(mapped(scene, MemberField.CITY, "address.street")));

            assertThat(scene.engine().fullSync(Scene.INTEGRATION).state()).isEqualTo(RunState.HELD);

            Rows.assertSame("nothing is applied", scene.activeRows(), before);
            assertThat(waiting(scene).contents().counts().count(new Counted(ChangeKind.UPDATE, "city")))
                    .isEqualTo(64);
            approve(scene, waiting(scene));
            assertThat(scene.activeRows().values())
                    .filteredOn(row -> "Bodø".equals(row.get("city")))
                    .hasSize(64);
            assertThat(scene.full().counts().updated()).isZero();
        }
    }

    @Test
    void rulesThatBlankFortyPercentAreNotInForceBeforeTheirPlanIsApproved() {
        try (Scene scene = MassChangeTest.scene(Scene.on(new MemoryHost()), MEMBERS)) {
            var rules = scene.engine().host().rules();
            rules.set(HostSide.ORGANIZATION, FieldCategory.CONTACT_DETAILS, Rule.APP_WINS);
            for (int i = 1; i <= 24; i++) {
                scene.registry().update("m_" + i, "{\"contact\":{\"mobile\":null}}");
                scene.edit("m_" + i, MemberField.MOBILE, FieldValue.text("+479100000" + i));
            }
            scene.full();
            Map<String, SortedMap<String, String>> before = scene.activeRows();
            assertThat(before.get("m_1")).containsEntry("mobile", "+4791000001");
            rules.set(HostSide.ORGANIZATION, FieldCategory.CONTACT_DETAILS, Rule.EXTERNAL_WINS);

            Run tried = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(tried.state()).isEqualTo(RunState.HELD);
            Rows.assertSame("nothing is applied", scene.activeRows(), before);
            assertThat(rules.newest(HostSide.ORGANIZATION).effectiveAt()).isEmpty();
            Plan plan = waiting(scene);
            assertThat(plan.contents().counts().count(ChangeKind.BLANKING)).isEqualTo(24);
            assertThat(scene.delta().rules()).contains(1L);
            assertThat(scene.full().rules()).contains(1L);
            Rows.assertSame("nothing is applied", scene.activeRows(), before);

            approve(scene, plan);

            assertThat(rules.newest(HostSide.ORGANIZATION).effectiveAt()).isPresent();
            assertThat(scene.activeRows().values())
                    .filteredOn(row -> !row.containsKey("mobile"))
                    .hasSize(24);
            assertThat(scene.delta().rules()).contains(2L);
        }
    }

    @Test
    void aTrialThatBrokeOffGoesOnAndShowsAllTheSame() {
        try (Scene scene = broken()) {
            Run held = scene.engine().resume(lastRun(scene).id());

            assertThat(held.state()).isEqualTo(RunState.HELD);
            assertThat(waiting(scene).contents().counts().count(ChangeKind.REMOVE))
                    .isEqualTo(OUTSIDE);
        }
    }

    @Test
    void aTrialThatBrokeOffTriesNothingWhenTheConfigurationHasChangedOnceMore() {
        try (Scene scene = broken()) {
            scene.configure(draft -> draft.scope(ACTIVE.only(MemberField.ROLES, "BOARD")));

            Run resumed = Scene.completed(scene.engine().resume(lastRun(scene).id()));

            assertThat(resumed.counts().removed()).isZero();
            assertThat(plans(scene, PlanState.WAITING)).isEmpty();
            Run next = scene.engine().deltaSync(Scene.INTEGRATION);
            assertThat(next.kind()).isEqualTo(RunKind.FULL);
            assertThat(next.state()).isEqualTo(RunState.HELD);
            assertThat(waiting(scene).contents().counts().count(ChangeKind.REMOVE))
                    .isEqualTo(OUTSIDE);
        }
    }

    /** A scene whose changed scope is on trial, by a run that broke off in the middle. */
    private static Scene broken() {
        Scene scene = partlyLapsed(Scene.on(new MemoryHost())
                .options(builder -> builder.retries(RetryPolicy.NONE).batches(1, 1, Duration.ofHours(1))));
        scene.configure(draft -> draft.scope(ACTIVE));
        scene.registry().faults().on("GET /members").from(2).times(1).then(Fault.status(500));
        assertThat(scene.engine().deltaSync(Scene.INTEGRATION).state()).isEqualTo(RunState.FAILED);
        return scene;
    }

    private static Run lastRun(Scene scene) {
        return scene.engine()
                .host()
                .runs()
                .list(Scene.INTEGRATION, Optional.empty(), 1)
                .items()
                .get(0);
    }

    @Test
    void whatStaysInsideTheLimitsIsInForceAfterTheNextRunWhichReadsAll() {
        try (Scene scene = MassChangeTest.scene(Scene.on(new MemoryHost()), MEMBERS)) {
            for (int i = 1; i <= 5; i++) {
                scene.registry().update("m_" + i, LAPSED);
            }
            scene.delta();
            scene.configure(draft -> draft.scope(ACTIVE).matchOrder(MatchOrder.EXTERNAL_ID_ONLY));

            Run tried = scene.delta();

            assertThat(tried.kind()).isEqualTo(RunKind.FULL);
            assertThat(tried.counts().removed()).isEqualTo(5);
            assertThat(scene.activeRows()).hasSize(MEMBERS - 5);
            scene.registry().update("m_6", LAPSED);
            Run next = scene.delta();
            assertThat(next.kind()).isEqualTo(RunKind.DELTA);
            assertThat(next.counts().removed()).isEqualTo(1);
        }
    }

    @Test
    void otherPartsOfAConfigurationAreTriedByNobody() {
        try (Scene scene = MassChangeTest.scene(Scene.on(new MemoryHost()), MEMBERS)) {
            scene.configure(draft -> draft.setting("pageSize", "7"));

            assertThat(scene.delta().kind()).isEqualTo(RunKind.DELTA);
        }
    }

    private static Scene partlyLapsed(Scene.Setup setup) {
        Scene scene = setup.members(MEMBERS, 5).pageSize(20).start();
        MassChange.fill(scene.registry());
        for (int i = 1; i <= OUTSIDE; i++) {
            scene.registry().update("m_" + i, LAPSED);
        }
        scene.full();
        return scene;
    }

    private static MappingSet mapped(Scene scene, MemberField field, String path) {
        IntegrationId id = Scene.INTEGRATION;
        MappingSet now =
                scene.engine().host().integrations().find(id).orElseThrow().mapping();
        return new MappingSet(now.mappings().stream()
                .map(mapping -> mapping.field().equals(field) ? Mapping.inbound(field, path) : mapping)
                .toList());
    }

    private static Plan waiting(Scene scene) {
        List<Plan> plans = plans(scene, PlanState.WAITING);
        assertThat(plans).hasSize(1);
        return plans.get(0);
    }

    private static List<Plan> plans(Scene scene, PlanState state) {
        return scene.engine()
                .host()
                .plans()
                .list(Scene.INTEGRATION, Set.of(state), Optional.empty(), 10)
                .items();
    }

    private static List<PlannedChange> changes(Scene scene, Plan plan) {
        return scene.engine()
                .host()
                .plans()
                .changes(plan.id(), Optional.empty(), 1_000)
                .items();
    }

    private static List<AuditEntry> audit(Scene scene) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.PLAN))
                .items();
    }

    private static Run approve(Scene scene, Plan plan) {
        StartAnswer answer =
                scene.engine().host().plans().approve(plan.id(), plan.contents().digest(), "looked at");
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        scene.engine().tick();
        RunId run = ((StartAnswer.Queued) answer).run();
        return Scene.completed(scene.engine().host().runs().progress(run).run());
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.Caller;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.ChangeKind;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange;
import io.membersync.run.PlannedChange.Outcome;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.storage.PlanItem;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held is shown, decided about, and applied exactly. */
@Requirement({"B8", "B9", "R2", "R3"})
class PlanTest {

    private static final int MEMBERS = 40;
    private static final int CHANGED = 9;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void anApprovedPlanIsAppliedExactly(Place place) {
        try (Scene scene = held(Scene.on(place.open(folder)), MassChange.PHONE_BLANKED)) {
            Plan plan = MassChangeTest.held(scene);
            assertThat(plan.contents().counts().count(ChangeKind.BLANKING)).isEqualTo(CHANGED);
            assertThat(plan.contents().digest()).hasSize(64);

            Run run = approved(scene, plan);

            assertThat(run.kind()).isEqualTo(RunKind.APPLY);
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(run.counts().updated()).isEqualTo(CHANGED);
            Rows.assertSame("applied", scene.activeRows(), RegistryRow.all(scene.registry()));
            Plan applied = plans(scene).look(plan.id());
            assertThat(applied.state()).isEqualTo(PlanState.APPLIED);
            assertThat(applied.contents().applied()).isEqualTo(CHANGED);
            assertThat(applied.contents().stale()).isZero();
            Run quiet = scene.full();
            assertThat(quiet.counts().updated() + quiet.counts().removed()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MassChange.class,
            names = {"NONE", "PAID", "MOVED_HOUSE", "MOVED_HOUSE_IN_A_LISTING"},
            mode = EnumSource.Mode.EXCLUDE)
    void whateverWasHeldIsAppliedByApproval(MassChange what) {
        try (Scene scene = held(Scene.on(new MemoryHost()), what)) {
            Map<String, SortedMap<String, String>> before = scene.activeRows();

            Run run = approved(scene, MassChangeTest.held(scene));

            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(scene.activeRows()).isNotEqualTo(before);
            Rows.assertSame("applied", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @Test
    void itsChangesAreShownBeforeAndAfter() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.PHONE_BLANKED)) {
            Plan plan = MassChangeTest.held(scene);

            List<PlannedChange> changes =
                    plans(scene).changes(plan.id(), Optional.empty(), 1_000).items();

            assertThat(changes).hasSize(CHANGED);
            assertThat(changes.get(0).externalId().value()).isEqualTo("m_1");
            assertThat(changes.get(0).member()).contains(scene.member("m_1"));
            assertThat(changes.get(0).outcome()).isEqualTo(Outcome.WAITING);
            assertThat(changes.get(0).fields()).singleElement().satisfies(change -> {
                assertThat(change.field()).isEqualTo(MemberField.MOBILE);
                assertThat(change.before()).isEqualTo(FieldValue.text("+4790000001"));
                assertThat(change.after()).isEqualTo(FieldValue.nothing());
            });
            var slice = plans(scene).changes(plan.id(), Optional.empty(), 5);
            assertThat(plans(scene).changes(plan.id(), slice.next(), 5).items()).isEqualTo(changes.subList(5, CHANGED));
        }
    }

    @Test
    void nothingOfAMemberIsReadableWhereItIsKept() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.PHONE_BLANKED)) {
            Plan plan = MassChangeTest.held(scene);

            List<PlanItem> items = scene.host()
                    .storage()
                    .inTransaction(session -> session.plans().items(plan.id(), Optional.empty(), 100))
                    .items();

            assertThat(items).isNotEmpty().allSatisfy(item -> {
                assertThat(item.sealed().orElseThrow()).doesNotContain("900000").doesNotContain("mobile");
                assertThat(item.toString()).doesNotContain("900000");
            });
        }
    }

    @Test
    void theSameChangesHaveTheSameDigest() {
        String first;
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.PHONE_BLANKED)) {
            first = MassChangeTest.held(scene).contents().digest();
            scene.engine().fullSync(Scene.INTEGRATION);
            assertThat(MassChangeTest.plans(scene)).hasSize(2);
            assertThat(MassChangeTest.held(scene).contents().digest()).isEqualTo(first);
        }
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.ROLELESS)) {
            assertThat(MassChangeTest.held(scene).contents().digest()).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aMemberThatWasEditedMeanwhileIsSkippedAndNoOther(Place place) {
        try (Scene scene = held(Scene.on(place.open(folder)), MassChange.PHONE_BLANKED)) {
            Plan plan = MassChangeTest.held(scene);
            scene.edit("m_4", MemberField.MOBILE, FieldValue.text("+4799999999"));

            Run run = approved(scene, plan);

            assertThat(run.counts().updated()).isEqualTo(CHANGED - 1);
            assertThat(scene.row("m_4")).containsEntry("mobile", "+4799999999");
            assertThat(scene.row("m_5")).doesNotContainKey("mobile");
            Plan applied = plans(scene).look(plan.id());
            assertThat(applied.contents().applied()).isEqualTo(CHANGED - 1);
            assertThat(applied.contents().stale()).isEqualTo(1);
            assertThat(plans(scene).changes(plan.id(), Optional.empty(), 100).items())
                    .filteredOn(change -> change.outcome() == Outcome.STALE)
                    .extracting(change -> change.externalId().value())
                    .containsExactly("m_4");
        }
    }

    @Test
    void aRecordThatTheRegistryChangedMeanwhileIsSkippedAndNoOther() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.PHONE_BLANKED)) {
            Plan plan = MassChangeTest.held(scene);
            scene.time().advance(Duration.ofMinutes(10));
            scene.registry().update("m_4", "{\"contact\":{\"mobile\":\"+4799999999\"}}");
            scene.delta();

            approved(scene, plan);

            assertThat(plans(scene).look(plan.id()).contents().stale()).isEqualTo(1);
            Rows.assertSame("as the registry has it", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @Test
    void whoCameBackMeanwhileIsNotRemovedByApproval() {
        DoctoredConnector.Doctor doctor = new DoctoredConnector.Doctor();
        try (Scene scene = MassChangeTest.scene(
                Scene.on(new MemoryHost()).options(builder -> builder.connector(doctor)), MEMBERS)) {
            MassChange.ABSENT.make(scene.registry(), 1, CHANGED);
            doctor.hidden = Set.of("m_30");
            scene.engine().fullSync(Scene.INTEGRATION);
            Plan plan = MassChangeTest.held(scene);
            assertThat(plan.contents().counts().count(ChangeKind.REMOVE)).isEqualTo(CHANGED + 1);

            Run run = approved(scene, plan);

            assertThat(run.counts().removed()).isEqualTo(CHANGED);
            assertThat(plans(scene).look(plan.id()).contents().stale()).isEqualTo(1);
            Rows.assertSame("as the registry has it", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @Test
    void anApprovalNamesExactlyWhatWasLookedAt() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.REMOVED)) {
            Plan plan = MassChangeTest.held(scene);
            Map<String, SortedMap<String, String>> before = scene.activeRows();

            assertThatThrownBy(() -> plans(scene).approve(plan.id(), "another", "They left"))
                    .isInstanceOf(StaleVersionException.class);
            assertThatThrownBy(() ->
                            plans(scene).approve(plan.id(), plan.contents().digest(), " "))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> plans(scene).approve(plan.id(), none(), "They left"))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("digest");

            assertThat(scene.engine().tick()).isEmpty();
            assertThat(scene.activeRows()).isEqualTo(before);
            assertThat(plans(scene).look(plan.id()).state()).isEqualTo(PlanState.WAITING);
        }
    }

    @Test
    void aPlanIsDecidedAboutOnce() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.REMOVED)) {
            Plan plan = MassChangeTest.held(scene);
            approved(scene, plan);

            assertThat(plans(scene).approve(plan.id(), plan.contents().digest(), "Again"))
                    .isInstanceOf(StartAnswer.Unavailable.class);
            assertThatThrownBy(() -> plans(scene).reject(plan.id(), "No")).isInstanceOf(StaleVersionException.class);
        }
    }

    @Test
    void whatIsRejectedIsNotAppliedAndComesUpAgain() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.REMOVED)) {
            Plan plan = MassChangeTest.held(scene);
            Map<String, SortedMap<String, String>> before = scene.activeRows();

            plans(scene).reject(plan.id(), "The registry is broken");

            assertThat(plans(scene).look(plan.id()).state()).isEqualTo(PlanState.REJECTED);
            assertThat(plans(scene).approve(plan.id(), plan.contents().digest(), "Yes"))
                    .isInstanceOf(StartAnswer.Unavailable.class);
            assertThat(scene.activeRows()).isEqualTo(before);
            assertThat(scene.engine().fullSync(Scene.INTEGRATION).state()).isEqualTo(RunState.HELD);
            assertThat(MassChangeTest.held(scene).id()).isNotEqualTo(plan.id());
            assertThat(plans(scene).look(plan.id()).state()).isEqualTo(PlanState.REJECTED);
        }
    }

    @Test
    void aPlanExpires() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.REMOVED)) {
            Plan plan = MassChangeTest.held(scene);
            assertThat(plan.expiresAt()).isEqualTo(scene.time().instant().plus(Duration.ofDays(7)));

            scene.time().advance(Duration.ofDays(7));

            assertThat(plans(scene).look(plan.id()).state()).isEqualTo(PlanState.EXPIRED);
            assertThat(plans(scene)
                            .list(Scene.INTEGRATION, Set.of(PlanState.EXPIRED), Optional.empty(), 10)
                            .items())
                    .hasSize(1);
            assertThat(plans(scene)
                            .list(Scene.INTEGRATION, Set.of(PlanState.WAITING), Optional.empty(), 10)
                            .items())
                    .isEmpty();
            assertThat(plans(scene).approve(plan.id(), plan.contents().digest(), "Late"))
                    .isInstanceOf(StartAnswer.Unavailable.class);
        }
    }

    @Test
    void theNextCompleteListingTakesItsPlace() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.DEACTIVATED)) {
            Plan plan = MassChangeTest.held(scene);
            for (int i = 1; i <= CHANGED; i++) {
                scene.registry().update("m_" + i, "{\"membership\":{\"status\":\"ACTIVE\"}}");
            }

            assertThat(scene.full().state()).isEqualTo(RunState.COMPLETED);

            assertThat(plans(scene).look(plan.id()).state()).isEqualTo(PlanState.SUPERSEDED);
            assertThat(plans(scene).approve(plan.id(), plan.contents().digest(), "Late"))
                    .isInstanceOf(StartAnswer.Unavailable.class);
        }
    }

    @Test
    void decisionsAreAuditedWithWhoAndWhy() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.REMOVED)) {
            approved(scene, MassChangeTest.held(scene));

            List<AuditEntry> entries = scene.engine()
                    .host()
                    .audit()
                    .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.PLAN))
                    .items();
            assertThat(entries).singleElement().satisfies(entry -> {
                assertThat(entry.actor()).isEqualTo("Kari");
                assertThat(entry.summary()).contains("approved", "REMOVE=9", "They left");
            });
        }
    }

    @Test
    void whileARunIsGoingOnNothingIsApproved() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.REMOVED)) {
            Plan plan = MassChangeTest.held(scene);
            scene.engine().host().runs().startFull(Scene.INTEGRATION);

            assertThat(plans(scene).approve(plan.id(), plan.contents().digest(), "They left"))
                    .isInstanceOf(StartAnswer.AlreadyActive.class);
            assertThat(plans(scene).look(plan.id()).state()).isEqualTo(PlanState.WAITING);
        }
    }

    @Test
    void whatWaitsIsNotWithdrawnByAnEditOfAnotherField() {
        try (Scene scene = held(Scene.on(new MemoryHost()), MassChange.PHONE_BLANKED)) {
            Plan plan = MassChangeTest.held(scene);
            MemberId member = scene.member("m_4");
            scene.edit("m_4", MemberField.STREET, FieldValue.text("Ny gate 1"));

            approved(scene, plan);

            assertThat(plans(scene).look(plan.id()).contents().applied()).isEqualTo(CHANGED);
            assertThat(scene.host().rows().get(member)).doesNotContainKey("mobile");
        }
    }

    @SuppressWarnings("NullAway") // what a caller who does not look may hand in
    private static String none() {
        return null;
    }

    static Scene held(Scene.Setup setup, MassChange what) {
        Scene scene = MassChangeTest.scene(setup, MEMBERS);
        what.make(scene.registry(), 1, CHANGED);
        assertThat(what.run(scene).state()).isEqualTo(RunState.HELD);
        return scene;
    }

    private static io.membersync.run.Plans plans(Scene scene) {
        return kari(scene).plans();
    }

    private static MemberSync kari(Scene scene) {
        return scene.engine().as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION));
    }

    private static Run approved(Scene scene, Plan plan) {
        StartAnswer answer = plans(scene).approve(plan.id(), plan.contents().digest(), "They left");
        assertThat(answer).isInstanceOf(StartAnswer.Queued.class);
        return scene.engine().tick().get(0);
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.mapping.Scope;
import io.membersync.member.PersonStep;
import io.membersync.member.PersonStep.Stage;
import io.membersync.member.PersonStep.State;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.Safeguards;
import io.membersync.run.Preview;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which records are synchronized, and what becomes of those that no longer are. */
@Requirement({"D1", "B7"})
class ScopeTest {

    private static final int MEMBERS = 60;
    private static final Scope ACTIVE = Scope.EVERYBODY.only(MemberField.STATUS, "ACTIVE");
    private static final String LAPSED = "{\"membership\":{\"status\":\"LAPSED\"}}";
    private static final String BACK = "{\"membership\":{\"status\":\"ACTIVE\"}}";

    @ParameterizedTest
    @EnumSource(Place.class)
    void takesInOnlyWhoIsInside(Place place, @TempDir Path folder) {
        try (Scene scene = filled(Scene.on(place.open(folder)), ACTIVE)) {
            lapse(scene, 1, 10);

            Preview preview = scene.engine().host().runs().preview(Scene.INTEGRATION, 3);
            Run run = scene.full();

            assertThat(preview.counts().created()).isEqualTo(50);
            assertThat(run.counts().created()).isEqualTo(50);
            assertThat(scene.linked()).hasSize(50).doesNotContainKeys("m_1", "m_10");
            assertThat(scene.quarantined()).isEmpty();
            assertThat(person(scene, "m_1"))
                    .anySatisfy(step -> assertThat(step.finding()).contains("unless it is outside the scope"));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whoFallsOutsideLeavesUnaskedAndReturnsAsTheSame(Place place, @TempDir Path folder) {
        try (Scene scene = filled(Scene.on(place.open(folder)), ACTIVE)) {
            scene.full();
            MemberId member = scene.member("m_2");
            lapse(scene, 1, 3);
            scene.registry().requests().clear();

            assertThat(scene.delta().counts().removed()).isEqualTo(3);
            assertThat(scene.full().counts().removed()).isZero();

            assertThat(scene.registry().requests().requests())
                    .noneMatch(request -> request.route().equals("GET /members/{id}"));
            assertThat(scene.host().rows().get(member)).containsEntry("status", "TERMINATED");
            assertThat(entries(scene, AuditKind.MEMBER_TERMINATED))
                    .hasSize(3)
                    .allSatisfy(entry -> assertThat(entry.summary()).contains("outside the scope by status"));
            assertThat(person(scene, "m_2"))
                    .filteredOn(step -> step.stage() == Stage.SCOPE)
                    .extracting(PersonStep::state)
                    .containsExactly(State.STOPPED);

            scene.registry().update("m_2", BACK);
            scene.delta();

            assertThat(scene.member("m_2")).isEqualTo(member);
            assertThat(scene.row("m_2")).containsEntry("status", "ACTIVE");
        }
    }

    @ParameterizedTest
    @CsvSource({"12, false, COMPLETED", "13, false, HELD", "12, true, COMPLETED", "13, true, HELD"})
    void whoeverFallsOutsideCountsForTheGuard(int count, boolean delta, RunState expected) {
        try (Scene scene = filled(Scene.on(new MemoryHost()), ACTIVE)) {
            scene.full();
            lapse(scene, 1, count);
            Preview preview = scene.engine().host().runs().preview(Scene.INTEGRATION, 100);

            Run run = delta
                    ? scene.engine().deltaSync(Scene.INTEGRATION)
                    : scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(run.state()).isEqualTo(expected);
            assertThat(preview.counts().removed()).isEqualTo(count);
            assertThat(preview.samples())
                    .filteredOn(sample -> sample.kind() == Preview.Kind.TERMINATE)
                    .hasSize(count)
                    .allSatisfy(sample -> assertThat(sample.why()).isEqualTo("outside the scope by status"));
            assertThat(scene.activeRows()).hasSize(expected == RunState.HELD ? MEMBERS : MEMBERS - count);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LeaverPolicy.class,
            names = {"FLAG", "IGNORE"})
    void whomThePolicyLeavesAloneStaysUntilThePolicyIsAnother(LeaverPolicy policy) {
        try (Scene scene = filled(
                Scene.on(new MemoryHost()).draft(draft -> draft.safeguards(Safeguards.STANDARD.leavers(policy))),
                ACTIVE)) {
            scene.full();
            lapse(scene, 1, 3);

            scene.delta();
            scene.full();
            scene.full();

            assertThat(scene.activeRows()).hasSize(MEMBERS);
            assertThat(scene.row("m_1")).containsEntry("status", "ACTIVE");
            assertThat(entries(scene, AuditKind.MEMBER_FLAGGED)).hasSize(policy == LeaverPolicy.FLAG ? 3 : 0);

            scene.configure(draft -> draft.safeguards(Safeguards.STANDARD));
            scene.full();

            assertThat(scene.activeRows()).hasSize(MEMBERS - 3);
        }
    }

    @Test
    void whatElseIsBrokenInARecordOutsideIsNobodysTrouble() {
        try (Scene scene = filled(Scene.on(new MemoryHost()), ACTIVE)) {
            scene.registry().update("m_1", "{\"membership\":{\"status\":\"LAPSED\"},\"person\":{\"birthDate\":\"?\"}}");
            scene.registry().update("m_2", "{\"person\":{\"birthDate\":\"?\"}}");

            scene.full();

            assertThat(scene.quarantined()).extracting(record -> record.key()).containsExactly("m_2");
        }
    }

    @Test
    void aRetriedRecordThatIsOutsideByNowIsHealed() {
        try (Scene scene = filled(Scene.on(new MemoryHost()), ACTIVE)) {
            scene.full();
            scene.registry().update("m_2", "{\"person\":{\"birthDate\":\"?\"}}");
            scene.delta();
            scene.registry().update("m_2", LAPSED);
            scene.time().advance(Duration.ofHours(1));

            scene.retry();

            assertThat(scene.quarantined()).isEmpty();
            assertThat(scene.activeRows()).hasSize(MEMBERS - 1);
        }
    }

    @Test
    void everyFaultOfAScopeIsTold() {
        try (Scene scene = filled(Scene.on(new MemoryHost()), Scope.EVERYBODY)) {
            Scope wrong = Scope.EVERYBODY
                    .only(MemberField.STATUS, "ACTIVE", "TERMINATED", "Active")
                    .only(MemberField.LAST_NAME, "Hansen")
                    .only(MemberField.MENTOR_STATUS, "ON")
                    .only(MemberField.AFFILIATIONS)
                    .only(MemberField.MEMBERSHIP_TYPE, " ");

            InvalidConfigurationException refusal = catchThrowableOfType(
                    InvalidConfigurationException.class, () -> scene.configure(draft -> draft.scope(wrong)));

            assertThat(refusal.violations())
                    .extracting(violation -> violation.field())
                    .containsExactlyInAnyOrder(
                            "scope.only[status]",
                            "scope.only[lastName]",
                            "scope.only[mentorStatus]",
                            "scope.only[affiliations]",
                            "scope.only[membershipType]");
            assertThat(refusal.violations())
                    .filteredOn(violation -> violation.field().equals("scope.only[status]"))
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.message())
                            .contains("no record can have: Active, TERMINATED;")
                            .contains("LAPSED"));
            assertThat(scene.engine().host().integrations().find(Scene.INTEGRATION))
                    .hasValueSatisfying(found -> assertThat(found.scope()).isEqualTo(Scope.EVERYBODY));
        }
    }

    /** A scene whose members are all active and that has not been synchronized yet. */
    private static Scene filled(Scene.Setup setup, Scope scope) {
        Scene scene = setup.members(MEMBERS, 5)
                .pageSize(20)
                .draft(draft -> draft.scope(scope))
                .start();
        MassChange.fill(scene.registry());
        return scene;
    }

    private static void lapse(Scene scene, int first, int count) {
        for (int i = first; i < first + count; i++) {
            scene.registry().update("m_" + i, LAPSED);
        }
    }

    private static List<PersonStep> person(Scene scene, String id) {
        return scene.engine().host().explain().person(Scene.INTEGRATION, ExternalId.of(id));
    }

    private static List<AuditEntry> entries(Scene scene, AuditKind kind) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(kind))
                .items();
    }
}

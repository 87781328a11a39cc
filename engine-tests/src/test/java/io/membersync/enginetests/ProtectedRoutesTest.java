package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.model.Caller;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.Safeguards;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.Malformation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However the mark of a protected address arrives, it withholds address and phone in the run that sees it. */
@Requirement("D9")
class ProtectedRoutesTest {

    private static final String PHONE = "+4798765432";
    private static final String STREET = "Gjemmeveien 77";
    private static final String CONTACT = "{\"protected\":false,\"contact\":{\"mobile\":\"" + PHONE
            + "\"},\"address\":{\"street\":\"" + STREET + "\",\"postalCode\":\"0150\"}}";
    private static final String MARK = "{\"protected\":true}";
    private static final Scope ACTIVE = Scope.EVERYBODY.only(MemberField.STATUS, "ACTIVE");

    private final DoctoredConnector.Doctor doctor = new DoctoredConnector.Doctor();

    private Scene.Setup setup(int members) {
        return Scene.on(new MemoryHost())
                .options(builder -> builder.connector(doctor))
                .members(members, 3);
    }

    /** A scene whose {@code m_4} has phone and street, in the host too. */
    private static Scene begun(Scene.Setup setup) {
        Scene scene = setup.start();
        scene.registry()
                .members()
                .forEach(member -> scene.registry().update(member.id(), "{\"membership\":{\"status\":\"ACTIVE\"}}"));
        scene.registry().update("m_4", CONTACT);
        scene.full();
        assertThat(scene.row("m_4")).containsEntry("mobile", PHONE).containsEntry("street", STREET);
        scene.time().advance(Duration.ofMinutes(10));
        return scene;
    }

    private static Shown shown(Scene scene) {
        return new Shown(
                scene.engine().as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION)), Scene.INTEGRATION);
    }

    private static SortedMap<String, String> row(Scene scene, MemberId member) {
        return Optional.ofNullable(scene.host().rows().get(member)).orElseThrow();
    }

    private static void assertWithheld(Scene scene, MemberId member) {
        assertThat(row(scene, member))
                .doesNotContainKeys("mobile", "street", "postalCode")
                .containsEntry("protectedAddress", "true");
        assertThat(shown(scene).audit(HostSide.ORGANIZATION)).noneMatch(ProtectedRoutesTest::tells);
        assertThat(shown(scene).exports(HostSide.ORGANIZATION)).noneMatch(ProtectedRoutesTest::tells);
        assertThat(shown(scene).conflicts(member)).noneMatch(ProtectedRoutesTest::tells);
        assertThat(shown(scene).plans()).noneMatch(ProtectedRoutesTest::tells);
        assertThat(shown(scene).quarantine()).noneMatch(ProtectedRoutesTest::tells);
    }

    private static boolean tells(String text) {
        return text.contains(PHONE) || text.contains(STREET);
    }

    @ParameterizedTest
    @EnumSource(names = {"BROKEN_DATE", "INVALID_UTF8"})
    void aMarkOnABrokenRecordWithholds(Malformation kind) {
        try (Scene scene = begun(setup(12))) {
            MemberId member = scene.member("m_4");
            scene.registry().update("m_4", MARK);
            scene.registry().room().malform("m_4", kind);

            scene.delta();

            assertThat(scene.quarantined()).hasSize(1);
            assertWithheld(scene, member);
            scene.registry().room().healMembers();
            scene.registry().update("m_4", "{\"protected\":false}");
            scene.full();
            assertThat(scene.quarantined()).isEmpty();
            assertThat(scene.row("m_4")).containsEntry("mobile", PHONE).containsEntry("street", STREET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ja\"", "\"\"", "[true]", "2", "{}"})
    void aMarkThatCannotBeReadWithholds(String mark) {
        try (Scene scene = begun(setup(12))) {
            MemberId member = scene.member("m_4");
            scene.registry().update("m_4", "{\"protected\":" + mark + "}");

            scene.delta();

            assertThat(scene.quarantined())
                    .singleElement()
                    .satisfies(record -> assertThat(record.path()).isEqualTo("protected"));
            assertWithheld(scene, member);
            scene.full();
            assertWithheld(scene, member);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ja\"", "true"})
    void nobodyNewComesInWithPhoneWhileTheMarkIsPaused(String mark) {
        try (Scene scene = begun(setup(25))) {
            for (int i = 1; i <= 25; i++) {
                scene.registry().update("m_" + i, "{\"protected\":\"nei\"}");
            }
            scene.full();
            String fresh = scene.registry()
                    .create(
                            "{\"person\":{\"firstName\":\"A\",\"lastName\":\"B\"},\"membership\":{\"status\":\"ACTIVE\"}}");
            scene.registry().update(fresh, CONTACT);
            scene.registry().update(fresh, "{\"protected\":" + mark + "}");

            Run run = scene.full();

            assertThat(run.checkpoint().paused()).containsOnlyKeys("protectedAddress");
            assertThat(scene.row(fresh)).containsEntry("lastName", "B").doesNotContainKeys("mobile", "street");
            if (mark.equals("true")) {
                assertWithheld(scene, scene.member(fresh));
            }
        }
    }

    @Test
    void aMarkThatNoRecordOfAPageGivesIsPausedAndTakesNothingAway() {
        try (Scene scene = begun(setup(25))) {
            for (int i = 1; i <= 25; i++) {
                scene.registry().update("m_" + i, "{\"protected\":\"nei\"}");
            }

            Run run = scene.full();

            assertThat(run.checkpoint().paused()).containsOnlyKeys("protectedAddress");
            assertThat(scene.quarantined()).isEmpty();
            assertThat(scene.row("m_4")).containsEntry("mobile", PHONE).containsEntry("street", STREET);
            scene.registry().update("m_4", "{\"contact\":{\"mobile\":\"+4740000999\"}}");
            scene.full();
            assertThat(scene.row("m_4")).containsEntry("mobile", PHONE);
            scene.registry().update("m_4", "{\"protected\":false}");
            scene.delta();
            assertThat(scene.row("m_4")).containsEntry("mobile", "+4740000999");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMarkOnARecordThatLeavesTheScopeWithholds(LeaverPolicy policy) {
        try (Scene scene = begun(scoped(policy))) {
            MemberId member = scene.member("m_4");
            scene.registry().update("m_4", "{\"protected\":true,\"membership\":{\"status\":\"LAPSED\"}}");

            scene.delta();

            assertWithheld(scene, member);
            assertThat("TERMINATED".equals(row(scene, member).get("status")))
                    .isEqualTo(policy == LeaverPolicy.TERMINATE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMarkOnARecordThatHasLeftTheScopeWithholds(LeaverPolicy policy) {
        try (Scene scene = begun(scoped(policy))) {
            MemberId member = scene.member("m_4");
            scene.registry().update("m_4", "{\"membership\":{\"status\":\"LAPSED\"}}");
            scene.delta();
            assertThat(row(scene, member)).containsEntry("mobile", PHONE);
            scene.registry().update("m_4", MARK);

            scene.full();

            assertWithheld(scene, member);
            assertThat(scene.full().counts().updated()).isZero();
        }
    }

    private Scene.Setup scoped(LeaverPolicy policy) {
        return setup(12).draft(draft -> draft.scope(ACTIVE).safeguards(Safeguards.STANDARD.leavers(policy)));
    }

    @ParameterizedTest
    @EnumSource
    void aMarkThatTheFeedTellsBeforeTheDeletionWithholds(LeaverPolicy policy) {
        try (Scene scene = begun(setup(12).draft(draft -> draft.safeguards(Safeguards.STANDARD.leavers(policy))))) {
            MemberId member = scene.member("m_4");
            scene.registry().update("m_4", MARK);
            scene.registry().delete("m_4", "deleted");

            scene.delta();

            assertWithheld(scene, member);
        }
    }

    @Test
    void aMarkOnWhatIsLeftOfADeletedRecordWithholds() {
        try (Scene scene = begun(setup(12))) {
            MemberId member = scene.member("m_4");
            doctor.deleted = Set.of("m_4");
            scene.registry().update("m_4", MARK);

            scene.delta();

            assertThat(row(scene, member)).containsEntry("status", "TERMINATED");
            assertWithheld(scene, member);
        }
    }

    @Test
    void aMarkInTheAnswerToWhetherSomebodyIsGoneWithholds() {
        try (Scene scene = begun(setup(12))) {
            MemberId member = scene.member("m_4");
            doctor.hidden = Set.of("m_4");
            scene.registry().update("m_4", MARK);
            scene.registry().room().malform("m_4", Malformation.BROKEN_DATE);

            scene.full();

            assertWithheld(scene, member);
        }
    }

    @Test
    void aRunThatTriesAConfigurationWithholdsByTheOneInForce() {
        try (Scene scene = setup(60).start()) {
            for (int i = 1; i <= 60; i++) {
                String status = i < 5 ? "ACTIVE" : "LAPSED";
                scene.registry().update("m_" + i, "{\"membership\":{\"status\":\"" + status + "\"}}");
            }
            scene.registry().update("m_4", CONTACT);
            scene.registry().update("m_5", CONTACT);
            scene.full();
            scene.time().advance(Duration.ofMinutes(10));
            MemberId inside = scene.member("m_4");
            MemberId outside = scene.member("m_5");
            assertThat(row(scene, outside)).containsEntry("mobile", PHONE);
            scene.registry().update("m_4", MARK);
            scene.registry().update("m_5", MARK);
            scene.configure(draft -> draft.scope(ACTIVE).mapping(withoutMarkAndPhone(scene)));

            Run tried = scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(tried.state()).isEqualTo(RunState.HELD);
            assertWithheld(scene, inside);
            assertWithheld(scene, outside);
            assertThat(row(scene, outside)).containsEntry("status", "LAPSED");
        }
    }

    private static MappingSet withoutMarkAndPhone(Scene scene) {
        MappingSet now = scene.engine()
                .host()
                .integrations()
                .find(Scene.INTEGRATION)
                .orElseThrow()
                .mapping();
        Set<MemberField> gone = Set.of(MemberField.PROTECTED_ADDRESS, MemberField.MOBILE, MemberField.STREET);
        return new MappingSet(now.mappings().stream()
                .filter(mapping -> !gone.contains(mapping.field()))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"nei\""})
    void onlyAReadableNoEndsTheProtection(String mark) {
        try (Scene scene = begun(setup(12))) {
            MemberId member = scene.member("m_4");
            scene.registry().update("m_4", MARK);
            scene.delta();
            assertWithheld(scene, member);

            scene.registry().update("m_4", "{\"protected\":" + mark + "}");
            scene.delta();
            assertWithheld(scene, member);
            scene.full();
            assertWithheld(scene, member);

            scene.registry().update("m_4", "{\"protected\":false}");
            scene.delta();
            assertThat(scene.row("m_4")).containsEntry("mobile", PHONE).containsEntry("protectedAddress", "false");
        }
    }

    @Test
    void whatWaitsToGoOutStaysInWhenTheMarkIsOnABrokenRecord() {
        try (Scene scene = begun(setup(12).draft(draft -> draft.mapping(TwoWay.mapping())))) {
            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("new@example.test"));
            scene.edit("m_4", MemberField.MOBILE, FieldValue.text("+4791111111"));
            scene.delta();
            assertThat(outbox(scene)).isPositive();
            scene.registry().update("m_4", MARK);
            scene.registry().room().malform("m_4", Malformation.BROKEN_DATE);

            scene.delta();

            assertThat(outbox(scene)).isZero();
            scene.engine().tick();
            assertThat(scene.registry().member("m_4").orElseThrow().text("/contact/mobile"))
                    .contains(PHONE);
            assertWithheld(scene, scene.member("m_4"));
        }
    }

    private static int outbox(Scene scene) {
        return scene.engine()
                .host()
                .outbox()
                .list(Scene.INTEGRATION, Optional.empty(), 100)
                .items()
                .size();
    }

    @Test
    void conflictsEndWithoutValuesWhenTheMarkIsOnABrokenRecord() {
        RuleSet manual = new RuleSet(Map.of(), Map.of("mobile", Rule.MANUAL_REVIEW, "street", Rule.MANUAL_REVIEW));
        try (Scene scene = begun(setup(12).draft(draft -> draft.rules(manual)))) {
            scene.edit("m_4", MemberField.MOBILE, FieldValue.text("+4791111111"));
            scene.registry().update("m_4", "{\"contact\":{\"mobile\":\"+4792222222\"}}");
            scene.delta();
            assertThat(scene.conflicts()).hasSize(1);
            scene.registry().update("m_4", MARK);
            scene.registry().room().malform("m_4", Malformation.BROKEN_DATE);

            scene.delta();

            assertThat(scene.conflicts()).isEmpty();
            assertThat(shown(scene).conflicts(scene.member("m_4"))).doesNotContain("+4791111111", "+4792222222", PHONE);
            assertWithheld(scene, scene.member("m_4"));
        }
    }

    @Test
    void aPlanForgetsWhatItHoldsOfSomebodyNewWhoIsMarkedMeanwhile() {
        try (Scene scene = setup(12).start()) {
            scene.registry().update("m_4", CONTACT);
            scene.engine().host().plans().propose(Scene.INTEGRATION);
            scene.engine().tick();
            assertThat(shown(scene).plans()).anyMatch(ProtectedRoutesTest::tells);
            scene.time().advance(Duration.ofMinutes(10));
            scene.registry().update("m_4", MARK);
            scene.registry().room().malform("m_4", Malformation.BROKEN_DATE);

            scene.full();
            assertThat(shown(scene).plans()).noneMatch(ProtectedRoutesTest::tells);
            waiting(scene).forEach(plan -> {
                scene.engine().host().plans().approve(plan.id(), plan.contents().digest(), "looked at");
                scene.engine().tick();
            });

            assertThat(scene.linked()).doesNotContainKey("m_4");
        }
    }

    private static List<Plan> waiting(Scene scene) {
        return scene.engine()
                .host()
                .plans()
                .list(Scene.INTEGRATION, Set.of(PlanState.WAITING), Optional.empty(), 10)
                .items();
    }

    @Test
    void theMarkLetsNothingElsePastTheGuards() {
        try (Scene scene = begun(setup(60))) {
            for (int i = 1; i <= 60; i++) {
                scene.registry().update("m_" + i, "{\"roles\":[{\"code\":\"BOARD\"}]}");
            }
            scene.full();
            for (int i = 1; i <= 60; i++) {
                scene.registry().update("m_" + i, "{\"protected\":true,\"roles\":[]}");
            }

            Run run = scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.HELD);
            assertThat(scene.row("m_4")).containsEntry("roles", "BOARD");
            assertWithheld(scene, scene.member("m_4"));
        }
    }
}

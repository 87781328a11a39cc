package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.model.Caller;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A protected address: neither address nor phone comes in, stays, goes out or is shown anywhere. */
@Requirement("D9")
class ProtectedAddressTest {

    private static final String PHONE = "+4798765432";
    private static final String STREET = "Gjemmeveien 77";
    private static final String MASK = "•••••";

    @TempDir
    Path folder;

    private static Scene scene(HostSide host) {
        RuleSet manual = new RuleSet(Map.of(), Map.of("mobile", Rule.MANUAL_REVIEW, "street", Rule.MANUAL_REVIEW));
        Scene scene = Scene.on(host)
                .members(12, 3)
                .draft(draft -> draft.rules(manual).mapping(TwoWay.mapping()))
                .start();
        scene.registry().update("m_4", contact(false));
        return scene;
    }

    private static String contact(boolean isProtected) {
        return "{\"protected\":" + isProtected + ",\"contact\":{\"mobile\":\"" + PHONE
                + "\"},\"address\":{\"street\":\"" + STREET + "\",\"postalCode\":\"0150\",\"city\":\"Oslo\"}}";
    }

    private static void mark(Scene scene, boolean isProtected) {
        scene.time().advance(Duration.ofMinutes(1));
        scene.registry().update("m_4", "{\"protected\":" + isProtected + "}");
    }

    private static Shown shown(Scene scene) {
        return new Shown(
                scene.engine().as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION)), Scene.INTEGRATION);
    }

    private static void assertHidden(List<String> texts) {
        assertThat(texts).noneMatch(text -> text.contains(PHONE) || text.contains(STREET));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void doesNotComeInAndIsKeptNowhere(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.registry().update("m_4", contact(true));

            scene.full();

            assertThat(scene.row("m_4"))
                    .containsEntry("protectedAddress", "true")
                    .containsKey("lastName")
                    .doesNotContainKeys("mobile", "street", "postalCode");
            assertThat(Dump.of(scene).values()).noneMatch(row -> row.contains(PHONE) || row.contains(STREET));
            assertThat(scene.full().counts().updated()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void leavesTheHostWithTheNextSyncAndComesBackWhenTheProtectionEnds(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.full();
            assertThat(scene.row("m_4")).containsEntry("mobile", PHONE).containsEntry("street", STREET);

            mark(scene, true);
            scene.delta();
            assertThat(scene.row("m_4")).doesNotContainKeys("mobile", "street", "postalCode");
            assertThat(scene.row("m_4")).containsEntry("protectedAddress", "true");
            assertThat(scene.delta().counts().updated()).isZero();
            assertThat(scene.full().counts().updated()).isZero();

            mark(scene, false);
            scene.delta();
            Rows.assertSame("as before", scene.activeRows(), withoutCities(scene));
            assertThat(scene.row("m_4")).containsEntry("mobile", PHONE).containsEntry("street", STREET);
            assertThat(scene.conflicts()).isEmpty();
        }
    }

    /** Cities only go out here. */
    private static Map<String, java.util.SortedMap<String, String>> withoutCities(Scene scene) {
        Map<String, java.util.SortedMap<String, String>> rows = RegistryRow.all(scene.registry());
        rows.values().forEach(row -> row.remove("city"));
        return rows;
    }

    @Test
    void isWithheldOutsideEveryGuard() {
        MassChangeLimits strict = MassChangeLimits.STANDARD;
        try (Scene scene = Scene.on(new MemoryHost())
                .members(200, 3)
                .draft(draft -> draft.safeguards(Safeguards.STANDARD.limits(strict)))
                .start()) {
            scene.full();
            for (int i = 1; i <= 200; i++) {
                scene.registry().update("m_" + i, "{\"protected\":true}");
            }

            Run run = scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(scene.activeRows().values())
                    .hasSize(200)
                    .allSatisfy(row -> assertThat(row.keySet()).doesNotContainAnyElementsOf(RegistryRow.WITHHELD));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void isHiddenInTheAuditAlsoOfTheTimeBefore(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.registry().update("m_4", "{\"contact\":{\"mobile\":\"+4790000000\"}}");
            scene.full();
            scene.registry().update("m_4", contact(false));
            scene.delta();
            assertThat(shown(scene).audit(HostSide.ORGANIZATION)).contains(PHONE);
            assertThat(shown(scene).exports(HostSide.ORGANIZATION)).allMatch(text -> text.contains(PHONE));

            mark(scene, true);
            scene.delta();
            assertHidden(shown(scene).exports(HostSide.ORGANIZATION));
            assertHidden(shown(scene).audit(HostSide.ORGANIZATION));
            assertThat(shown(scene).audit(HostSide.ORGANIZATION)).contains(MASK).doesNotContain("+4790000000");
            MemberId member = scene.member("m_4");
            assertThat(scene.engine()
                            .host()
                            .audit()
                            .find(AuditQuery.of(HostSide.ORGANIZATION).about(member))
                            .items()
                            .get(0)
                            .changes())
                    .anySatisfy(change -> assertThat(change.why()).contains("protected"));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void isHiddenInConflictsOpenAndEnded(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.registry()
                    .update(
                            "m_4",
                            "{\"contact\":{\"mobile\":\"+4790000000\"},\"address\":{\"street\":\"Storgata 1\"}}");
            scene.full();
            scene.edit("m_4", MemberField.MOBILE, FieldValue.text(PHONE));
            scene.edit("m_4", MemberField.STREET, FieldValue.text(STREET));
            scene.registry()
                    .update(
                            "m_4",
                            "{\"contact\":{\"mobile\":\"+4790000001\"},\"address\":{\"street\":\"Storgata 2\"}}");
            scene.delta();
            assertThat(scene.conflicts()).hasSize(2);
            scene.registry().update("m_4", "{\"address\":{\"street\":\"" + STREET + "\"}}");
            scene.delta();
            assertThat(scene.conflicts()).hasSize(1);
            assertThat(shown(scene).conflicts(scene.member("m_4"))).contains(PHONE, STREET);

            mark(scene, true);
            scene.delta();

            assertThat(scene.conflicts()).isEmpty();
            assertHidden(shown(scene).conflicts(scene.member("m_4")));
            assertHidden(shown(scene).audit(HostSide.ORGANIZATION));
            assertThat(shown(scene).conflicts(scene.member("m_4"))).doesNotContain("+4790000001", "Storgata 2");
        }
    }

    @Test
    void isHiddenInExplanations() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.full();
            assertThat(shown(scene).explanations(scene.member("m_4"))).contains(PHONE, STREET);

            mark(scene, true);
            scene.delta();

            assertHidden(shown(scene).explanations(scene.member("m_4")));
        }
    }

    @Test
    void isHiddenInPreviews() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.registry().update("m_4", contact(true));
            assertHidden(shown(scene).preview());
            scene.registry().update("m_4", contact(false));
            assertThat(shown(scene).preview()).contains(PHONE);
            scene.full();

            mark(scene, true);
            assertHidden(shown(scene).preview());
        }
    }

    @Test
    void isHiddenInPlansThatWait() {
        try (Scene scene = Scene.on(new MemoryHost()).members(60, 3).start()) {
            for (int i = 1; i <= 60; i++) {
                scene.registry().update("m_" + i, contact(false));
            }
            scene.full();
            for (int i = 1; i <= 60; i++) {
                scene.registry().update("m_" + i, "{\"contact\":{\"mobile\":null},\"roles\":[]}");
            }
            Run held = scene.engine().fullSync(Scene.INTEGRATION);
            assertThat(held.state()).isEqualTo(RunState.HELD);
            assertThat(shown(scene).plans()).contains(PHONE);

            for (int i = 1; i <= 60; i++) {
                scene.registry().update("m_" + i, "{\"protected\":true}");
            }
            scene.time().advance(Duration.ofMinutes(10));
            scene.engine().fullSync(Scene.INTEGRATION);

            assertHidden(shown(scene).plans());
            assertThat(scene.activeRows().values())
                    .allSatisfy(row -> assertThat(row.keySet()).doesNotContainAnyElementsOf(RegistryRow.WITHHELD));
        }
    }

    @Test
    void isHiddenInQuarantine() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.registry().update("m_4", contact(true));
            scene.registry()
                    .room()
                    .malform("m_4", io.membersync.testkit.simulator.cornerstone.Malformation.BROKEN_DATE);

            scene.full();

            assertThat(scene.quarantined()).hasSize(1);
            assertHidden(shown(scene).quarantine());
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whatTheAppItselfSaysLaterStaysThereAndDoesNotGoOut(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.registry().update("m_4", "{\"protected\":true,\"contact\":{\"mobile\":\"+4790000001\"}}");
            scene.full();
            scene.edit("m_4", MemberField.MOBILE, FieldValue.text(PHONE));

            scene.delta();
            scene.engine().tick();
            scene.full();
            scene.engine().tick();

            assertThat(scene.row("m_4")).containsEntry("mobile", PHONE);
            assertThat(scene.registry().member("m_4").orElseThrow().text("/contact/mobile"))
                    .contains("+4790000001");
            assertHidden(shown(scene).explanations(scene.member("m_4")));
            assertHidden(shown(scene).audit(HostSide.ORGANIZATION));
            assertHidden(shown(scene).preview());
        }
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditQuery;
import io.membersync.fault.StaleVersionException;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchOrder;
import io.membersync.matching.MatchReview;
import io.membersync.model.MemberId;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Plans;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was decided holds for what was looked at, and for nothing that the registry has said since. */
@Requirement({"B6", "B9", "R3", "R13"})
class TakenBackTest {

    private static final String KARI = person("0042", "Kari", "Li", "1971-02-03");
    private static final String OLA = person("0099", "Ola", "Nord", "1990-01-01");
    private static final String PER = person("0100", "Per", "Berg", "1985-05-05");

    @TempDir
    Path folder;

    private static String person(String number, String first, String last, String born) {
        return """
                {"memberNumber": "%s",
                 "person": {"firstName": "%s", "lastName": "%s", "birthDate": "%s"},
                 "contact": {"email": "%s@example.org", "mobile": "+4791234567"}}\
                """.formatted(number, first, last, born, first.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whatTheRegistryHasTakenBackIsStaleInThePlan(Place place) {
        try (Scene scene = MassChangeTest.scene(Scene.on(place.open(folder)), 40)) {
            var before = scene.registry().members().limit(9).toList();
            before.forEach(
                    member -> scene.registry().update(member.id(), "{\"membership\":{\"status\":\"RESIGNED\"}}"));
            assertThat(scene.engine().deltaSync(Scene.INTEGRATION).state()).isEqualTo(RunState.HELD);
            before.forEach(member -> scene.registry()
                    .update(
                            member.id(),
                            "{\"membership\":{\"status\":\""
                                    + member.text("/membership/status").orElseThrow() + "\"}}"));
            scene.delta();

            Plan.Contents done = approved(scene);

            assertThat(done.applied()).isZero();
            assertThat(done.stale()).isEqualTo(9);
            Rows.assertSame("as the registry has it", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aPlanAnswersNoOpenQuestion(Place place) {
        try (Scene scene = MassChangeTest.scene(Scene.on(place.open(folder)), 40)) {
            var before = scene.registry().members().limit(9).toList();
            before.forEach(
                    member -> scene.registry().update(member.id(), "{\"membership\":{\"status\":\"RESIGNED\"}}"));
            assertThat(scene.engine().deltaSync(Scene.INTEGRATION).state()).isEqualTo(RunState.HELD);
            String turned = before.get(0).id();
            var row = scene.row(turned);
            scene.registry().update(turned, OLA);
            scene.delta();
            assertThat(MatchingTest.review(scene, turned).doubt()).isEqualTo(Doubt.ANOTHER_PERSON);

            assertThat(approved(scene).applied()).isEqualTo(8);

            assertThat(scene.row(turned)).isEqualTo(row);
            assertThat(MatchingTest.review(scene, turned).doubt()).isEqualTo(Doubt.ANOTHER_PERSON);
        }
    }

    /** Approves what waits, and tells what became of it. */
    private static Plan.Contents approved(Scene scene) {
        Plans plans = scene.engine().host().plans();
        Plan plan = plans.list(Scene.INTEGRATION, Set.of(PlanState.WAITING), Optional.empty(), 10)
                .items()
                .get(0);
        plans.approve(plan.id(), plan.contents().digest(), "As shown");
        scene.engine().tick();
        return plans.look(plan.id()).contents();
    }

    @Test
    void aDecisionAboutOnePersonIsNoneAboutAnother() {
        try (Scene scene = MatchingTest.scene(new MemoryHost(), MatchOrder.STANDARD)) {
            String id = scene.registry().create(KARI);
            scene.full();
            MemberId kari = scene.member(id);
            scene.registry().update(id, OLA);
            scene.delta();
            MatchReview ola = MatchingTest.review(scene, id);
            scene.registry().update(id, PER);
            scene.delta();

            assertThatThrownBy(() -> MatchingTest.matches(scene).link(ola, kari, "The same"))
                    .isInstanceOf(StaleVersionException.class);
            MatchingTest.matches(scene).link(MatchingTest.review(scene, id), kari, "The same");
            scene.registry().update(id, OLA);
            scene.delta();

            assertThat(scene.host().rows().get(kari)).containsEntry("firstName", "Kari");
            assertThat(MatchingTest.review(scene, id).decision()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRecordThatHasTurnedEndsNobodyWhenItGoes(Place place) {
        try (Scene scene = MatchingTest.scene(place.open(folder), MatchOrder.STANDARD)) {
            String id = scene.registry().create(KARI);
            scene.registry().create(PER);
            scene.full();
            MemberId kari = scene.member(id);
            scene.registry().update(id, OLA);
            scene.delta();
            scene.registry().delete(id, "left");

            scene.delta();
            scene.full();

            assertThat(scene.host().rows().get(kari))
                    .containsEntry("firstName", "Kari")
                    .doesNotContainEntry("status", "TERMINATED");
            assertThat(MatchingTest.review(scene, id).doubt()).isEqualTo(Doubt.ANOTHER_PERSON);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("D9")
    void aMarkOnANewlyMadeLinkHidesWhatWasThereBefore(Place place) {
        try (Scene scene = MatchingTest.scene(place.open(folder), MatchOrder.STANDARD)) {
            String id = scene.registry().create(KARI);
            scene.registry().create(PER);
            scene.full();
            scene.registry().update(id, "{\"contact\":{\"mobile\":\"+4798765432\"}}");
            scene.delta();
            MemberId kari = scene.member(id);
            scene.registry().delete(id, "moved");
            scene.delta();
            String again = scene.registry().create(KARI);
            scene.registry().update(again, "{\"protected\":true,\"contact\":{\"mobile\":\"+4798765432\"}}");
            scene.delta();

            assertThat(scene.member(again)).isEqualTo(kari);
            assertThat(scene.host().rows().get(kari))
                    .containsEntry("protectedAddress", "true")
                    .doesNotContainKey("mobile");
            assertThat(scene.conflicts()).isEmpty();
            StringWriter csv = new StringWriter();
            scene.engine().host().audit().writeCsv(AuditQuery.of(HostSide.ORGANIZATION), csv);
            assertThat(csv.toString()).doesNotContain("98765432");
        }
    }
}

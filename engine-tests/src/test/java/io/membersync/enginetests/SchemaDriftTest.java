package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.Fault;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.Malformation;
import io.membersync.testkit.simulator.cornerstone.SimulatedMember;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registry's interface changes under the mapping: what is lost is paused, never blanked, and the rest goes on. */
@Requirement("R12")
class SchemaDriftTest {

    private static final int MEMBERS = 60;

    private final Scene scene =
            Scene.on(new MemoryHost()).members(MEMBERS, 5).pageSize(25).start();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aFieldThatIsGoneKeepsItsValuesAndIsTold() {
        scene.full();
        Map<String, SortedMap<String, String>> before = scene.activeRows();
        malform(Malformation.NO_EMAIL);

        Run run = scene.full();

        assertThat(scene.activeRows()).isEqualTo(before);
        assertThat(scene.quarantined()).isEmpty();
        assertThat(run.checkpoint().paused()).containsOnlyKeys("email");
        assertThat(told())
                .singleElement()
                .satisfies(entry -> assertThat(entry.summary()).contains("'email' is paused", "stands in no record"));
    }

    @Test
    void aFieldOfAnotherTypeIsPausedAndFloodsNothingWhileTheRestGoesOn() {
        scene.full();
        String name = scene.row("m_1").get("firstName");
        malform(Malformation.WRONG_TYPE);
        scene.registry().update("m_1", "{\"contact\":{\"email\":\"new@example.test\"}}");

        Run run = scene.full();

        assertThat(scene.quarantined()).isEmpty();
        assertThat(run.counts().quarantined()).isZero();
        assertThat(run.checkpoint().paused()).containsOnlyKeys("firstName");
        assertThat(scene.row("m_1")).containsEntry("firstName", name).containsEntry("email", "new@example.test");
        assertThat(told())
                .singleElement()
                .satisfies(entry -> assertThat(entry.summary())
                        .contains("'firstName' is paused", "person.firstName should be text and is number"));
    }

    @Test
    void aPausedFieldStaysPausedForASingleChangeAndHealsByItself() {
        scene.full();
        malform(Malformation.WRONG_TYPE);
        scene.full();
        scene.registry().update("m_2", "{\"contact\":{\"email\":\"two@example.test\"}}");

        Run delta = scene.delta();

        assertThat(scene.quarantined()).isEmpty();
        assertThat(scene.row("m_2")).containsEntry("email", "two@example.test");
        assertThat(delta.checkpoint().paused()).containsOnlyKeys("firstName");
        assertThat(told()).hasSize(1);

        scene.registry().room().healMembers();
        scene.registry().update("m_3", "{\"person\":{\"firstName\":\"Neue\"}}");
        Run healed = scene.full();

        assertThat(healed.checkpoint().paused()).isEmpty();
        assertThat(scene.row("m_3")).containsEntry("firstName", "Neue");
        assertThat(told().get(0).summary()).contains("'firstName' is read again");
    }

    @Test
    void aNeededFieldThatIsGoneKeepsTheMembersAndMakesNoNewOnesWithoutIt() {
        scene.full();
        Map<String, SortedMap<String, String>> before = scene.activeRows();
        String fresh = scene.registry().create("{\"person\":{\"firstName\":\"A\",\"lastName\":\"B\"}}");
        malform(Malformation.NO_LAST_NAME);

        Run run = scene.full();

        assertThat(scene.activeRows()).isEqualTo(before);
        assertThat(run.checkpoint().paused()).containsOnlyKeys("lastName");
        assertThat(scene.quarantined())
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo(fresh));
    }

    @Test
    void theKeyLostStopsTheRunBeforeAnythingIsConcluded() {
        scene.full();
        Map<String, SortedMap<String, String>> before = scene.activeRows();
        malform(Malformation.MISSING_ID);

        Run run = scene.engine().fullSync(Scene.INTEGRATION);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.failure().flatMap(RunFailure::fault)).contains(Fault.KEY_LOST);
        assertThat(run.counts().absent()).isZero();
        assertThat(scene.activeRows()).isEqualTo(before);
        assertThat(scene.quarantined()).isEmpty();

        scene.registry().room().healMembers();
        assertThat(scene.full().counts().updated()).isZero();
    }

    @Test
    void aFieldThatNobodyMappedIsHarmless() {
        scene.full();
        malform(Malformation.UNKNOWN_FIELD);

        Run run = scene.full();

        assertThat(run.counts().updated()).isZero();
        assertThat(run.checkpoint().paused()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void brokenRecordsAmongGoodOnesAreQuarantinedAsEver() {
        scene.full();
        scene.registry()
                .members()
                .map(SimulatedMember::id)
                .skip(1)
                .forEach(id -> scene.registry().room().malform(id, Malformation.WRONG_TYPE));

        Run run = Scene.completed(scene.engine().fullSync(Scene.INTEGRATION));

        // The page that holds the one good record blames its records, the others blame the interface.
        assertThat(run.counts().quarantined()).isEqualTo(24);
    }

    private void malform(Malformation how) {
        scene.registry()
                .members()
                .map(SimulatedMember::id)
                .toList()
                .forEach(id -> scene.registry().room().malform(id, how));
    }

    private List<AuditEntry> told() {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.FIELD_PAUSED))
                .items();
    }
}

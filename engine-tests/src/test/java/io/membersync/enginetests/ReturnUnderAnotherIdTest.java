package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.SimulatedMember;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member who left with a conflict comes back as another record: the past of the one meets the values of the other. */
@Requirement({"B6", "C2"})
class ReturnUnderAnotherIdTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void isTheSameMemberAndAsksAgain(Place place) {
        try (Scene scene =
                Scene.on(place.open(folder)).members(30, 3).pageSize(20).start()) {
            scene.full();
            MemberId member = scene.member("m_1");
            SimulatedMember before = scene.registry().member("m_1").orElseThrow();
            String again = "{\"memberNumber\":\"" + text(before, "/memberNumber") + "\",\"person\":{\"firstName\":\""
                    + text(before, "/person/firstName") + "\",\"lastName\":\"" + text(before, "/person/lastName")
                    + "\",\"birthDate\":\"" + text(before, "/person/birthDate")
                    + "\"},\"contact\":{\"email\":\"third@example.test\"}}";
            scene.edit("m_1", MemberField.EMAIL, FieldValue.text("first@example.test"));
            scene.registry().update("m_1", "{\"contact\":{\"email\":\"second@example.test\"}}");
            scene.delta();
            assertThat(scene.conflicts()).hasSize(1);
            scene.registry().delete("m_1", "resigned");
            scene.delta();
            scene.time().advance(Duration.ofMinutes(1));
            String id = scene.registry().create(again);

            assertThat(scene.engine().deltaSync(Scene.INTEGRATION).state()).isEqualTo(RunState.COMPLETED);
            assertThat(scene.engine().fullSync(Scene.INTEGRATION).state()).isEqualTo(RunState.COMPLETED);

            assertThat(scene.member(id)).isEqualTo(member);
            assertThat(scene.conflicts())
                    .allSatisfy(conflict ->
                            assertThat(conflict.externalId().value()).isEqualTo(id));
        }
    }

    private static String text(SimulatedMember member, String place) {
        return member.text(place).orElseThrow();
    }
}

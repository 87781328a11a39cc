package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.AccessDeniedException;
import io.membersync.member.PersonalData;
import io.membersync.model.Caller;
import io.membersync.model.MemberId;
import io.membersync.run.RunCounts;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The key that erased persons are known by is made with the first erasure, and stands or falls with it. */
@Requirement("R18")
class FirstErasureTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void oneThatIsRefusedLeavesNoKeyBehindThatLaterOnesWouldGoBy(Place place) {
        try (Scene scene = Scene.on(place.open(folder)).members(12, 7).start()) {
            PersonalData data = scene.engine()
                    .as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION))
                    .personalData();
            assertThatThrownBy(() -> data.erase(MemberId.of("a-typo"), "asked by letter"))
                    .isInstanceOf(AccessDeniedException.class);
            scene.full();
            data.erase(scene.member("m_3"), "asked by letter");

            assertThat(scene.full().counts().erased()).isOne();
            try (ManualEngine restarted = scene.anotherEngine()) {
                RunCounts counts =
                        Scene.completed(restarted.fullSync(Scene.INTEGRATION)).counts();
                assertThat(counts.erased()).isOne();
                assertThat(counts.created()).isZero();
            }
        }
    }
}

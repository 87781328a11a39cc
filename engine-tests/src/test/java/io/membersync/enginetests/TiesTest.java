package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.SimulatedMember;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Very many members that changed at one and the same instant, from the registry to the host. */
class TiesTest {

    private static final int MEMBERS = 25_000;
    private static final int PAGE = 500;

    @Test
    @Requirement("R15")
    void twentyFiveThousandMembersOfOneInstantArriveWholeAndOnce() {
        try (Scene scene = Scene.on(new MemoryHost())
                .members(MEMBERS, 15)
                .pageSize(PAGE)
                .draft(draft -> draft.safeguards(Safeguards.STANDARD.limits(MassChangeLimits.NONE)))
                .start()) {
            scene.full();
            List<String> ids =
                    scene.registry().members().map(SimulatedMember::id).toList();
            // The registry's clock stands still meanwhile.
            ids.forEach(id -> scene.registry().update(id, "{\"contact\":{\"email\":\"" + id + "@example.test\"}}"));

            Run delta = scene.delta();

            assertThat(delta.counts().read()).isEqualTo(MEMBERS);
            assertThat(delta.counts().updated()).isEqualTo(MEMBERS);
            assertThat(delta.counts().pages()).isLessThanOrEqualTo(MEMBERS / PAGE + 1L);
            assertThat(scene.activeRows())
                    .hasSize(MEMBERS)
                    .allSatisfy((id, row) -> assertThat(row).containsEntry("email", id + "@example.test"));
            assertThat(scene.delta().counts().read()).isZero();
        }
    }
}

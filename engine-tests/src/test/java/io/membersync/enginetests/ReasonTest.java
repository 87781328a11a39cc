package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.run.Plan;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reason may be is one thing, whatever it is given for and wherever it is kept. */
@Requirement("E2")
class ReasonTest {

    private static final Caller KARI = Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION);
    private static final List<String> REFUSED = List.of("", " ", "x".repeat(501), "a\u0000b", "a\uD800b");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void oneThatSaysNothingOrTooMuchOrCannotBeKeptIsRefused(Place place) {
        try (Scene scene = Scene.on(place.open(folder)).members(6, 4).start()) {
            scene.full();
            scene.registry().update("m_1", "{\"contact\":{\"email\":\"one@example.test\"}}");
            MemberSync kari = scene.engine().as(KARI);
            kari.plans().propose(Scene.INTEGRATION);
            scene.engine().tick();
            Plan plan = kari.plans()
                    .list(Scene.INTEGRATION, Set.of(), Optional.empty(), 1)
                    .items()
                    .get(0);
            ExternalId record = ExternalId.of("m_2");
            MemberId member = scene.member("m_2");

            List<Consumer<String>> decisions = List.of(
                    reason -> kari.matches().split(Scene.INTEGRATION, record, reason),
                    reason -> kari.matches().merge(Scene.INTEGRATION, record, member, reason),
                    reason -> kari.matches().lead(Scene.INTEGRATION, record, reason),
                    reason -> kari.matches().create(Scene.INTEGRATION, List.of(), reason),
                    reason -> kari.plans().approve(plan.id(), plan.contents().digest(), reason),
                    reason -> kari.plans().reject(plan.id(), reason),
                    reason -> kari.personalData().erase(member, reason),
                    reason -> kari.personalData().eraseRecord(Scene.INTEGRATION, record, reason),
                    reason -> kari.personalData().readmit(Scene.INTEGRATION, record, reason),
                    reason -> kari.integrations().remove(Scene.INTEGRATION, reason));
            for (String reason : REFUSED) {
                assertThat(decisions)
                        .allSatisfy(decision -> assertThatThrownBy(() -> decision.accept(reason))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining("1 to 500 characters"));
            }
            kari.matches().split(Scene.INTEGRATION, record, "A namesake:\n\tborn another day \uD83D\uDE00");
            kari.integrations().remove(Scene.INTEGRATION, "x".repeat(500));
        }
    }
}

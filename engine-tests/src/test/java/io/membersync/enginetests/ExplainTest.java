package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.Settlement;
import io.membersync.member.Explain;
import io.membersync.member.FieldExplanation;
import io.membersync.member.PersonStep;
import io.membersync.member.PersonStep.Stage;
import io.membersync.member.PersonStep.State;
import io.membersync.member.Reason;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.cornerstone.Malformation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Why a member has a value, and why a person is not here. */
@Requirement("R20")
class ExplainTest {

    private static final Caller KARI = Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION);

    @TempDir
    Path folder;

    private static Scene scene(HostSide host) {
        return Scene.on(host).members(10, 3).start();
    }

    private static Explain kari(Scene scene) {
        return scene.engine().as(KARI).explain();
    }

    private static FieldExplanation email(Scene scene) {
        return of(scene, MemberField.EMAIL);
    }

    private static FieldExplanation of(Scene scene, MemberField field) {
        return kari(scene).values(Scene.INTEGRATION, scene.member("m_4")).stream()
                .filter(explanation -> explanation.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    private static void registrySays(Scene scene, String email) {
        scene.registry().update("m_4", "{\"contact\":{\"email\":\"" + email + "\"}}");
    }

    private static List<State> states(Scene scene, String id) {
        return kari(scene).person(Scene.INTEGRATION, ExternalId.of(id)).stream()
                .map(PersonStep::state)
                .toList();
    }

    private static String finding(Scene scene, String id, Stage stage) {
        return kari(scene).person(Scene.INTEGRATION, ExternalId.of(id)).stream()
                .filter(step -> step.stage() == stage)
                .findFirst()
                .orElseThrow()
                .finding();
    }

    @Test
    void whoWasSplitOffAwaitsTheNextReading() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.full();
            scene.engine().host().matches().split(Scene.INTEGRATION, ExternalId.of("m_4"), "A namesake");

            assertThat(finding(scene, "m_4", Stage.MATCH)).contains("decided", "next read");
            assertThat(states(scene, "m_4"))
                    .containsExactly(
                            State.PASSED,
                            State.PASSED,
                            State.PASSED,
                            State.STOPPED,
                            State.NOT_REACHED,
                            State.NOT_REACHED);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aFieldIsExplainedFromItsAgreementToItsConflictAndItsEnd(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.full();
            String agreed = scene.row("m_4").getOrDefault("email", "");
            assertThat(email(scene)).satisfies(explanation -> {
                assertThat(explanation.values())
                        .isEqualTo(new FieldExplanation.Values(agreed, Optional.of(agreed), agreed, false));
                assertThat(explanation.reason())
                        .isEqualTo(new Reason(
                                Reason.Winner.BOTH,
                                Rule.LATEST_WINS,
                                RuleSet.Ground.PLATFORM_DEFAULT,
                                "Neither side changed it"));
                assertThat(explanation.waiting()).isEmpty();
                assertThat(explanation.rulesVersion()).isZero();
            });

            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("app@example.test"));
            assertThat(email(scene).times().appEditedAt()).contains(scene.time().instant());
            assertThat(email(scene).waiting()).containsExactly("An edit of the app waits for the next sync");

            registrySays(scene, "register@example.test");
            scene.delta();
            assertThat(email(scene)).satisfies(explanation -> {
                assertThat(explanation.values().app()).isEqualTo("app@example.test");
                assertThat(explanation.values().agreed()).contains(agreed);
                assertThat(explanation.values().registry()).isEqualTo("register@example.test");
                assertThat(explanation.reason().winner()).isEqualTo(Reason.Winner.NOBODY_YET);
                assertThat(explanation.reason().why()).contains("not known which was changed later");
                assertThat(explanation.waiting()).singleElement().asString().startsWith("A conflict waits");
            });

            scene.engine()
                    .as(KARI)
                    .conflicts()
                    .resolve(List.of(scene.conflicts().get(0).ref()), new Settlement.KeepApp(), "she called");
            assertThat(email(scene)).satisfies(explanation -> {
                assertThat(explanation.reason().winner()).isEqualTo(Reason.Winner.APP);
                assertThat(explanation.values().apart()).isTrue();
                assertThat(explanation.lastChange())
                        .hasValueSatisfying(entry -> assertThat(entry.actor()).isEqualTo("Kari"));
            });
        }
    }

    @Test
    void theRuleInForceIsNamedWithWhereItComesFrom() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.full();
            scene.engine().as(KARI).rules().set(HostSide.ORGANIZATION, MemberField.EMAIL, Rule.EXTERNAL_WINS);

            assertThat(email(scene).reason().rule()).isEqualTo(Rule.EXTERNAL_WINS);
            assertThat(email(scene).reason().ground()).isEqualTo(RuleSet.Ground.FIELD);
            assertThat(email(scene).rulesVersion()).isEqualTo(1);
            assertThat(of(scene, MemberField.STATUS).reason().ground()).isEqualTo(RuleSet.Ground.PLATFORM_DEFAULT);
        }
    }

    @Test
    void aProtectedAddressIsShownToNobody() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.full();
            scene.host()
                    .edit(
                            scene.member("m_4"),
                            Map.of(
                                    MemberField.PROTECTED_ADDRESS,
                                    new FieldValue.Flag(true),
                                    MemberField.EMAIL,
                                    FieldValue.text("hidden@example.test")));

            assertThat(email(scene).values().app()).isEqualTo("•••••");
            assertThat(of(scene, MemberField.LAST_NAME).values().app()).isNotEqualTo("•••••");
        }
    }

    @Test
    void anUnlinkedMemberHasNoExplanations() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.full();

            assertThat(kari(scene).values(Scene.INTEGRATION, MemberId.of("nobody")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aPersonIsFollowedAsFarAsTheSyncCame(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            assertThat(states(scene, "m_4")).startsWith(State.STOPPED).endsWith(State.NOT_REACHED);
            assertThat(finding(scene, "m_4", Stage.CONNECT)).isEqualTo("No sync has been started yet");

            scene.full();
            assertThat(states(scene, "m_4")).containsOnly(State.PASSED).hasSize(6);
            assertThat(states(scene, "stranger"))
                    .containsExactly(
                            State.PASSED,
                            State.STOPPED,
                            State.NOT_REACHED,
                            State.NOT_REACHED,
                            State.NOT_REACHED,
                            State.NOT_REACHED);
            assertThat(finding(scene, "stranger", Stage.IMPORT)).contains("did not list it");

            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("app@example.test"));
            registrySays(scene, "register@example.test");
            scene.delta();
            assertThat(finding(scene, "m_4", Stage.DECIDE)).isEqualTo("A person is asked about email");

            scene.registry().delete("m_5", "resigned");
            scene.delta();
            assertThat(finding(scene, "m_5", Stage.MATCH)).contains("removed the record (resigned)");
        }
    }

    @Test
    void aRecordInQuarantineSaysWhatIsWrong() {
        try (Scene scene = scene(new MemoryHost())) {
            String id = "m_4";
            scene.registry().room().malform(id, Malformation.WRONG_TYPE);
            scene.full();

            assertThat(scene.quarantined()).hasSize(1);
            assertThat(states(scene, id)).startsWith(State.PASSED, State.STOPPED, State.NOT_REACHED);
            assertThat(finding(scene, id, Stage.IMPORT)).contains("in quarantine");
        }
    }
}

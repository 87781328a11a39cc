package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleBook;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.RuleVersion;
import io.membersync.conflict.Settlement;
import io.membersync.fault.AccessDeniedException;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.StaleVersionException;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conflict rules: who changes them, from when they hold, and what they change. */
@Requirement("C1")
class RuleBookTest {

    private static final OrganizationId US = HostSide.ORGANIZATION;
    private static final Caller KARI = Caller.organizationAdministrator("Kari", US);
    private static final Caller OLA = Caller.globalAdministrator("Ola");

    @TempDir
    Path folder;

    private static Scene scene(HostSide host) {
        Scene scene = Scene.on(host).members(10, 3).start();
        scene.full();
        return scene;
    }

    private static RuleBook kari(Scene scene) {
        return scene.engine().as(KARI).rules();
    }

    private static RuleBook ola(Scene scene) {
        return scene.engine().as(OLA).rules();
    }

    private static void registrySays(Scene scene, String id, String email) {
        scene.registry().update(id, "{\"contact\":{\"email\":\"" + email + "\"}}");
    }

    private static String email(Scene scene) {
        return scene.row("m_4").getOrDefault("email", "");
    }

    private static List<AuditEntry> configurations(Scene scene) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(US).only(AuditKind.CONFIGURATION))
                .items();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aChangeIsAVersionWithWhoAndWhenAndFromWhenItHolds(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            assertThat(kari(scene).newest(US)).isEqualTo(RuleVersion.platformDefaults(US));

            RuleVersion changed = kari(scene).set(US, FieldCategory.CONTACT_DETAILS, Rule.EXTERNAL_WINS);

            assertThat(changed.number()).isEqualTo(1);
            assertThat(changed.rules().ruleFor(MemberField.EMAIL)).isEqualTo(Rule.EXTERNAL_WINS);
            assertThat(changed.change()).hasValueSatisfying(change -> {
                assertThat(change.by()).isEqualTo("Kari");
                assertThat(change.at()).isEqualTo(scene.time().instant());
            });
            assertThat(changed.effectiveAt()).isEmpty();
            assertThat(configurations(scene).get(0)).satisfies(entry -> {
                assertThat(entry.actor()).isEqualTo("Kari");
                assertThat(entry.summary()).contains("effective with the next sync");
                assertThat(entry.changes())
                        .singleElement()
                        .satisfies(value -> assertThat(value.after()).isEqualTo("EXTERNAL_WINS"));
            });

            Run run = scene.delta();

            assertThat(run.rules()).contains(1L);
            assertThat(kari(scene).newest(US).effectiveAt()).isEqualTo(run.startedAt());
        }
    }

    @Test
    void pastVersionsStayReadableAndAResetIsOneCall() {
        try (Scene scene = scene(new MemoryHost())) {
            kari(scene).set(US, FieldCategory.ROLE, Rule.APP_WINS);
            kari(scene).set(US, MemberField.EMAIL, Rule.MANUAL_REVIEW);

            RuleVersion reset = kari(scene).reset(US);

            assertThat(reset.rules()).isEqualTo(RuleSet.platformDefaults());
            assertThat(kari(scene).history(US, Optional.empty(), 10).items())
                    .extracting(RuleVersion::number)
                    .containsExactly(3L, 2L, 1L);
            assertThat(kari(scene)
                            .history(US, Optional.empty(), 10)
                            .items()
                            .get(1)
                            .rules()
                            .fields())
                    .containsEntry("email", Rule.MANUAL_REVIEW);
            assertThat(kari(scene).reset(US)).isEqualTo(reset);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aGlobalAdministratorChangesThemOnlyWhereThatIsDelegated(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            assertThat(ola(scene).newest(US).number()).isZero();
            assertThatThrownBy(() -> ola(scene).set(US, FieldCategory.ROLE, Rule.APP_WINS))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> ola(scene).reset(US)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> ola(scene).delegate(US, true)).isInstanceOf(AccessDeniedException.class);

            kari(scene).delegate(US, true);
            assertThat(ola(scene).set(US, FieldCategory.ROLE, Rule.APP_WINS).number())
                    .isEqualTo(2);

            kari(scene).delegate(US, false);
            assertThatThrownBy(() -> ola(scene).replace(ola(scene).newest(US), RuleSet.platformDefaults()))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(configurations(scene)).extracting(AuditEntry::actor).contains("Kari", "Ola");
        }
    }

    @Test
    void anIntegrationsDraftIsNoWayRoundTheDelegation() {
        try (Scene scene = scene(new MemoryHost())) {
            RuleVersion before = kari(scene).newest(US);
            assertThatThrownBy(() -> scene.engine()
                            .as(OLA)
                            .integrations()
                            .add(IntegrationDraft.of(
                                            Scene.INTEGRATION,
                                            US,
                                            "cornerstone",
                                            scene.registry().baseUrl(),
                                            new Credentials.ApiKey(
                                                    scene.registry().apiKey()))
                                    .rules(RuleSet.platformDefaults().with(FieldCategory.ROLE, Rule.APP_WINS))))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(kari(scene).newest(US)).isEqualTo(before);
        }
    }

    @Test
    void rulesMadeFromAnOutdatedVersionAreRefused() {
        try (Scene scene = scene(new MemoryHost())) {
            RuleVersion seen = kari(scene).newest(US);
            kari(scene).set(US, FieldCategory.ROLE, Rule.APP_WINS);

            assertThatThrownBy(() -> kari(scene).replace(seen, RuleSet.platformDefaults()))
                    .isInstanceOf(StaleVersionException.class);
        }
    }

    @Test
    void aFieldThatOnlyGoesOutIsTheApps() {
        try (TwoWay both = TwoWay.start(Scene.on(new MemoryHost()), Rule.APP_WINS)) {
            RuleBook rules = kari(both.scene());

            assertThatThrownBy(() -> rules.set(US, MemberField.CITY, Rule.EXTERNAL_WINS))
                    .isInstanceOfSatisfying(
                            InvalidConfigurationException.class,
                            refused -> assertThat(refused.violations())
                                    .singleElement()
                                    .satisfies(violation ->
                                            assertThat(violation.field()).isEqualTo("rules")));
            assertThat(rules.set(US, MemberField.CITY, Rule.APP_WINS).rules().fields())
                    .containsEntry("city", Rule.APP_WINS);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aChangeLetsTheNextSyncDecideOpenConflicts(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("app@example.test"));
            registrySays(scene, "m_4", "register@example.test");
            scene.delta();
            assertThat(scene.conflicts()).hasSize(1);

            kari(scene).set(US, MemberField.EMAIL, Rule.EXTERNAL_WINS);
            assertThat(email(scene)).isEqualTo("app@example.test");
            scene.delta();

            assertThat(email(scene)).isEqualTo("register@example.test");
            assertThat(scene.conflicts()).isEmpty();
            assertThat(scene.engine()
                            .host()
                            .conflicts()
                            .find(Scene.INTEGRATION, scene.member("m_4"), "email")
                            .flatMap(Conflict::ending)
                            .map(Conflict.Ending::outcome))
                    .contains(Conflict.Outcome.RULE_DECIDED);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aChangeLetsTheNextSyncDecideWhatARuleLeftApart(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            kari(scene).set(US, MemberField.EMAIL, Rule.APP_WINS);
            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("app@example.test"));
            registrySays(scene, "m_4", "register@example.test");
            scene.delta();
            assertThat(scene.conflicts()).isEmpty();

            kari(scene).set(US, MemberField.EMAIL, Rule.MANUAL_REVIEW);
            scene.delta();
            assertThat(scene.conflicts())
                    .singleElement()
                    .satisfies(conflict -> assertThat(conflict.registry().value())
                            .isEqualTo(FieldValue.text("register@example.test")));
            scene.full();
            scene.registry().update("m_4", "{\"address\":{\"street\":\"Ny gate 1\"}}");
            scene.delta();
            assertThat(scene.conflicts()).hasSize(1);

            kari(scene).set(US, MemberField.EMAIL, Rule.EXTERNAL_WINS);
            scene.delta();
            assertThat(scene.conflicts()).isEmpty();
            assertThat(email(scene)).isEqualTo("register@example.test");
        }
    }

    @Test
    void aChangeUndoesNoOverride() {
        try (Scene scene = scene(new MemoryHost())) {
            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("app@example.test"));
            registrySays(scene, "m_4", "register@example.test");
            scene.delta();
            scene.engine()
                    .as(KARI)
                    .conflicts()
                    .resolve(List.of(scene.conflicts().get(0).ref()), new Settlement.KeepApp(), "");

            kari(scene).set(US, MemberField.EMAIL, Rule.EXTERNAL_WINS);
            scene.delta();
            scene.full();
            assertThat(email(scene)).isEqualTo("app@example.test");

            registrySays(scene, "m_4", "newer@example.test");
            scene.delta();
            assertThat(email(scene)).isEqualTo("newer@example.test");
        }
    }

    /** Nothing goes out because rules were changed: only what the app announced does. */
    @Test
    void aChangeSendsNothingThatWasNotAnnounced() {
        try (TwoWay both = TwoWay.start(Scene.on(new MemoryHost()), Rule.MANUAL_REVIEW)) {
            Scene scene = both.scene();
            scene.host().edit(scene.member("m_4"), Map.of(MemberField.EMAIL, FieldValue.text("x@example.test")));
            both.registrySays("m_4", "contact", "email", "register@example.test");
            both.decide();
            assertThat(scene.conflicts()).hasSize(1);

            kari(scene).set(US, MemberField.EMAIL, Rule.APP_WINS);
            both.decide();
            both.deliver();

            assertThat(both.writes()).isZero();
            assertThat(scene.conflicts()).isEmpty();
            assertThat(email(scene)).isEqualTo("x@example.test");
        }
    }

    @Test
    void aRunKeepsToTheRulesThatItBeganWith() {
        try (Scene scene = scene(new MemoryHost())) {
            kari(scene).set(US, MemberField.EMAIL, Rule.APP_WINS);
            RunId queued = ((StartAnswer.Queued) scene.engine().host().runs().startDelta(Scene.INTEGRATION)).run();
            scene.host().storage().inTransaction(session -> {
                Run run = session.runs().find(queued).orElseThrow();
                session.runs()
                        .save(run.taken(scene.time().instant(), 1)
                                .in(RunState.PAUSED, scene.time().instant(), Optional.empty()));
                return true;
            });
            kari(scene).set(US, MemberField.EMAIL, Rule.EXTERNAL_WINS);
            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("app@example.test"));
            registrySays(scene, "m_4", "register@example.test");

            Run resumed = Scene.completed(scene.engine().resume(queued));

            assertThat(resumed.rules()).contains(1L);
            assertThat(email(scene)).isEqualTo("app@example.test");
        }
    }
}

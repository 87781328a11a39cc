package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.alert.AlertQuery;
import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQuery;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.WebhookAnswer;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.AccessDeniedException;
import io.membersync.fault.Fault;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.http.RetryPolicy;
import io.membersync.model.Caller;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncSchedule;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.Integrations;
import io.membersync.setup.SecretMask;
import io.membersync.storage.Storage;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.contract.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An integration is tried before it is there, gets another key, and is removed. */
class IntegrationLifeTest {

    private static final Caller KARI = Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION);
    private static final IntegrationId NEW = IntegrationId.of("new");
    private static final String NEXT_KEY = "the-next-key-4711";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String REASON = "The organization has moved";

    @TempDir
    Path folder;

    private static Scene scene(HostSide host) {
        return Scene.on(host)
                .registry(registry -> registry.room("north", "North").addKey(NEXT_KEY, "north", "members:read"))
                .members(40, 5)
                .pageSize(10)
                .start();
    }

    private static IntegrationDraft draft(URI endpoint, String key) {
        return IntegrationDraft.of(NEW, HostSide.ORGANIZATION, "cornerstone", endpoint, new Credentials.ApiKey(key));
    }

    private static void assertNothingOfTheDraft(Scene scene) {
        assertThat(scene.engine().host().integrations().find(NEW)).isEmpty();
        assertThat(audit(scene)).extracting(AuditEntry::integration).doesNotContain(Optional.of(NEW));
    }

    private static List<AuditEntry> audit(Scene scene) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION))
                .items();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("D2")
    void theScheduleIsChangedWithoutTheKey(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            Integrations integrations = scene.engine().as(KARI).integrations();
            SyncSchedule nightly =
                    SyncSchedule.nightly(LocalTime.of(1, 0), LocalTime.of(4, 0), ZoneId.of("Europe/Oslo"));
            int before = integrations
                    .history(Scene.INTEGRATION, Optional.empty(), 100)
                    .items()
                    .size();

            integrations.reschedule(Scene.INTEGRATION, nightly);
            integrations.reschedule(Scene.INTEGRATION, nightly);

            assertThat(integrations
                            .find(Scene.INTEGRATION)
                            .orElseThrow()
                            .timetable()
                            .schedule())
                    .isEqualTo(nightly);
            assertThat(integrations
                            .history(Scene.INTEGRATION, Optional.empty(), 100)
                            .items())
                    .hasSize(before + 1);
            assertThat(audit(scene))
                    .filteredOn(entry -> entry.summary().equals("Schedule changed"))
                    .singleElement()
                    .extracting(AuditEntry::actor)
                    .isEqualTo("Kari");
            assertThat(scene.full().state()).isEqualTo(RunState.COMPLETED);
            assertThatThrownBy(() -> integrations.reschedule(
                            Scene.INTEGRATION,
                            SyncSchedule.nightly(LocalTime.of(1, 0), LocalTime.of(1, 0), ZoneId.of("Europe/Oslo"))))
                    .isInstanceOfSatisfying(
                            InvalidConfigurationException.class,
                            refused -> assertThat(refused.violations())
                                    .extracting(Violation::field)
                                    .containsExactly("schedule.until"));
        }
    }

    @Test
    @Requirement("D1")
    void aDraftIsCheckedWithoutBeingStored() {
        try (Scene scene = scene(new MemoryHost())) {
            MemberSync kari = scene.engine().as(KARI);
            IntegrationDraft right =
                    draft(scene.registry().baseUrl(), scene.registry().apiKey());
            scene.full();

            assertThat(kari.integrations().validate(right)).isEmpty();
            assertThat(kari.integrations()
                            .validate(right.setting("color", "blue").setting("pageSize", "x")))
                    .extracting(Violation::field)
                    .containsExactlyInAnyOrder("settings.color", "settings.pageSize");
            assertThat(kari.integrations()
                            .validate(IntegrationDraft.of(
                                    Scene.INTEGRATION,
                                    HostSide.ORGANIZATION,
                                    "cornerstone",
                                    URI.create("https://elsewhere.example.org"),
                                    new Credentials.ApiKey("key"))))
                    .extracting(Violation::field)
                    .containsExactly("endpoint");
            assertNothingOfTheDraft(scene);
        }
    }

    @Test
    @Requirement({"D2", "D6"})
    void aDraftIsTestedWithoutBeingStored() {
        try (Scene scene = scene(new MemoryHost())) {
            MemberSync kari = scene.engine().as(KARI);
            URI registry = scene.registry().baseUrl();

            assertThat(kari.integrations().test(draft(registry, scene.registry().apiKey())))
                    .isInstanceOf(ConnectionReport.Connected.class);
            assertThat(kari.integrations().test(draft(registry, "wrong")))
                    .isInstanceOfSatisfying(
                            ConnectionReport.Failed.class,
                            failed -> assertThat(failed.fault()).isEqualTo(Fault.CREDENTIALS));
            assertThat(kari.integrations().test(IntegrationDraft.none(NEW, HostSide.ORGANIZATION)))
                    .isInstanceOf(ConnectionReport.NoSystem.class);
            assertNothingOfTheDraft(scene);
        }
    }

    @Test
    @Requirement("D6")
    void aDraftForATargetThatIsNotPublicIsNotEvenTried() {
        try (Scene scene = scene(new MemoryHost());
                MemberSyncEngine engine = MemberSyncEngine.builder(new InMemoryStorage())
                        .keys(KeyProvider.random())
                        .build()) {
            IntegrationDraft draft =
                    draft(scene.registry().baseUrl(), scene.registry().apiKey());

            assertThatThrownBy(() -> engine.as(KARI).integrations().test(draft))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("endpoint");
            assertThat(scene.registry().requests().count()).isZero();
        }
    }

    @Test
    @Requirement("D5")
    void whatIsShownOfCredentialsIsWhoSetThemAndWhen() {
        try (Scene scene = scene(new MemoryHost())) {
            SecretMask first = shown(scene).credentials();
            scene.time().advance(Duration.ofDays(1));

            ConnectionReport report = scene.engine()
                    .as(KARI)
                    .integrations()
                    .replaceCredentials(Scene.INTEGRATION, new Credentials.ApiKey(NEXT_KEY));

            assertThat(report).isInstanceOf(ConnectionReport.Connected.class);
            assertThat(first.isSet()).isTrue();
            assertThat(shown(scene).credentials())
                    .isNotEqualTo(first)
                    .isEqualTo(SecretMask.set(scene.time().instant(), "Kari"));
            assertThat(audit(scene))
                    .filteredOn(entry -> entry.summary().equals("Credentials replaced"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.actor()).isEqualTo("Kari"));
            assertThat(shown(scene).toString() + audit(scene)).doesNotContain(NEXT_KEY);
            assertThat(SecretMask.NONE.isSet()).isFalse();
        }
    }

    private static Integration shown(Scene scene) {
        return scene.engine().host().integrations().find(Scene.INTEGRATION).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("D5")
    void replacedCredentialsAreThoseThatRunsUse(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.engine()
                    .as(KARI)
                    .integrations()
                    .replaceCredentials(Scene.INTEGRATION, new Credentials.ApiKey(NEXT_KEY));
            scene.registry().revokeKey(scene.registry().apiKey());

            assertThat(scene.full().counts().created()).isEqualTo(40);
        }
    }

    @Test
    @Requirement("D5")
    void credentialsThatTheRegistryRefusesLeaveThoseBeforeInForce() {
        try (Scene scene = scene(new MemoryHost())) {
            Integration before = shown(scene);
            Integrations integrations = scene.engine().as(KARI).integrations();

            assertThat(integrations.replaceCredentials(Scene.INTEGRATION, new Credentials.ApiKey("wrong")))
                    .isInstanceOfSatisfying(
                            ConnectionReport.Failed.class,
                            failed -> assertThat(failed.fault()).isEqualTo(Fault.CREDENTIALS));
            assertThatThrownBy(() -> integrations.replaceCredentials(Scene.INTEGRATION, new Credentials.None()))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("must be an API key");

            assertThat(shown(scene)).isEqualTo(before);
            assertThat(audit(scene)).extracting(AuditEntry::summary).doesNotContain("Credentials replaced");
            assertThat(scene.full().state()).isEqualTo(RunState.COMPLETED);
        }
    }

    @Test
    @Requirement("D5")
    void aRunInProgressGoesOnWhileCredentialsAreReplaced() {
        try (Scene scene = scene(new MemoryHost());
                MemberSyncEngine engine = scene.engineWith(options -> options.retries(RetryPolicy.NONE))) {
            Gate gate = new Gate();
            engine.start();
            MemberSync kari = engine.as(KARI);
            RunId run = heldUp(scene, kari, gate);

            assertThat(kari.integrations().replaceCredentials(Scene.INTEGRATION, new Credentials.ApiKey(NEXT_KEY)))
                    .isInstanceOf(ConnectionReport.Connected.class);
            gate.open();

            assertThat(over(kari, run).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    private static RunId heldUp(Scene scene, MemberSync sync, Gate gate) {
        scene.registry().faults().on("GET /members").from(2).then(gate);
        StartAnswer.Queued queued = (StartAnswer.Queued) sync.runs().startFull(Scene.INTEGRATION);
        gate.awaitRequest();
        return queued.run();
    }

    private static Run over(MemberSync sync, RunId run) {
        return Awaitility.await()
                .until(
                        () -> sync.runs().progress(run).run(),
                        found -> found.state().over());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("D6")
    void aRemovedIntegrationIsGoneAtOnceAndItsHistoryStays(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            MemberSync kari = scene.engine().as(KARI);
            kari.integrations().webhookSecrets(Scene.INTEGRATION, List.of(new WebhookSecret(SECRET)));
            Run full = scene.full();
            scene.edit("m_7", MemberField.EMAIL, FieldValue.text("mine@example.test"));
            scene.registry().update("m_7", "{\"contact\":{\"email\":\"theirs@example.test\"}}");
            scene.full();
            assertThat(scene.conflicts()).hasSize(1);
            scene.registry().revokeKey(scene.registry().apiKey());
            scene.engine().fullSync(Scene.INTEGRATION);
            scene.time().advance(Duration.ofMinutes(1));
            scene.engine().tick();
            assertThat(openAlerts(kari)).isNotEmpty();
            var rows = scene.host().rows();

            kari.integrations().remove(Scene.INTEGRATION, REASON);

            assertThat(kari.integrations().list()).isEmpty();
            assertThat(scene.linked()).isEmpty();
            assertThat(scene.host().rows()).isEqualTo(rows);
            assertThat(openAlerts(kari)).isEmpty();
            assertThat(ended(scene))
                    .singleElement()
                    .satisfies(conflict -> assertThat(conflict.ending())
                            .hasValueSatisfying(
                                    ending -> assertThat(ending.reason()).contains(REASON)));
            assertThat(scene.engine()
                            .receive(
                                    Scene.INTEGRATION,
                                    new WebhookRequest(Map.of(), "{}".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(WebhookAnswer.REFUSED);
            scene.time().advance(Duration.ofDays(2));
            assertThat(scene.engine().tick()).isEmpty();
            assertThat(openAlerts(kari)).isEmpty();
            assertThat(kari.runs().list(Scene.INTEGRATION, Optional.empty(), 10).items())
                    .extracting(Run::id)
                    .contains(full.id());
            assertThat(audit(scene))
                    .filteredOn(entry -> entry.summary().startsWith("Integration removed"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.summary()).contains(REASON));
            assertThat(kari.audit().verify(HostSide.ORGANIZATION)).isInstanceOf(AuditCheck.Intact.class);
        }
    }

    private static List<?> openAlerts(MemberSync sync) {
        return sync.alerts().find(AlertQuery.open()).items();
    }

    private static List<Conflict> ended(Scene scene) {
        Storage storage = scene.host().storage();
        return storage.inTransaction(session -> session.conflicts()
                .find(
                        List.of(Scene.INTEGRATION),
                        ConflictQuery.of(Scene.INTEGRATION).in(ConflictQuery.State.ENDED))
                .items());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("D6")
    void anIntegrationThatWasRemovedMayBeSetUpAnew(Place place) {
        try (Scene scene = scene(place.open(folder))) {
            scene.full();
            scene.engine().as(KARI).integrations().remove(Scene.INTEGRATION, REASON);

            scene.configure(draft -> draft);
            Run again = scene.full();

            assertThat(again.counts().created()).as("%s", again.counts()).isZero();
            assertThat(scene.linked()).hasSize(40);
            assertThat(scene.host().rows()).hasSize(40);
        }
    }

    @Test
    @Requirement("D6")
    void whatARemovedIntegrationWasCalledStaysItsOrganizations() {
        OrganizationId strange = OrganizationId.of("strange");
        try (Scene scene = scene(new MemoryHost())) {
            scene.full();
            scene.engine().as(KARI).integrations().remove(Scene.INTEGRATION, REASON);
            MemberSync stranger = scene.engine().as(Caller.organizationAdministrator("Stranger", strange));

            assertThatThrownBy(() -> stranger.integrations()
                            .add(IntegrationDraft.of(
                                    Scene.INTEGRATION,
                                    strange,
                                    "cornerstone",
                                    scene.registry().baseUrl(),
                                    new Credentials.ApiKey(scene.registry().apiKey()))))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> stranger.runs().list(Scene.INTEGRATION, Optional.empty(), 10))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    /** As when somebody takes a name that others are about to choose, and lets go of it. */
    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement({"D6", "R19"})
    void anIdThatNeverRanStaysItsOrganizationsToo(Place place) {
        OrganizationId strange = OrganizationId.of("strange");
        try (Scene scene = scene(place.open(folder))) {
            MemberSync stranger = scene.engine().as(Caller.organizationAdministrator("Stranger", strange));
            stranger.integrations().add(IntegrationDraft.none(NEW, strange));
            stranger.integrations().remove(NEW, REASON);
            IntegrationDraft draft =
                    draft(scene.registry().baseUrl(), scene.registry().apiKey());

            assertThatThrownBy(() -> scene.engine().as(KARI).integrations().validate(draft))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> scene.engine().host().integrations().add(draft))
                    .isInstanceOf(AccessDeniedException.class);
            assertNothingOfTheDraft(scene);
        }
    }

    @Test
    @Requirement("D6")
    void aRunInProgressCommitsNothingMoreOnceItsIntegrationIsRemoved() {
        try (Scene scene = scene(new MemoryHost())) {
            Run cancelled = removedInTheMiddle(scene);

            assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
            assertThat(cancelled.failure().map(RunFailure::message)).contains("The integration was removed");
            assertThat(scene.host().rows()).hasSizeLessThanOrEqualTo(10);
            assertThat(scene.linked()).isEmpty();
            assertThat(audit(scene))
                    .filteredOn(entry -> entry.kind() == AuditKind.RUN)
                    .hasSize(1);
        }
    }

    /** When this returns, nobody works on the run any more. */
    private static Run removedInTheMiddle(Scene scene) {
        try (MemberSyncEngine engine = scene.engineWith(options -> options.batches(10, 1, Duration.ofHours(1)))) {
            Gate gate = new Gate();
            engine.start();
            MemberSync kari = engine.as(KARI);
            RunId run = heldUp(scene, kari, gate);
            kari.integrations().remove(Scene.INTEGRATION, REASON);
            gate.open();
            return over(kari, run);
        }
    }
}

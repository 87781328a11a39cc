package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.MemberSync;
import io.membersync.audit.AuditQuery;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.SystemType;
import io.membersync.connector.WebhookAnswer;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.RegistryException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An organization without a member system: every service knows, none starts anything, and each says why. */
@Requirement("A4")
class NoMemberSystemTest {

    private static final IntegrationId NONE = IntegrationId.of("none");
    private static final String WHY = "no member system";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void everyServiceSaysThatThereIsNone(Place place) {
        withNone(place.open(folder), engine -> {
            MemberSync host = engine.host();

            assertThat(host.integrations().find(NONE)).hasValueSatisfying(NoMemberSystemTest::isNone);
            assertThat(host.integrations().list()).hasSize(1).allSatisfy(NoMemberSystemTest::isNone);
            assertThat(host.integrations().test(NONE))
                    .isInstanceOfSatisfying(
                            ConnectionReport.NoSystem.class,
                            report -> assertThat(report.reason()).contains(WHY));
            assertUnavailable(host.runs().startFull(NONE));
            assertUnavailable(host.runs().startDelta(NONE));
            assertUnavailable(host.runs().retryFailed(NONE));
            assertThatThrownBy(() -> host.runs().preview(NONE, 1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(WHY);
            assertThat(host.runs().list(NONE, Optional.empty(), 10).items()).isEmpty();
            assertThat(host.runs().lastSync(NONE)).isEmpty();
            assertThat(host.quarantine().list(NONE, Optional.empty(), 10).items())
                    .isEmpty();
            assertThat(host.conflicts().open(NONE, Optional.empty(), 10).items())
                    .isEmpty();
            assertThat(host.outbox().list(NONE, Optional.empty(), 10).items()).isEmpty();
            assertThat(host.audit().find(AuditQuery.of(HostSide.ORGANIZATION)).items())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.summary()).contains(SystemType.NONE.displayName()));
        });
    }

    private static void isNone(Integration integration) {
        assertThat(integration.hasSystem()).isFalse();
        assertThat(integration.system()).isEqualTo("none");
        assertThat(integration.mapping().mappings()).isEmpty();
    }

    private static void assertUnavailable(StartAnswer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        StartAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).contains(WHY));
    }

    @Test
    void nothingIsEverScheduledNorReceivedNorSent() {
        withNone(new MemoryHost(), engine -> {
            engine.host().edits().announce(MemberId.of("whoever"));
            assertThatThrownBy(() -> engine.host()
                            .integrations()
                            .webhookSecrets(NONE, List.of(new WebhookSecret("whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ="))))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(WHY);
            engine.host().integrations().webhookSecrets(NONE, List.of());
            WebhookRequest request = new WebhookRequest(Map.of(), "{}".getBytes(StandardCharsets.UTF_8));

            assertThat(engine.receive(NONE, request)).isEqualTo(WebhookAnswer.REFUSED);
            assertThat(engine.tick()).isEmpty();
            assertThat(engine.host().runs().list(NONE, Optional.empty(), 10).items())
                    .isEmpty();
        });
    }

    @Test
    void aRunOfBeforeIsNotTakenUp() {
        try (Scene scene = Scene.on(new MemoryHost()).members(5, 1).start()) {
            scene.registry().revokeKey(scene.registry().apiKey());
            Run failed = scene.engine().fullSync(Scene.INTEGRATION);
            assertThat(failed.state()).isEqualTo(RunState.FAILED);
            scene.engine().host().integrations().add(IntegrationDraft.none(Scene.INTEGRATION, HostSide.ORGANIZATION));

            assertUnavailable(scene.engine().host().runs().resume(failed.id()));
        }
    }

    @Test
    void anIntegrationWhoseMembersAreLinkedKeepsItsSystem() {
        try (Scene scene = Scene.on(new MemoryHost()).members(5, 1).start()) {
            scene.full();

            assertThatThrownBy(() -> scene.engine()
                            .host()
                            .integrations()
                            .add(IntegrationDraft.none(Scene.INTEGRATION, HostSide.ORGANIZATION)))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("system")
                    .hasMessageContaining("5 members are linked");
        }
    }

    @Test
    void whatIsFilledInBesideTheChoiceIsRefusedByField() {
        withNone(new MemoryHost(), engine -> {
            IntegrationDraft draft = IntegrationDraft.of(
                            NONE,
                            HostSide.ORGANIZATION,
                            "none",
                            URI.create("https://registry.example.org"),
                            new Credentials.ApiKey("key"))
                    .setting("pageSize", "5")
                    .mapping(MappingSet.of(Mapping.inbound(MemberField.EMAIL, "mail")));

            assertThat(refused(engine, draft)).containsExactly("endpoint", "credentials", "settings", "mapping");
            assertThat(refused(engine, IntegrationDraft.none(null, HostSide.ORGANIZATION)))
                    .containsExactly("integration");
        });
    }

    @Test
    void whereThereIsASystemSomethingHasToBeMapped() {
        try (Scene scene = Scene.on(new MemoryHost()).members(5, 1).start()) {
            IntegrationDraft draft = IntegrationDraft.of(
                            Scene.INTEGRATION,
                            HostSide.ORGANIZATION,
                            "cornerstone",
                            scene.registry().baseUrl(),
                            new Credentials.ApiKey(scene.registry().apiKey()))
                    .mapping(MappingSet.of());

            assertThat(refused(scene.engine(), draft)).containsExactly("mapping");
        }
    }

    private static List<String> refused(ManualEngine engine, IntegrationDraft draft) {
        InvalidConfigurationException refusal = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> engine.host().integrations().add(draft));
        return refusal.violations().stream().map(Violation::field).toList();
    }

    private static void withNone(HostSide side, Consumer<ManualEngine> work) {
        try (ManualEngine engine = ManualEngine.builder(side.storage()).build()) {
            engine.host().integrations().add(IntegrationDraft.none(NONE, HostSide.ORGANIZATION));
            work.accept(engine);
        }
    }
}

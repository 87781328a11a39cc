package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.membersync.MemberSync;
import io.membersync.MemberSyncBuilder;
import io.membersync.MemberSyncEngine;
import io.membersync.audit.AuditQuery;
import io.membersync.fault.Fault;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Configurations that are refused: whole, by field, and without a trace; and the secret in them that nobody sees. */
class ConfigurationTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");
    private static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");
    private static final String KEY = "sekret-4711-do-not-show";
    private static final URI REGISTRY = URI.create("https://registry.example.org/v1");

    private final InMemoryStorage storage = new InMemoryStorage();

    private static IntegrationDraft draft(@Nullable String system, @Nullable URI endpoint) {
        return IntegrationDraft.of(INTEGRATION, ORGANIZATION, system, endpoint, new Credentials.ApiKey(KEY));
    }

    @Test
    void anEmptyFormIsToldEveryFieldAtOnce() {
        assertThat(refused(new IntegrationDraft(
                        null, null, null, null, null, null, null, null, null, null, null, null, null, false)))
                .containsOnlyKeys(
                        "integration",
                        "organization",
                        "system",
                        "endpoint",
                        "credentials",
                        "settings",
                        "scope",
                        "matchOrder",
                        "safeguards",
                        "rateLimit");
    }

    @Test
    void anUnknownSystemHidesNoOtherFault() {
        IntegrationDraft draft = IntegrationDraft.of(
                        INTEGRATION, ORGANIZATION, "minstone", URI.create("http://registry.example.org"), null)
                .mapping(outbound());

        Map<String, String> violations = refused(draft);

        assertThat(violations)
                .containsOnlyKeys("system", "endpoint", "credentials", "mapping.mappings[1].direction")
                .containsEntry("credentials", "is missing")
                .containsEntry("endpoint", "it is not https");
        assertThat(violations.get("system")).contains("cornerstone");
    }

    @Test
    void aKnownSystemIsAskedForItsForm() {
        IntegrationDraft draft = IntegrationDraft.of(
                        INTEGRATION,
                        ORGANIZATION,
                        "cornerstone",
                        URI.create("https://10.1.2.3/v1"),
                        new Credentials.None())
                .setting("color", "blue")
                .setting("pageSize", "abc")
                .mapping(outbound());

        Map<String, String> violations = refused(draft);

        assertThat(violations)
                .containsOnlyKeys(
                        "endpoint",
                        "credentials",
                        "settings.color",
                        "settings.pageSize",
                        "mapping.mappings[1].direction")
                .containsEntry("credentials", "must be an API key");
        assertThat(violations.get("endpoint")).contains("allow-list");
    }

    @ParameterizedTest
    @CsvSource({
        "http://registry.example.org, not https",
        "ftp://registry.example.org, not an http or https address",
        "/relative, not an http or https address",
        "https://127.0.0.1/, allow-list",
        "https://192.168.0.9/, allow-list",
        "https://169.254.169.254/, allow-list",
        "https://[::1]/, allow-list",
        "https://[fd00::1]/, allow-list",
        "https://user:topsecret@registry.example.org/x, user",
        "https://registry.example.org/x?token=topsecret, query",
        "https://registry.example.org/#part, fragment",
        "https://registry.example.org:99999/, port",
    })
    void anEndpointThatIsNotPublicIsRefused(URI endpoint, String why) {
        assertThat(refused(draft("cornerstone", endpoint)).get("endpoint")).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Connection", "Accept", "X Key", "X-Key\r\nHost", ""})
    void aHeaderThatCannotCarryAKeyIsRefused(String header) {
        IntegrationDraft draft =
                draft("cornerstone", URI.create("https://registry.example.org")).setting("keyHeader", header);

        assertThat(refused(draft)).containsOnlyKeys("settings.keyHeader");
    }

    @Test
    void aRightDraftIsStored() {
        try (MemberSyncEngine engine = engine().build()) {
            host(engine).integrations().add(draft("cornerstone", REGISTRY));

            assertThat(host(engine).integrations().find(INTEGRATION)).isPresent();
        }
    }

    private static MappingSet outbound() {
        return MappingSet.of(
                Mapping.inbound(MemberField.LAST_NAME, "person.lastName"),
                Mapping.inbound(MemberField.AFFILIATIONS, "membership.unitId").going(Direction.BOTH));
    }

    /** The violations by field, of a draft that leaves nothing behind. */
    private Map<String, String> refused(IntegrationDraft draft) {
        try (MemberSyncEngine engine = engine().build()) {
            InvalidConfigurationException refusal = catchThrowableOfType(
                    InvalidConfigurationException.class,
                    () -> host(engine).integrations().add(draft));
            assertThat(refusal).isNotNull().hasMessageNotContaining(KEY).hasMessageNotContaining("'null'");
            assertThat(host(engine).integrations().list()).isEmpty();
            assertThat(host(engine).audit().find(AuditQuery.of(ORGANIZATION)).items())
                    .isEmpty();
            assertThat(storage.<Integer>inTransaction(
                            session -> session.settings().list().size()))
                    .isZero();
            return refusal.violations().stream().collect(Collectors.toMap(Violation::field, Violation::message));
        }
    }

    private MemberSyncBuilder engine() {
        return MemberSyncEngine.builder(storage).keys(KeyProvider.random());
    }

    private static MemberSync host(MemberSyncEngine engine) {
        return engine.as(Caller.host());
    }

    @Test
    void aBuilderListsAllThatIsMissingOrWrong() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Where no connector is to be found.
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            InvalidConfigurationException refusal = catchThrowableOfType(
                    InvalidConfigurationException.class,
                    () -> MemberSyncEngine.builder(storage)
                            .parallelRuns(0)
                            .manualInterval(Duration.ofSeconds(-1))
                            .allowTargets("not a host!")
                            .build());
            assertThat(refusal.violations())
                    .extracting(Violation::field)
                    .contains("connectors", "keys", "parallelRuns", "manualInterval", "allowTargets");
            refusal.violations().forEach(violation -> assertThat(refusal).hasMessageContaining(violation.toString()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void theKeyIsNowhereToBeSeen() {
        Logger root = (Logger) LoggerFactory.getLogger("io.membersync");
        Level level = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
        List<String> shown = new ArrayList<>();
        try (Scene scene = Scene.on(new MemoryHost())
                .registry(registry -> registry.apiKey(KEY))
                .members(20, 3)
                .start()) {
            scene.full();
            scene.registry().revokeKey(KEY);
            Run failed = scene.engine().fullSync(Scene.INTEGRATION);
            assertThat(failed.failure().flatMap(RunFailure::fault)).contains(Fault.CREDENTIALS);
            MemberSync host = scene.engine().host();
            shown.add(failed.toString());
            shown.add(host.integrations().list().toString());
            shown.add(host.integrations().test(Scene.INTEGRATION).toString());
            shown.add(host.audit()
                    .find(AuditQuery.of(HostSide.ORGANIZATION))
                    .items()
                    .toString());
            shown.add(host.runs().progress(failed.id()).toString());
            scene.host().storage().inTransaction(session -> {
                shown.add(session.settings().list().toString());
                return true;
            });
        } finally {
            root.detachAppender(log);
            root.setLevel(level);
        }
        shown.add(draft("cornerstone", REGISTRY).toString());
        assertThat(log.list).isNotEmpty();
        log.list.forEach(event -> shown.add(event.getFormattedMessage() + event.getThrowableProxy()));
        assertThat(shown).allSatisfy(text -> assertThat(text).isNotEmpty().doesNotContain(KEY));
    }
}

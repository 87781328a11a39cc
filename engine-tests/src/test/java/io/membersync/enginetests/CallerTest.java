package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.alert.Alert;
import io.membersync.alert.AlertId;
import io.membersync.alert.AlertKind;
import io.membersync.alert.AlertQuery;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQuery;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.RuleVersion;
import io.membersync.conflict.Settlement;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.enrichment.CaseDecision;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentCase;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.fault.AccessDeniedException;
import io.membersync.health.HealthQuery;
import io.membersync.http.Credentials;
import io.membersync.mapping.MappingSet;
import io.membersync.matching.Match;
import io.membersync.matching.MatchReview;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.RunId;
import io.membersync.run.RunState;
import io.membersync.run.SyncControl;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.Integrations;
import io.membersync.setup.WorkflowOwners;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what: an administrator of one organization reaches nothing of another, and does not learn what is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerTest {

    private static final OrganizationId STRANGE = OrganizationId.of("strange");

    private Scene scene;
    private RunId run;
    private MemberSync stranger;

    @BeforeAll
    void start() {
        scene = Scene.on(new MemoryHost()).members(10, 3).start();
        run = scene.full().id();
        Instant now = scene.time().instant();
        scene.host().storage().inTransaction(session -> {
            session.plans()
                    .save(new Plan(
                            PlanId.of(run),
                            HostSide.ORGANIZATION,
                            Scene.INTEGRATION,
                            Plan.Origin.GUARD,
                            PlanState.WAITING,
                            Plan.Contents.NONE,
                            now,
                            now.plusSeconds(60),
                            Optional.empty(),
                            0));
            session.alerts()
                    .raise(new Alert(
                            new AlertId(run.value()),
                            AlertKind.HELD,
                            HostSide.ORGANIZATION,
                            Scene.INTEGRATION,
                            now,
                            now,
                            new Alert.Finding("Something is the matter", "Do something"),
                            Optional.empty(),
                            Optional.empty()));
            return true;
        });
        stranger = scene.engine().as(Caller.organizationAdministrator("Stranger", STRANGE));
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    /** Every method of every service, found by reflection: a new one is tested as soon as it is there. */
    static Stream<Method> methods() {
        return services()
                .flatMap(service -> Arrays.stream(service.getReturnType().getMethods()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !showsOnlyWhatOneMaySee(method));
    }

    private static Stream<Method> services() {
        return Arrays.stream(MemberSync.class.getMethods())
                .filter(method -> method.getDeclaringClass() == MemberSync.class)
                .filter(method -> method.getReturnType().isInterface());
    }

    private static boolean showsOnlyWhatOneMaySee(Method method) {
        return method.getDeclaringClass() == Integrations.class
                && (method.getName().equals("find") || method.getName().equals("list"));
    }

    @Test
    void allServicesAreFound() {
        assertThat(services()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(methods()).hasSizeGreaterThanOrEqualTo(16);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aStrangerIsRefusedAlikeWhetherTheThingIsThereOrNot(Method method) throws IllegalAccessException {
        Map<Class<?>, Object> there = arguments(Scene.INTEGRATION, run, HostSide.ORGANIZATION);
        Map<Class<?>, Object> absent =
                arguments(IntegrationId.of("nothing"), new RunId("nothing"), OrganizationId.of("nobody"));

        String message = refusal(method, there);

        assertThat(message).contains("Stranger").isEqualTo(refusal(method, absent));
        assertThat(message)
                .doesNotContain(Scene.INTEGRATION.value())
                .doesNotContain(run.value())
                .doesNotContain("nothing");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theHostIsNotRefused(Method method) throws IllegalAccessException {
        Map<Class<?>, Object> there = arguments(Scene.INTEGRATION, run, HostSide.ORGANIZATION);
        try {
            method.invoke(service(scene.engine().host(), method), values(method, there));
        } catch (InvocationTargetException other) {
            assertThat(other.getCause()).isNotInstanceOf(AccessDeniedException.class);
        }
        if (scene.engine().host().integrations().find(Scene.INTEGRATION).isEmpty()) {
            scene.configure(draft -> draft);
        }
        // What it started holds the integration's place no longer.
        SyncControl runs = scene.engine().host().runs();
        runs.list(Scene.INTEGRATION, Optional.empty(), 10).items().stream()
                .filter(found -> found.state() == RunState.QUEUED)
                .forEach(found -> runs.cancel(found.id()));
    }

    private String refusal(Method method, Map<Class<?>, Object> arguments) throws IllegalAccessException {
        try {
            Object answer = method.invoke(service(stranger, method), values(method, arguments));
            throw new AssertionError(method + " answered " + answer);
        } catch (InvocationTargetException refused) {
            Throwable why = Objects.requireNonNull(refused.getCause());
            assertThat(why).isInstanceOf(AccessDeniedException.class);
            return String.valueOf(why.getMessage());
        }
    }

    private static Object service(MemberSync sync, Method method) throws IllegalAccessException {
        Method accessor = services()
                .filter(service -> service.getReturnType() == method.getDeclaringClass())
                .findFirst()
                .orElseThrow();
        try {
            return accessor.invoke(sync);
        } catch (InvocationTargetException broken) {
            throw new AssertionError(broken.getCause());
        }
    }

    private static Object[] values(Method method, Map<Class<?>, Object> arguments) {
        Object decided = Optional.ofNullable(arguments.get(IntegrationId.class)).orElseThrow();
        return Arrays.stream(method.getParameterTypes())
                .map(type -> Optional.ofNullable(
                                method.getName().equals("resolve") && type == Collection.class
                                        ? List.of(new Conflict.Ref(
                                                (IntegrationId) decided, MemberId.of("kari"), "email", 1))
                                        : arguments.get(type))
                        .orElseThrow(() -> new AssertionError("This test knows no " + type + " for " + method)))
                .toArray();
    }

    private Map<Class<?>, Object> arguments(IntegrationId integration, RunId which, OrganizationId organization) {
        MemberId member = scene.host().rows().keySet().iterator().next();
        return Map.ofEntries(
                Map.entry(IntegrationId.class, integration),
                Map.entry(RunId.class, which),
                Map.entry(Optional.class, Optional.empty()),
                Map.entry(PlanId.class, PlanId.of(which)),
                Map.entry(Set.class, Set.of()),
                Map.entry(int.class, 10),
                Map.entry(Instant.class, Instant.EPOCH),
                Map.entry(Writer.class, Writer.nullWriter()),
                Map.entry(AuditQuery.class, AuditQuery.of(organization)),
                Map.entry(MemberId.class, member),
                Map.entry(Collection.class, List.of(member)),
                Map.entry(List.class, List.of()),
                Map.entry(String.class, "why"),
                Map.entry(ExternalId.class, ExternalId.of("m_1")),
                Map.entry(MatchReview.class, unclear(integration)),
                Map.entry(IntegrationDraft.class, draft(integration, organization)),
                Map.entry(SyncSchedule.class, SyncSchedule.MANUAL_ONLY),
                Map.entry(OutboxEntry.class, waiting(integration, member)),
                Map.entry(
                        ConflictQuery.class,
                        new ConflictQuery(
                                new ConflictQuery.Scope(Optional.of(organization), Optional.of(integration)),
                                ConflictQuery.State.OPEN,
                                ConflictQuery.What.EVERYTHING,
                                Optional.empty(),
                                Optional.empty(),
                                10)),
                Map.entry(CaseDecision.class, CaseDecision.LEAVE),
                Map.entry(
                        EnrichmentCase.class,
                        new EnrichmentCase(member, integration, EnrichmentState.FAILED, "why", Instant.EPOCH, 1)),
                Map.entry(EnrichmentBasis.class, new EnrichmentBasis(organization, "why", "law", ZoneOffset.UTC)),
                Map.entry(
                        Credentials.class,
                        new Credentials.ApiKey(scene.registry().apiKey())),
                Map.entry(Settlement.class, new Settlement.KeepApp()),
                Map.entry(OrganizationId.class, organization),
                Map.entry(FieldCategory.class, FieldCategory.ROLE),
                Map.entry(MemberField.class, MemberField.EMAIL),
                Map.entry(Rule.class, Rule.APP_WINS),
                Map.entry(RuleSet.class, RuleSet.platformDefaults()),
                Map.entry(WorkflowOwners.class, WorkflowOwners.undecided(organization)),
                Map.entry(MappingSet.class, new CornerstoneConnectorFactory().suggestedMapping()),
                Map.entry(RuleVersion.class, RuleVersion.platformDefaults(organization)),
                Map.entry(HealthQuery.class, HealthQuery.all().of(organization)),
                Map.entry(AlertQuery.class, AlertQuery.open().of(organization)),
                Map.entry(AlertId.class, new AlertId(which.value())),
                Map.entry(boolean.class, true));
    }

    private MatchReview unclear(IntegrationId integration) {
        Instant now = scene.time().instant();
        return new MatchReview(
                integration,
                ExternalId.of("m_1"),
                Match.Doubt.WEAK_KEYS_ONLY,
                List.of(),
                now,
                now,
                Optional.empty(),
                1);
    }

    private OutboxEntry waiting(IntegrationId integration, MemberId member) {
        Instant now = scene.time().instant();
        return new OutboxEntry(
                integration,
                ExternalId.of("m_1"),
                member,
                MemberField.EMAIL,
                FieldValue.text("new@example.test"),
                FieldValue.text("old@example.test"),
                OutboxState.PENDING,
                new OutboxEntry.Delivery(now, 0, now, Optional.empty(), Optional.empty()),
                new OutboxEntry.Returns(0, now),
                1);
    }

    private IntegrationDraft draft(IntegrationId integration, OrganizationId organization) {
        return IntegrationDraft.of(
                integration,
                organization,
                "cornerstone",
                scene.registry().baseUrl(),
                new Credentials.ApiKey(scene.registry().apiKey()));
    }

    @Test
    void aStrangerSeesNoIntegrationOfAnother() {
        assertThat(stranger.integrations().find(Scene.INTEGRATION)).isEmpty();
        assertThat(stranger.integrations().list()).isEmpty();
        assertThat(scene.engine().host().integrations().find(Scene.INTEGRATION)).isPresent();
    }

    @Test
    void aStrangerDoesNotTakeAnIntegrationOver() {
        assertThatThrownBy(() -> stranger.integrations().add(draft(Scene.INTEGRATION, STRANGE)))
                .isInstanceOf(AccessDeniedException.class);

        assertThat(scene.engine().host().integrations().find(Scene.INTEGRATION))
                .hasValueSatisfying(found -> assertThat(found.organization()).isEqualTo(HostSide.ORGANIZATION));
    }

    @Test
    void onlyTheHostAnnouncesItsEdits() {
        MemberId member = scene.host().rows().keySet().iterator().next();
        for (Caller caller : List.of(
                Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION), Caller.globalAdministrator("Ola"))) {
            MemberSync sync = scene.engine().as(caller);
            assertThatThrownBy(() -> sync.edits().announce(member)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> sync.edits().announce(List.of(member))).isInstanceOf(AccessDeniedException.class);
        }
    }
}

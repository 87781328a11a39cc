package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.MemberSync;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.StaleVersionException;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.PortalBoundary;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import io.membersync.setup.WorkflowOwners;
import io.membersync.testkit.contract.Requirement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** App and portal never do the same: each workflow and each field has one owner. */
@Requirement("D7")
class PortalBoundaryTest {

    private static final Workflow OWN = Workflow.of("peer-mentoring", MemberField.MENTOR_STATUS);

    private static PortalBoundary boundary(Scene scene) {
        return scene.engine()
                .as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION))
                .boundary();
    }

    private static WorkflowOwners now(Scene scene) {
        return boundary(scene).owners(HostSide.ORGANIZATION);
    }

    private static List<Violation> refused(Scene scene, Workflow.Claim... claims) {
        WorkflowOwners seen = now(scene);
        return catchThrowableOfType(
                        InvalidConfigurationException.class,
                        () -> boundary(scene).set(seen, List.of(claims)))
                .violations();
    }

    @Test
    void aSessionLearnsEveryOwnerInOneStatement() {
        CountedDatabase database = new CountedDatabase(PostgresServer.freshDatabase());
        try (Scene scene =
                Scene.on(new JdbcHost(database.dataSource())).members(1, 1).start()) {
            boundary(scene)
                    .set(
                            now(scene),
                            List.of(
                                    Workflow.PROFILE_EDITING.ownedBy(WorkflowOwner.PORTAL),
                                    OWN.ownedBy(WorkflowOwner.APP)));
            database.sent();

            WorkflowOwners owners = scene.engine().host().boundary().owners(HostSide.ORGANIZATION);

            assertThat(database.sent())
                    .filteredOn(statement -> !statement.equals("COMMIT"))
                    .hasSize(1);
            assertThat(owners.version()).isEqualTo(1);
            assertThat(owners.owner("profile-editing")).contains(WorkflowOwner.PORTAL);
            assertThat(owners.owner("peer-mentoring")).contains(WorkflowOwner.APP);
            assertThat(owners.owner("renewal")).isEmpty();
        }
    }

    @Test
    void aWorkflowHasOneOwner() {
        try (Scene scene = Scene.on(new MemoryHost()).members(1, 1).start()) {
            assertThat(refused(
                            scene,
                            Workflow.NOTIFICATIONS.ownedBy(WorkflowOwner.PORTAL),
                            Workflow.NOTIFICATIONS.ownedBy(WorkflowOwner.APP)))
                    .extracting(Violation::field)
                    .containsExactly("claims[1].workflow");
            assertThat(now(scene).version()).isZero();
        }
    }

    @Test
    void aFieldIsNotWrittenByWorkflowsOfBothSides() {
        try (Scene scene = Scene.on(new MemoryHost()).members(1, 1).start()) {
            assertThat(refused(
                            scene,
                            Workflow.PROFILE_EDITING.ownedBy(WorkflowOwner.PORTAL),
                            Workflow.of("newsletter", MemberField.EMAIL).ownedBy(WorkflowOwner.APP)))
                    .singleElement()
                    .satisfies(violation -> {
                        assertThat(violation.field()).isEqualTo("claims[1].workflow.fields");
                        assertThat(violation.message()).contains("email").contains("profile-editing");
                    });
        }
    }

    @Test
    void thePortalsFieldDoesNotGoOutOfTheApp() {
        try (Scene scene = Scene.on(new MemoryHost())
                .members(1, 1)
                .draft(draft -> draft.mapping(new CornerstoneConnectorFactory().twoWayMapping()))
                .start()) {
            Workflow.Claim portals = Workflow.PROFILE_EDITING.ownedBy(WorkflowOwner.PORTAL);
            assertThat(refused(scene, portals))
                    .isNotEmpty()
                    .allSatisfy(violation -> assertThat(violation.field()).isEqualTo("workflows.profile-editing"))
                    .anySatisfy(violation -> assertThat(violation.message()).contains("email"));

            scene.configure(draft -> draft.mapping(new CornerstoneConnectorFactory().suggestedMapping()));
            boundary(scene).set(now(scene), List.of(portals));

            // Nor does it begin to, once that is decided.
            assertThatThrownBy(() ->
                            scene.configure(draft -> draft.mapping(new CornerstoneConnectorFactory().twoWayMapping())))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("workflows.profile-editing");
        }
    }

    @Test
    void whatADraftHasAgainstItselfAndAgainstTheBoundaryIsToldAtOnce() {
        try (Scene scene = Scene.on(new MemoryHost()).members(1, 1).start()) {
            boundary(scene).set(now(scene), List.of(Workflow.PROFILE_EDITING.ownedBy(WorkflowOwner.PORTAL)));
            IntegrationDraft wrong = IntegrationDraft.of(
                            Scene.INTEGRATION,
                            HostSide.ORGANIZATION,
                            "cornerstone",
                            scene.registry().baseUrl(),
                            new Credentials.ApiKey(scene.registry().apiKey()))
                    .mapping(new CornerstoneConnectorFactory().twoWayMapping())
                    .setting("color", "blue");
            EnrichmentBasis foreign = new EnrichmentBasis(OrganizationId.of("them"), "why", "law", ZoneOffset.UTC);

            assertThat(scene.engine().host().integrations().validate(wrong))
                    .extracting(Violation::field)
                    .contains("settings.color", "workflows.profile-editing");
            assertThatThrownBy(() -> scene.engine().host().integrations().add(wrong))
                    .hasMessageContainingAll("settings.color", "workflows.profile-editing");
            assertThatThrownBy(() -> scene.engine().host().onboarding().confirm(wrong, Optional.of(foreign)))
                    .hasMessageContainingAll("settings.color", "workflows.profile-editing", "enrichment");
        }
    }

    @Test
    void theAppsFieldIsNotWonByTheRegistry() {
        try (Scene scene = Scene.on(new MemoryHost()).members(1, 1).start()) {
            MemberSync kari = scene.engine().as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION));
            Workflow.Claim apps = Workflow.PROFILE_EDITING.ownedBy(WorkflowOwner.APP);
            kari.rules().set(HostSide.ORGANIZATION, FieldCategory.CONTACT_DETAILS, Rule.EXTERNAL_WINS);
            assertThat(refused(scene, apps)).isNotEmpty();

            scene.configure(draft -> draft.mapping(new CornerstoneConnectorFactory().twoWayMapping()));
            assertThat(refused(scene, apps)).isNotEmpty();

            scene.configure(draft -> draft.mapping(new CornerstoneConnectorFactory().suggestedMapping()));
            kari.rules().reset(HostSide.ORGANIZATION);
            List<String> warnings =
                    boundary(scene).set(now(scene), List.of(apps)).warnings();

            assertThat(warnings)
                    .anySatisfy(
                            warning -> assertThat(warning).contains("'email'").contains("does not go out"))
                    .contains("Nobody owns 'renewal'");
            assertThatThrownBy(() ->
                            kari.rules().set(HostSide.ORGANIZATION, FieldCategory.CONTACT_DETAILS, Rule.EXTERNAL_WINS))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("workflows.profile-editing");
        }
    }

    @Test
    void everyDecisionIsAVersionWithItsAudit() {
        try (Scene scene = Scene.on(new MemoryHost()).members(1, 1).start()) {
            WorkflowOwners none = now(scene);
            PortalBoundary boundary = boundary(scene);
            WorkflowOwners first =
                    boundary.set(none, List.of(OWN.ownedBy(WorkflowOwner.APP))).owners();
            WorkflowOwners same =
                    boundary.set(first, List.of(OWN.ownedBy(WorkflowOwner.APP))).owners();
            WorkflowOwners second = boundary.set(first, List.of(OWN.ownedBy(WorkflowOwner.PORTAL)))
                    .owners();

            assertThat(same).isEqualTo(first);
            assertThat(second.version()).isEqualTo(2);
            assertThat(second.change().map(WorkflowOwners.Change::by)).contains("Kari");
            assertThatThrownBy(() -> boundary.set(first, List.of())).isInstanceOf(StaleVersionException.class);
            assertThat(boundary.history(HostSide.ORGANIZATION, Optional.empty(), 10)
                            .items())
                    .containsExactly(second, first);
            assertThat(scene.engine()
                            .host()
                            .audit()
                            .find(AuditQuery.of(HostSide.ORGANIZATION))
                            .items())
                    .filteredOn(entry -> entry.summary().startsWith("Owners of workflows"))
                    .hasSize(2)
                    .first()
                    .extracting(AuditEntry::changes)
                    .satisfies(changes -> assertThat(changes).singleElement().satisfies(change -> {
                        assertThat(change.field()).isEqualTo("peer-mentoring");
                        assertThat(change.before()).isEqualTo("APP");
                        assertThat(change.after()).isEqualTo("PORTAL");
                    }));
        }
    }
}

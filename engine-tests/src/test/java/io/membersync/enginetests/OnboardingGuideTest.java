package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.fault.Violation;
import io.membersync.http.Credentials;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.StartAnswer;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.Checklist;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.MappingPreview;
import io.membersync.setup.MemberCount;
import io.membersync.setup.Onboarded;
import io.membersync.setup.PortalBoundary;
import io.membersync.setup.SystemChoice;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import io.membersync.setup.WorkflowOwners;
import io.membersync.testkit.engine.ManualEngine;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the guide's code the same as the code that is compiled here, and runs it. */
class OnboardingGuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// \\[[a-z ]+]\n(.*?)[ ]*// \\[end]", Pattern.DOTALL);
    private static final Path THIS = Path.of("src/test/java/io/membersync/enginetests/OnboardingGuideTest.java");

    @Test
    void showsNoJavaButWhatIsCompiledHere() throws IOException {
        List<String> compiled = REGION.matcher(Files.readString(THIS))
                .results()
                .map(region -> region.group(1).stripTrailing().stripIndent() + "\n")
                .toList();

        assertThat(BLOCK.matcher(Files.readString(Path.of("../docs/onboarding.md")))
                        .results()
                        .map(block -> block.group(1)))
                .hasSizeGreaterThan(5)
                .containsExactlyElementsOf(compiled);
    }

    @Test
    void itsStepsWork() {
        OrganizationId us = OrganizationId.of("our-association");
        IntegrationId id = IntegrationId.of("our-cornerstone");
        try (CornerstoneSimulator registry = CornerstoneSimulator.builder()
                        .members(12)
                        .room("ours", "Ours")
                        .addKey("next", "ours", "members:read")
                        .start();
                ManualEngine engine =
                        ManualEngine.builder(new MemoryHost().storage()).build()) {
            MemberSync sync = engine.as(Caller.organizationAdministrator("Kari", us));
            assertThat(systems(sync, us))
                    .extracting(choice -> choice.system().id())
                    .contains("cornerstone", "none");
            IntegrationDraft draft = draft(us, id, registry.baseUrl(), registry.apiKey());
            assertThat(tried(sync, draft)).isEqualTo(new MemberCount.Told(12));
            assertThat(confirmed(sync, draft)).isInstanceOf(StartAnswer.Queued.class);
            engine.tick();
            assertThat(next(sync, id)).contains("webhooks");
            assertThat(decided(sync, us).warnings()).isNotEmpty();
            assertThat(owner(engine.host(), us)).contains(WorkflowOwner.PORTAL);
            MappingSet mapping = new CornerstoneConnectorFactory().suggestedMapping();
            assertThat(mapped(sync, id, mapping).samples()).hasSize(5);
            rescheduled(sync, id);
            assertThat(renewed(sync, id, "next")).isTrue();
            removed(sync, id);
            assertThat(sync.integrations().list()).isEmpty();
        }
    }

    private static List<SystemChoice> systems(MemberSync sync, OrganizationId us) {
        // [choose]
        List<SystemChoice> systems = sync.onboarding().systems(us); // with the form of each; the last is "none"
        // [end]
        return systems;
    }

    private static IntegrationDraft draft(OrganizationId us, IntegrationId id, URI registry, String key) {
        // [fill in]
        ZoneId zone = ZoneId.of("Europe/Oslo");
        IntegrationDraft draft = IntegrationDraft.of(id, us, "cornerstone", registry, new Credentials.ApiKey(key))
                .schedule(SyncSchedule.nightly(LocalTime.of(1, 0), LocalTime.of(5, 0), zone));
        // [end]
        return draft;
    }

    private static MemberCount tried(MemberSync sync, IntegrationDraft draft) {
        // [try]
        List<Violation> violations = sync.integrations().validate(draft);
        ConnectionReport report = sync.integrations().test(draft);
        MemberCount count = sync.onboarding().count(draft);
        // [end]
        assertThat(violations).isEmpty();
        assertThat(report).isInstanceOf(ConnectionReport.Connected.class);
        return count;
    }

    private static StartAnswer confirmed(MemberSync sync, IntegrationDraft draft) {
        // [confirm]
        Onboarded onboarded = sync.onboarding().confirm(draft, Optional.empty());
        // [end]
        return onboarded.firstSync();
    }

    private static String next(MemberSync sync, IntegrationId id) {
        // [look]
        Checklist checklist = sync.onboarding().checklist(id);
        String next = checklist.next().map(Checklist.Step::words).orElse("All is done");
        // [end]
        return next;
    }

    private static PortalBoundary.Decided decided(MemberSync sync, OrganizationId us) {
        // [divide]
        PortalBoundary boundary = sync.boundary();
        PortalBoundary.Decided decided = boundary.set(
                boundary.owners(us),
                List.of(
                        Workflow.PROFILE_EDITING.ownedBy(WorkflowOwner.PORTAL),
                        Workflow.EVENT_SIGN_UP.ownedBy(WorkflowOwner.APP),
                        Workflow.of("peer-mentoring").ownedBy(WorkflowOwner.APP)));
        // [end]
        return decided;
    }

    private static Optional<WorkflowOwner> owner(MemberSync sync, OrganizationId us) {
        // [ask]
        WorkflowOwners owners = sync.boundary().owners(us); // keep it as long as the session
        Optional<WorkflowOwner> owner = owners.owner("profile-editing");
        // [end]
        return owner;
    }

    private static MappingPreview mapped(MemberSync sync, IntegrationId id, MappingSet mapping) {
        // [map]
        MappingPreview preview = sync.mappings().preview(id, mapping);
        List<Violation> violations = sync.mappings().validate(id, mapping, Set.of());
        sync.mappings().save(id, mapping, Set.of());
        // [end]
        assertThat(violations).isEmpty();
        return preview;
    }

    private static void rescheduled(MemberSync sync, IntegrationId id) {
        // [reschedule]
        sync.integrations().reschedule(id, SyncSchedule.everyMinutes(30));
        // [end]
    }

    private static boolean renewed(MemberSync sync, IntegrationId id, String key) {
        // [renew]
        ConnectionReport report = sync.integrations().replaceCredentials(id, new Credentials.ApiKey(key));
        boolean replaced = report instanceof ConnectionReport.Connected;
        // [end]
        return replaced;
    }

    private static void removed(MemberSync sync, IntegrationId id) {
        // [remove]
        sync.integrations().remove(id, "The association has left the umbrella");
        // [end]
    }
}

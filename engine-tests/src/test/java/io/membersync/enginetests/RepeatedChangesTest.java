package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.MemberSyncEngine;
import io.membersync.http.Credentials;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.run.RunProgress;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.secret.KeyProvider;
import io.membersync.setup.IntegrationDraft;
import io.membersync.storage.memory.InMemoryStorage;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A member that changes several times within one batch, its changes on different pages: the last one counts. */
class RepeatedChangesTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.of("nbf");
    private static final IntegrationId INTEGRATION = IntegrationId.of("nbf-cornerstone");

    private final InMemoryStorage storage = new InMemoryStorage();

    @Test
    void aChangeThatIsTakenBackOnALaterPageOfTheBatchIsTakenBack() {
        try (CornerstoneSimulator registry = registry();
                MemberSyncEngine engine = engine()) {
            MemberSync sync = fullSynced(engine, registry);
            registry.update("m_3", "{\"membership\":{\"type\":\"FAMILY\"}}");
            finished(sync, sync.runs().startDelta(INTEGRATION));

            registry.update("m_3", "{\"membership\":{\"type\":\"HONORARY\"}}");
            registry.update("m_3", "{\"membership\":{\"type\":\"FAMILY\"}}");
            finished(sync, sync.runs().startDelta(INTEGRATION));

            assertThat(membershipType("m_3")).isEqualTo("FAMILY");
        }
    }

    @Test
    void aMemberThatIsAddedAndRemovedOnLaterPagesOfTheBatchIsNotMade() {
        try (CornerstoneSimulator registry = registry();
                MemberSyncEngine engine = engine()) {
            MemberSync sync = fullSynced(engine, registry);
            String id = registry.create("{\"person\":{\"firstName\":\"Ada\",\"lastName\":\"Ny\"}}");
            registry.delete(id, "erased");
            finished(sync, sync.runs().startDelta(INTEGRATION));

            assertThat(link(id).filter(Link::live)).isEmpty();
        }
    }

    private static CornerstoneSimulator registry() {
        return CornerstoneSimulator.builder().members(10).seed(7).start();
    }

    private MemberSyncEngine engine() {
        return MemberSyncEngine.builder(storage)
                .keys(KeyProvider.random())
                .testMode()
                .manualInterval(Duration.ZERO)
                .batches(500, 20, Duration.ofMinutes(1))
                .build();
    }

    private static MemberSync fullSynced(MemberSyncEngine engine, CornerstoneSimulator registry) {
        engine.start();
        MemberSync sync = engine.as(Caller.organizationAdministrator("Kari", ORGANIZATION));
        // One record a page, so that the changes of one member stand on different pages.
        sync.integrations()
                .add(IntegrationDraft.of(
                                INTEGRATION,
                                ORGANIZATION,
                                "cornerstone",
                                registry.baseUrl(),
                                new Credentials.ApiKey(registry.apiKey()))
                        .setting("pageSize", "1"));
        finished(sync, sync.runs().startFull(INTEGRATION));
        return sync;
    }

    private static void finished(MemberSync sync, StartAnswer answer) {
        RunId id = ((StartAnswer.Queued) answer).run();
        RunProgress progress = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> sync.runs().progress(id), p -> !p.run().state().active());
        Run run = progress.run();
        assertThat(run.state()).as("%s", run.failure()).isEqualTo(RunState.COMPLETED);
    }

    private String membershipType(String id) {
        MemberId member = link(id).flatMap(Link::member).orElseThrow();
        return storage.inTransaction(session -> session.members().load(ORGANIZATION, List.of(member)))
                .values()
                .iterator()
                .next()
                .state()
                .value(MemberField.MEMBERSHIP_TYPE)
                .display();
    }

    private Optional<Link> link(String id) {
        Map<ExternalId, Link> links =
                storage.inTransaction(session -> session.links().load(INTEGRATION, List.of(ExternalId.of(id))));
        return Optional.ofNullable(links.get(ExternalId.of(id)));
    }
}

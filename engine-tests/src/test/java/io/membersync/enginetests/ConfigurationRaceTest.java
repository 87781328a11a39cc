package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.conflict.Rule;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.http.Credentials;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.FieldCategory;
import io.membersync.model.IntegrationId;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has to fit together does so, even where it is changed at the same moment. */
@Requirement({"D3", "D7"})
class ConfigurationRaceTest {

    private static final int ROUNDS = 6;
    private static final MappingSet IN = new CornerstoneConnectorFactory().suggestedMapping();
    private static final MappingSet TWO_WAY = new CornerstoneConnectorFactory().twoWayMapping();

    @TempDir
    Path folder;

    private final ExecutorService both = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        both.shutdownNow();
    }

    /** Does two things at once, and gives what each of them was refused with. */
    private List<Optional<RuntimeException>> atOnce(Runnable one, Runnable other) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<Future<Optional<RuntimeException>>> done = Stream.of(one, other)
                .map(work -> both.submit(() -> {
                    barrier.await();
                    try {
                        work.run();
                        return Optional.<RuntimeException>empty();
                    } catch (RuntimeException refused) {
                        return Optional.of(refused);
                    }
                }))
                .toList();
        return List.of(done.get(0).get(), done.get(1).get());
    }

    private static void exactlyOneWasRefused(List<Optional<RuntimeException>> refusals) {
        assertThat(refusals.stream().flatMap(Optional::stream))
                .singleElement()
                .isInstanceOf(InvalidConfigurationException.class);
    }

    private static void own(MemberSync kari, WorkflowOwner owner) {
        kari.boundary()
                .set(kari.boundary().owners(HostSide.ORGANIZATION), List.of(Workflow.PROFILE_EDITING.ownedBy(owner)));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void ofABoundaryAndWhatItForbidsOneIsRefused(Place place) throws Exception {
        try (Scene scene = Scene.on(place.open(folder)).members(1, 1).start()) {
            MemberSync kari = scene.engine().as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION));
            for (int i = 0; i < ROUNDS; i++) {
                exactlyOneWasRefused(atOnce(
                        () -> own(kari, WorkflowOwner.PORTAL),
                        () -> kari.mappings().save(Scene.INTEGRATION, TWO_WAY, Set.of())));
                free(kari);
                exactlyOneWasRefused(atOnce(
                        () -> own(kari, WorkflowOwner.APP),
                        () -> kari.rules()
                                .set(HostSide.ORGANIZATION, FieldCategory.CONTACT_DETAILS, Rule.EXTERNAL_WINS)));
                free(kari);
                exactlyOneWasRefused(atOnce(
                        () -> own(kari, WorkflowOwner.PORTAL), () -> scene.configure(draft -> draft.mapping(TWO_WAY))));
                free(kari);
            }
        }
    }

    private static void free(MemberSync kari) {
        kari.boundary().set(kari.boundary().owners(HostSide.ORGANIZATION), List.of());
        kari.mappings().save(Scene.INTEGRATION, IN, Set.of());
        kari.rules().reset(HostSide.ORGANIZATION);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void confirmedTwiceAtOnceIsConfirmed(Place place) throws Exception {
        try (Scene scene = Scene.on(place.open(folder)).members(1, 1).start()) {
            MemberSync kari = scene.engine().as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION));
            for (int i = 0; i < ROUNDS; i++) {
                IntegrationDraft draft = IntegrationDraft.of(
                        IntegrationId.of("twice-" + i),
                        HostSide.ORGANIZATION,
                        "cornerstone",
                        scene.registry().baseUrl(),
                        new Credentials.ApiKey(scene.registry().apiKey()));
                Runnable confirm = () -> kari.onboarding().confirm(draft, Optional.empty());

                assertThat(atOnce(confirm, confirm))
                        .allSatisfy(refused -> assertThat(refused).isEmpty());
            }
        }
    }
}

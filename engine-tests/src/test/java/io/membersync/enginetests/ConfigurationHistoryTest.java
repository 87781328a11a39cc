package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.AccessDeniedException;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.Integrations;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How an integration was set up stays readable by number, and runs say which number they went by. */
@Requirement({"D1", "R23"})
class ConfigurationHistoryTest {

    private static final Caller KARI = Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void everyChangeIsAVersionAndRunsNameTheirs(Place place) {
        try (Scene scene =
                Scene.on(place.open(folder)).members(30, 4).pageSize(20).start()) {
            Run first = scene.full();
            MappingSet known = history(scene).get(0).integration().mapping();
            MappingSet fewer = MappingSet.of(known.mappings().stream()
                    .filter(mapping -> !mapping.field().equals(MemberField.MOBILE))
                    .toArray(io.membersync.mapping.Mapping[]::new));
            scene.engine().as(KARI).mappings().save(Scene.INTEGRATION, fewer, Set.of(MemberField.MOBILE));
            Run second = scene.full();
            scene.engine().as(KARI).integrations().disable(Scene.INTEGRATION);
            scene.engine().as(KARI).integrations().disable(Scene.INTEGRATION);

            assertThat(first.configuration()).contains(1L);
            assertThat(second.configuration()).contains(2L);
            assertThat(history(scene)).extracting(ConfigurationVersion::number).containsExactly(3L, 2L, 1L);
            assertThat(history(scene).get(0).madeBy()).isEqualTo("Kari");
            assertThat(history(scene).get(1).integration().mapping()).isEqualTo(fewer);
            assertThat(history(scene).get(2).integration().mapping()).isEqualTo(known);
            assertThat(history(scene).toString())
                    .doesNotContain(scene.registry().apiKey());
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void itStaysWhenTheIntegrationIsRemovedAndIsNobodyElses(Place place) {
        Caller stranger = Caller.organizationAdministrator("Ola", OrganizationId.of("them"));
        try (Scene scene = Scene.on(place.open(folder)).members(5, 4).start()) {
            scene.full();
            scene.engine().as(KARI).integrations().remove(Scene.INTEGRATION, "Moved");

            assertThat(history(scene)).hasSize(1);
            assertThatThrownBy(() ->
                            scene.engine().as(stranger).integrations().history(Scene.INTEGRATION, Optional.empty(), 10))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    /** Nothing leads there since an id stays whose it was; who reads is asked for all the same. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void versionsOfAnIdThatTwoOrganizationsHadAreShownToTheirOwnersAlone(Place place) {
        OrganizationId them = OrganizationId.of("them");
        Caller stranger = Caller.organizationAdministrator("Ola", them);
        IntegrationId shared = IntegrationId.of("shared");
        try (Scene scene = Scene.on(place.open(folder)).members(5, 4).start()) {
            Integrations theirs = scene.engine().as(stranger).integrations();
            Integration first = theirs.add(IntegrationDraft.none(shared, them));
            theirs.remove(shared, "a trap");
            scene.host().storage().inTransaction(session -> {
                session.settings()
                        .addVersion(new ConfigurationVersion(
                                2, ofAnother(first), "Kari", scene.time().instant()));
                return shared;
            });

            assertThat(theirs.history(shared, Optional.empty(), 10).items())
                    .extracting(ConfigurationVersion::number)
                    .containsExactly(1L);
            assertThat(scene.engine()
                            .as(KARI)
                            .integrations()
                            .history(shared, Optional.empty(), 10)
                            .items())
                    .extracting(ConfigurationVersion::number)
                    .containsExactly(2L);
        }
    }

    private static Integration ofAnother(Integration given) {
        return new Integration(
                given.id(),
                HostSide.ORGANIZATION,
                given.system(),
                given.endpoint(),
                given.settings(),
                given.mapping(),
                given.scope(),
                given.matchOrder(),
                given.safeguards(),
                given.rateLimit(),
                given.credentials(),
                given.timetable());
    }

    private static List<ConfigurationVersion> history(Scene scene) {
        return scene.engine()
                .as(KARI)
                .integrations()
                .history(Scene.INTEGRATION, Optional.empty(), 10)
                .items();
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.AccessDeniedException;
import io.membersync.mapping.MappingSet;
import io.membersync.model.Caller;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.setup.ConfigurationVersion;
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

    private static List<ConfigurationVersion> history(Scene scene) {
        return scene.engine()
                .as(KARI)
                .integrations()
                .history(Scene.INTEGRATION, Optional.empty(), 10)
                .items();
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.MemberSync;
import io.membersync.alert.AlertQuery;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.ConflictQuery;
import io.membersync.health.HealthQuery;
import io.membersync.model.Slice;
import io.membersync.run.PlanId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A list goes on from its own cursors, and refuses whatever else it is given, in one way. */
@Requirement("E2")
class CursorTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void noListTakesACursorThatItHasNotGivenOut(Place place) {
        try (Scene scene = PlanTest.held(Scene.on(place.open(folder)), MassChange.PHONE_BLANKED)) {
            RunId run = scene.engine().fullSync(Scene.INTEGRATION).id();
            PlanId plan = MassChangeTest.held(scene).id();
            String another = scene.engine()
                    .host()
                    .audit()
                    .find(AuditQuery.of(HostSide.ORGANIZATION).atMost(1))
                    .next()
                    .orElseThrow();
            lists(run, plan).forEach((name, list) -> {
                for (String wrong : List.of("", "x", "12", "123-456", "m_1", "zzzzzzzzzzzz", another)) {
                    if (name.equals("audit") && wrong.equals(another)) {
                        continue;
                    }
                    assertThatThrownBy(() -> list.apply(scene.engine().host(), Optional.of(wrong)))
                            .as("%s from '%s'", name, wrong)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("begin without one");
                }
            });
        }
    }

    @Test
    void aListGoesOnFromItsOwnCursor() {
        try (Scene scene = PlanTest.held(Scene.on(new MemoryHost()), MassChange.PHONE_BLANKED)) {
            scene.engine().fullSync(Scene.INTEGRATION);
            MemberSync host = scene.engine().host();
            Slice<Run> first = host.runs().list(Scene.INTEGRATION, Optional.empty(), 1);

            assertThat(host.runs().list(Scene.INTEGRATION, first.next(), 1).items())
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(first.items());
        }
    }

    private static Map<String, BiFunction<MemberSync, Optional<String>, Object>> lists(RunId run, PlanId plan) {
        Map<String, BiFunction<MemberSync, Optional<String>, Object>> lists = new LinkedHashMap<>();
        lists.put("runs", (sync, from) -> sync.runs().list(Scene.INTEGRATION, from, 1));
        lists.put("absences", (sync, from) -> sync.runs().absences(run, from, 1));
        lists.put("plans", (sync, from) -> sync.plans().list(Scene.INTEGRATION, Set.of(), from, 1));
        lists.put("changes", (sync, from) -> sync.plans().changes(plan, from, 1));
        lists.put("conflicts", (sync, from) -> sync.conflicts().open(Scene.INTEGRATION, from, 1));
        lists.put(
                "all conflicts",
                (sync, from) -> sync.conflicts()
                        .find(ConflictQuery.of(Scene.INTEGRATION).slice(from, 1)));
        lists.put("quarantine", (sync, from) -> sync.quarantine().list(Scene.INTEGRATION, from, 1));
        lists.put("matches", (sync, from) -> sync.matches().list(Scene.INTEGRATION, from, 1));
        lists.put("outbox", (sync, from) -> sync.outbox().list(Scene.INTEGRATION, from, 1));
        lists.put("rules", (sync, from) -> sync.rules().history(HostSide.ORGANIZATION, from, 1));
        lists.put("enrichments", (sync, from) -> sync.enrichments().cases(HostSide.ORGANIZATION, from, 1));
        lists.put(
                "audit",
                (sync, from) ->
                        sync.audit().find(AuditQuery.of(HostSide.ORGANIZATION).from(from.orElseThrow())));
        lists.put("alerts", (sync, from) -> sync.alerts().find(AlertQuery.open().from(from.orElseThrow())));
        lists.put("health", (sync, from) -> sync.health().find(HealthQuery.all().from(from.orElseThrow())));
        return lists;
    }
}

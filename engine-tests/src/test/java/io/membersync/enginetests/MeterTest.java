package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.meter.Measurement;
import io.membersync.meter.Meter;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine measures, and that the page which lists it is right. */
@Requirement({"E5", "R22"})
class MeterTest {

    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final String ROW = "| `membersync.";
    private static final Map<String, String> WHOSE =
            Map.of("organization", HostSide.ORGANIZATION.value(), "integration", Scene.INTEGRATION.value());

    private final List<Measurement> measured = new CopyOnWriteArrayList<>();
    private final Scene scene = Scene.on(new MemoryHost())
            .members(40, 7)
            .options(builder -> builder.onMeasured(
                            (meter, tags, value) -> measured.add(new Measurement(meter, tags, value)))
                    .onMeasured((meter, tags, value) -> {
                        throw new IllegalStateException("A metrics library that is broken");
                    }))
            .start();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aRunAndItsRequestsAreMeasured() {
        scene.full();

        await(() -> with(Meter.RUN, "kind", "full", "outcome", "completed"), 0);
        await(() -> with(Meter.RECORDS, "result", "created"), 40);
        await(() -> with(Meter.RECORDS, "result", "read"), 40);
        assertThat(of(Meter.REQUEST)).isNotEmpty().allSatisfy(some -> {
            assertThat(some.tags()).containsEntry("outcome", "200");
            assertThat(some.value()).isPositive().isLessThan(60);
        });
    }

    @Test
    void howIntegrationsStandIsMeasured() {
        scene.full();
        scene.engine().time().advance(Duration.ofHours(3));
        measured.clear();
        scene.engine().tick();

        await(() -> with(Meter.SUCCESS_AGE), 3 * 3_600);
        await(() -> with(Meter.FULL_AGE), 3 * 3_600);
        await(() -> with(Meter.LIGHT), 0);
        await(() -> with(Meter.BACKLOG, "queue", "conflicts"), 0);
        await(() -> with(Meter.LATENESS), 0);
        await(() -> with(Meter.ALERTS), 0);
    }

    @Test
    void failuresAreMeasured() {
        scene.full();
        scene.registry().faults().on("*").then(Fault.status(401));
        scene.engine().fullSync(Scene.INTEGRATION);
        scene.engine().tick();

        await(() -> with(Meter.RUN, "kind", "full", "outcome", "failed"), 0);
        await(() -> with(Meter.LIGHT), 2);
        await(() -> with(Meter.ALERTS), 1);
        assertThat(of(Meter.REQUEST)).anySatisfy(some -> assertThat(some.tags()).containsEntry("outcome", "401"));
    }

    @Test
    void everyMeterIsOnThePage() throws IOException {
        List<String> rows = Arrays.stream(Meter.values())
                .map(meter -> "| `" + meter.id() + "` | " + meter.kind().name().toLowerCase(Locale.ROOT) + " | "
                        + meter.unit() + " | " + String.join(", ", meter.tags()) + " | " + meter.fedBy() + " |")
                .toList();

        assertThat(Files.readString(PAGE).lines().filter(line -> line.startsWith(ROW)))
                .containsExactlyElementsOf(rows);
        assertThat(EnumSet.allOf(Meter.class)).extracting(Meter::id).doesNotHaveDuplicates();
    }

    private void await(Supplier<List<Measurement>> some, double value) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(some.get())
                        .last()
                        .satisfies(last -> assertThat(last.value())
                                .as("%s", last)
                                .isEqualTo(last.meter().kind() == Meter.Kind.TIMER ? last.value() : value)));
    }

    private List<Measurement> of(Meter meter) {
        return measured.stream().filter(some -> some.meter() == meter).toList();
    }

    private List<Measurement> with(Meter meter, String... tags) {
        return of(meter).stream()
                .filter(some -> some.tags().entrySet().containsAll(WHOSE.entrySet()))
                .filter(some -> some.tags().entrySet().containsAll(pairs(tags)))
                .toList();
    }

    private static Set<Map.Entry<String, String>> pairs(String... tags) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < tags.length; i += 2) {
            pairs.put(tags[i], tags[i + 1]);
        }
        return pairs.entrySet();
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.Connector;
import io.membersync.connector.ConnectorContext;
import io.membersync.connector.ConnectorFactory;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.FullReader;
import io.membersync.connector.Page;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SettingsForm;
import io.membersync.connector.SingleReader;
import io.membersync.connector.SystemType;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.http.RetryPolicy;
import io.membersync.mapping.MappingSet;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A registry that lists its members in no order, whether its connector says so or not. */
class UnorderedListingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"MEMORY, NONE", "MEMORY, CODE_POINT", "H2_FILE, NONE", "POSTGRES, NONE", "POSTGRES, CODE_POINT"})
    @Requirement({"B7", "R1"})
    void bringsAllChangesAndSaysWhoIsMissingWhereNoOrderWasPromised(Place place, Abilities.IdOrder declared) {
        try (Scene scene = Scene.on(place.open(folder))
                .members(120, 8)
                .pageSize(25)
                .options(builder -> builder.connector(new Shuffled.Factory(declared)))
                .start()) {
            assertThat(scene.full().counts().created()).isEqualTo(120);
            Rows.assertSame("first", scene.activeRows(), RegistryRow.all(scene.registry()));

            Map<String, SortedMap<String, String>> before = scene.activeRows();
            scene.registry().applyRandomChanges(60, 9);
            Run second = scene.full();

            Map<String, SortedMap<String, String>> expected = RegistryRow.all(scene.registry());
            before.keySet().removeAll(expected.keySet());
            assertThat(before).isNotEmpty();
            if (declared == Abilities.IdOrder.NONE) {
                assertThat(second.counts().removed()).isEqualTo(before.size());
                assertThat(second.counts().absent()).isEqualTo(before.size());
            } else {
                // A promise that is not kept proves nothing.
                expected.putAll(before);
                assertThat(second.counts().removed()).isZero();
                assertThat(scene.absences(second)).isEmpty();
            }
            Rows.assertSame("second", scene.activeRows(), expected);

            scene.delta();
            Rows.assertSame("delta", scene.activeRows(), RegistryRow.all(scene.registry()));
            assertThat(scene.full().counts().updated()).isZero();
        }
    }

    /** Who was seen before the run broke off is not known afterwards, so that nobody is called missing. */
    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("R1")
    void concludesNothingWhenTheReadingWasBrokenOff(Place place) {
        try (Scene scene = unordered(place)) {
            scene.registry().delete("m_30", "resigned");
            scene.registry().faults().on("GET /members").from(3).times(1).then(Fault.status(500));
            Run broken = scene.engine().fullSync(Scene.INTEGRATION);
            assertThat(broken.state()).isEqualTo(RunState.FAILED);

            Run resumed = scene.engine().resume(broken.id());
            assertThat(resumed.state()).isEqualTo(RunState.COMPLETED);
            assertThat(resumed.counts().removed()).isZero();
            assertThat(scene.activeRows()).hasSize(120);

            assertThat(scene.full().counts().removed()).isEqualTo(1);
            assertThat(scene.linked()).hasSize(119).doesNotContainKey("m_30");
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("R1")
    void aListingThatIsNotWholeRemovesNobody(Place place) {
        try (Scene scene = unordered(place)) {
            scene.registry().faults().on("GET /members").from(3).times(1).then(Fault.fewerRecords(4));

            Run run = scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(run.counts().removed()).isZero();
            assertThat(scene.activeRows()).hasSize(120);
        }
    }

    private Scene unordered(Place place) {
        Scene scene = Scene.on(place.open(folder))
                .members(120, 8)
                .pageSize(25)
                .options(builder -> builder.connector(new Shuffled.Factory(Abilities.IdOrder.NONE))
                        .retries(RetryPolicy.NONE)
                        .batches(1, 1, Duration.ofHours(1)))
                .start();
        scene.full();
        return scene;
    }

    /** The Cornerstone connector with every page of a listing shuffled. */
    private record Shuffled(Connector inner, Abilities.IdOrder declared) implements Connector {

        record Factory(Abilities.IdOrder declared) implements ConnectorFactory {

            private static final CornerstoneConnectorFactory REAL = new CornerstoneConnectorFactory();

            @Override
            public SystemType system() {
                return REAL.system();
            }

            @Override
            public SettingsForm form() {
                return REAL.form();
            }

            @Override
            public MappingSet suggestedMapping() {
                return REAL.suggestedMapping();
            }

            @Override
            public Connector open(ConnectorContext context) {
                return new Shuffled(REAL.open(context), declared);
            }
        }

        @Override
        public FullReader fullReader() {
            FullReader reader = inner.fullReader();
            Random random = new Random(4);
            return after -> {
                Page page = reader.read(after);
                List<RegistryRecord> records = new ArrayList<>(page.records());
                Collections.shuffle(records, random);
                return new Page(records, page.next(), page.ending(), page.feedPosition(), page.readAt());
            };
        }

        @Override
        public Abilities abilities() {
            Abilities real = inner.abilities();
            return new Abilities(
                    declared,
                    real.orderedVersions(),
                    real.deltaUnavailable(),
                    real.webhooksUnavailable(),
                    real.writeUnavailable(),
                    real.pageSize());
        }

        @Override
        public ConnectionReport test() {
            return inner.test();
        }

        @Override
        public Optional<DeltaReader> deltaReader() {
            return inner.deltaReader();
        }

        @Override
        public Optional<SingleReader> singleReader() {
            return inner.singleReader();
        }

        @Override
        public Optional<RecordWriter> writer() {
            return inner.writer();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}

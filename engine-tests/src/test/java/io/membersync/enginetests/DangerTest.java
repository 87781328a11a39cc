package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.http.RetryPolicy;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.storage.LinkMark;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dangers by their names: none of them ties a record to the wrong member, and none ends a membership. Those of matching
 * stand in {@link MatchingTest}.
 */
@Requirement({"R1", "R13", "B6", "B7"})
class DangerTest {

    private static final int MEMBERS = 100;

    @TempDir
    Path folder;

    /** A synchronized scene of ten pages, committed page by page, as it was before the danger. */
    private static final class Calm implements AutoCloseable {

        private final Scene scene;
        private final Map<String, MemberId> links;
        private final Map<String, SortedMap<String, String>> rows;

        Calm(HostSide host) {
            scene = Scene.on(host)
                    .members(MEMBERS, 3)
                    .pageSize(10)
                    .options(builder -> builder.retries(RetryPolicy.NONE).batches(1, 1, Duration.ofHours(1)))
                    .start();
            scene.full();
            links = scene.linked();
            rows = scene.activeRows();
            assertThat(rows).hasSize(MEMBERS);
        }

        void assertNobodyHarmed(Run run) {
            assertThat(run.counts().removed()).isZero();
            assertThat(run.counts().created()).isZero();
            assertThat(scene.linked()).isEqualTo(links);
            Rows.assertSame("nobody harmed", scene.activeRows(), rows);
            assertThat(scene.engine()
                            .host()
                            .audit()
                            .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.MEMBER_TERMINATED))
                            .items())
                    .isEmpty();
        }

        /** The next whole listing finds all as it was. */
        void assertCalmAgain() {
            scene.registry().faults().clear();
            scene.time().advance(Duration.ofDays(2));
            Run run = scene.full();
            assertThat(run.counts().updated()).isZero();
            assertNobodyHarmed(run);
        }

        @Override
        public void close() {
            scene.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void page7Of10Truncated(Place place) {
        listing(place, 7, Fault.fewerRecords(4));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void emptyFirstPage(Place place) {
        listing(place, 1, Fault.emptyPage());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void emptyFirstPageWithMoreToCome(Place place) {
        listing(place, 1, Fault.emptyPageWithMore());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void repeatedPage(Place place) {
        listing(place, 7, Fault.repeatedPage());
    }

    private void listing(Place place, int page, Fault fault) {
        try (Calm calm = new Calm(place.open(folder))) {
            calm.scene
                    .registry()
                    .faults()
                    .on("GET /members")
                    .from(page)
                    .times(1)
                    .then(fault);

            Run run = calm.scene.engine().fullSync(Scene.INTEGRATION);

            calm.assertNobodyHarmed(run);
            assertThat(calm.scene.absences(run)).isEmpty();
            calm.assertCalmAgain();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void keyStoppedMidRun(Place place) {
        try (Calm calm = new Calm(place.open(folder))) {
            Scene scene = calm.scene;
            scene.registry().faults().on("GET /members").from(6).then(CornerstoneSimulator.problem(401, "key-revoked"));

            Run stopped = scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(stopped.state()).isEqualTo(RunState.FAILED);
            assertThat(stopped.failure().flatMap(RunFailure::fault)).contains(io.membersync.fault.Fault.CREDENTIALS);
            assertThat(stopped.counts().pages()).isEqualTo(5);
            calm.assertNobodyHarmed(stopped);
            assertThat(scene.quarantined()).isEmpty();

            scene.registry().faults().clear();
            Run resumed = scene.engine().resume(stopped.id());
            assertThat(resumed.state()).isEqualTo(RunState.COMPLETED);
            assertThat(resumed.checkpoint().provable()).isTrue();
            calm.assertNobodyHarmed(resumed);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void expiredFeedToken(Place place) {
        try (Calm calm = new Calm(place.open(folder))) {
            calm.scene.time().advance(Duration.ofDays(31));

            Run delta = calm.scene.engine().deltaSync(Scene.INTEGRATION);

            assertThat(delta.failure().flatMap(RunFailure::fault)).contains(io.membersync.fault.Fault.CURSOR_EXPIRED);
            calm.assertNobodyHarmed(delta);
            calm.assertCalmAgain();
        }
    }

    /** The registry takes the access token for expired, and gives a new one or none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void expiredAccessTokenMidRun(boolean renewed) {
        try (Exchange exchange = Exchange.start(RegistryKind.DYNAMICS, Place.H2_FILE.open(folder), Rule.APP_WINS)) {
            Map<String, SortedMap<String, String>> rows = exchange.rows();
            Map<String, Link> links = exchange.links();
            var lists = exchange.registry().faults().on("GET /contacts").from(2);
            lists.times(renewed ? 1 : Long.MAX_VALUE)
                    .then(DataverseSimulator.error(401, "0x80048306", "The token has expired"));

            Run run = exchange.engine().fullSync(Exchange.INTEGRATION);

            assertThat(run.state()).isEqualTo(renewed ? RunState.COMPLETED : RunState.FAILED);
            assertThat(run.counts().removed()).isZero();
            assertThat(exchange.links()).isEqualTo(links);
            Rows.assertSame("nobody harmed", exchange.rows(), rows);

            exchange.registry().faults().clear();
            exchange.full();
            Rows.assertSame("the next listing", exchange.rows(), rows);
        }
    }

    /** Databases that sort and compare text as Norwegians do. */
    enum Norwegian {
        H2 {
            @Override
            HostSide open(Path folder) {
                JdbcDataSource database = new JdbcDataSource();
                database.setURL("jdbc:h2:file:" + folder.resolve("norsk") + ";DB_CLOSE_DELAY=-1"
                        + ";INIT=SET COLLATION NORWEGIAN STRENGTH PRIMARY");
                return new JdbcHost(database);
            }
        },
        POSTGRES {
            @Override
            HostSide open(Path folder) {
                return new JdbcHost(PostgresServer.emptyNorwegianDatabase());
            }
        };

        abstract HostSide open(Path folder);
    }

    /** To a Norwegian, aa is å, v is w for some, case matters last, and å stands behind z. */
    private static final List<String> IDS = List.of(
            "aa",
            "å",
            "Aa",
            "AA",
            "Å",
            "a\u030a",
            "a",
            "A",
            "ä",
            "æ",
            "Æ",
            "z",
            "ø",
            "ö",
            "o",
            "e",
            "é",
            "E",
            "w",
            "v",
            "-a",
            "a-",
            "a b",
            "ab",
            "\uD83D\uDE00",
            "\uFF21");

    @ParameterizedTest
    @EnumSource(Norwegian.class)
    void databaseWithNorwegianCollation(Norwegian place) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < IDS.size(); i++) {
            names.put("m_" + (i + 1), IDS.get(i));
        }
        try (Scene scene = Scene.on(place.open(folder))
                .members(IDS.size(), 8)
                .options(builder -> builder.connector(RenamedConnector.factory(names, 5)))
                .start()) {
            scene.full();
            assertRenamed(scene, names);
            Map<String, MemberId> links = scene.linked();
            assertThat(inStoredOrder(scene)).containsExactlyElementsOf(byCodePoint(IDS));

            scene.registry().update("m_2", "{\"contact\":{\"mobile\":\"+4799999999\"}}");
            Run second = scene.full();
            assertThat(second.counts().updated()).isEqualTo(1);
            assertThat(second.counts().absent()).isZero();
            assertRenamed(scene, names);
            assertThat(scene.linked()).isEqualTo(links);

            scene.registry().delete("m_1", "resigned");
            Run third = scene.full();
            assertThat(third.counts().removed()).isEqualTo(1);
            assertThat(third.counts().updated()).isZero();
            assertRenamed(scene, names);
            assertThat(scene.linked()).doesNotContainKey("aa").hasSize(IDS.size() - 1);
            assertThat(scene.full().counts().absent()).isZero();
        }
    }

    private static void assertRenamed(Scene scene, Map<String, String> names) {
        Map<String, SortedMap<String, String>> expected = new TreeMap<>();
        RegistryRow.all(scene.registry()).forEach((id, row) -> expected.put(names.getOrDefault(id, ""), row));
        Rows.assertSame("under the registry's ids", scene.activeRows(), expected);
    }

    private static List<String> inStoredOrder(Scene scene) {
        return scene.host()
                .storage()
                .inTransaction(session ->
                        session.links().marks(Scene.INTEGRATION, Optional.empty(), Optional.empty(), 1_000).stream()
                                .map(LinkMark::externalId)
                                .map(ExternalId::value)
                                .toList());
    }

    private static List<String> byCodePoint(List<String> ids) {
        return ids.stream()
                .sorted((one, other) -> java.util.Arrays.compare(
                        one.codePoints().toArray(), other.codePoints().toArray()))
                .toList();
    }
}

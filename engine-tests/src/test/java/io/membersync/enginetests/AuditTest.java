package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.audit.AuditTrail;
import io.membersync.fault.AccessDeniedException;
import io.membersync.model.Caller;
import io.membersync.run.Trigger;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit proves itself: what somebody does to it behind the library's back is named. */
@Requirement({"E2", "R19"})
class AuditTest {

    private static final int MEMBERS = 40;
    // The integration set up, each member created, two updated, and the ends of two runs.
    private static final int ENTRIES = 1 + MEMBERS + 2 + 2;

    @TempDir
    Path folder;

    private Optional<Scene> scene = Optional.empty();

    @AfterEach
    void close() {
        scene.ifPresent(Scene::close);
    }

    private DataSource start(Place place) {
        DataSource database = database(place);
        Scene started = Scene.on(new JdbcHost(database))
                .members(MEMBERS, 7)
                .pageSize(25)
                .start();
        scene = Optional.of(started);
        started.full();
        started.registry().update("m_1", "{\"contact\":{\"email\":\"=one@example.test\"}}");
        started.registry().update("m_2", "{\"contact\":{\"email\":\"two@example.test\"}}");
        started.delta();
        started.engine().tick();
        return database;
    }

    private DataSource database(Place place) {
        if (place == Place.POSTGRES) {
            return PostgresServer.freshDatabase();
        }
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + folder.resolve("audit-" + System.nanoTime()) + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    private Scene scene() {
        return scene.orElseThrow();
    }

    private AuditTrail audit() {
        return scene().engine().host().audit();
    }

    private AuditCheck verify() {
        return audit().verify(HostSide.ORGANIZATION);
    }

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void isIntactAfterRunsAndWhileNewEntriesWait(Place place) {
        start(place);
        AuditCheck.Intact sealed = (AuditCheck.Intact) verify();
        scene().registry().update("m_3", "{\"contact\":{\"email\":\"three@example.test\"}}");
        scene().delta();
        AuditCheck.Intact waiting = (AuditCheck.Intact) verify();

        assertThat(sealed.sealed()).isEqualTo(ENTRIES);
        assertThat(sealed.waiting()).isZero();
        assertThat(sealed.seal()).isNotEmpty();
        assertThat(waiting).isEqualTo(new AuditCheck.Intact(sealed.sealed(), 0, 2, sealed.seal()));
    }

    static Stream<Arguments> tamperings() {
        return Stream.of(
                Arguments.of(
                        "UPDATE ms_audit SET summary = summary || '!' WHERE place = 9",
                        9,
                        "is not as the library wrote it"),
                Arguments.of(
                        "UPDATE ms_audit SET changes = replace(changes, 'two', 'six') WHERE place IN (43, 44)",
                        44,
                        "is not as the library wrote it"),
                Arguments.of(
                        "UPDATE ms_audit SET actor = 'somebody' WHERE place = 1", 1, "is not as the library wrote it"),
                Arguments.of(
                        "UPDATE ms_audit SET happened_at = happened_at - INTERVAL '1' DAY WHERE place = 20",
                        20,
                        "is not as the library wrote it"),
                Arguments.of(
                        "UPDATE ms_audit SET failed = TRUE WHERE place = 45", 45, "is not as the library wrote it"),
                Arguments.of("DELETE FROM ms_audit WHERE place = 12", 12, "is missing"),
                Arguments.of("DELETE FROM ms_audit WHERE place = 1", 1, "is missing"),
                Arguments.of("DELETE FROM ms_audit WHERE place > 41", 42, "is missing"),
                Arguments.of("DELETE FROM ms_audit", 1, "is missing"),
                Arguments.of("UPDATE ms_audit SET signature = '', salt = '' WHERE place = 6", 6, "is not the one"),
                Arguments.of("UPDATE ms_audit SET place = 0 - place WHERE place IN (5, 6)", 5, "is missing"),
                Arguments.of("UPDATE ms_audit SET place = 100 WHERE place = 5", 5, "is missing"),
                Arguments.of("UPDATE ms_audit SET place = NULL, waiting = TRUE WHERE place = 45", 45, "is missing"),
                Arguments.of("DELETE FROM ms_audit_head", 1, "behind the end"),
                Arguments.of("UPDATE ms_audit_head SET last_place = 41", 41, "not written by the library"));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void namesTheFirstEntryThatIsNotRight(String tampering, long place, String what) throws SQLException {
        for (Place at : List.of(Place.H2_FILE, Place.POSTGRES)) {
            DataSource database = start(at);
            execute(database, tampering);

            assertThat(verify())
                    .as("%s on %s", tampering, at)
                    .isInstanceOfSatisfying(AuditCheck.Broken.class, broken -> {
                        assertThat(broken.what()).contains(what);
                        assertThat(broken.place()).isEqualTo(place);
                    });
            scene().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void namesEntriesThatChangedPlaces(Place place) throws SQLException {
        DataSource database = start(place);
        execute(
                database,
                "UPDATE ms_audit SET place = 1000 WHERE place = 7",
                "UPDATE ms_audit SET place = 7 WHERE place = 8",
                "UPDATE ms_audit SET place = 8 WHERE place = 1000");

        assertThat(verify()).isEqualTo(new AuditCheck.Broken(7, "Entry 7 is not the one that the library put there"));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void tellsThatAllOfItIsGoneEvenWhenItBeganAnew(Place place) throws SQLException {
        DataSource database = start(place);
        execute(database, "DELETE FROM ms_audit", "DELETE FROM ms_audit_head");

        assertThat(((AuditCheck.Broken) verify()).what()).contains("are gone");
        scene().time().advance(Duration.ofMinutes(1));
        scene().full();
        scene().engine().tick();
        assertThat(((AuditCheck.Broken) verify()).what()).contains("are gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"place = 12", "place > 2", "place BETWEEN 2 AND 44"})
    void tellsThatEntriesWereTakenOutOfTheChainToBeSealedAnew(String cut) throws SQLException {
        for (Place at : List.of(Place.H2_FILE, Place.POSTGRES)) {
            DataSource database = start(at);
            execute(
                    database,
                    "DELETE FROM ms_audit WHERE " + cut,
                    "DELETE FROM ms_audit_head",
                    "UPDATE ms_audit SET place = NULL, seal = NULL, waiting = TRUE");

            assertThat(((AuditCheck.Broken) verify()).what()).contains("has none");
            scene().time().advance(Duration.ofMinutes(1));
            scene().full();
            scene().engine().tick();
            assertThat(((AuditCheck.Broken) verify()).what()).contains("has none");
            scene().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void tellsThatTheHeadIsAnOlderOneAndARunsEntriesAreGone(Place place) throws SQLException {
        DataSource database = start(place);
        execute(database, "CREATE TABLE old_head AS SELECT * FROM ms_audit_head");
        scene().registry().update("m_3", "{\"contact\":{\"email\":\"three@example.test\"}}");
        scene().delta();
        scene().engine().tick();
        execute(
                database,
                "DELETE FROM ms_audit_head",
                "INSERT INTO ms_audit_head SELECT * FROM old_head",
                "DELETE FROM ms_audit WHERE place > (SELECT last_place FROM old_head)");

        assertThat(((AuditCheck.Broken) verify()).what()).contains("replaced by an older one");
        scene().time().advance(Duration.ofMinutes(1));
        scene().full();
        scene().engine().tick();
        assertThat(((AuditCheck.Broken) verify()).what()).contains("replaced by an older one");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void tellsThatAllOfItIsGoneWhenNoIntegrationIsLeft(Place place) throws SQLException {
        DataSource database = start(place);
        scene().engine().host().integrations().remove(Scene.INTEGRATION, "left");
        scene().engine().tick();
        assertThat(verify()).isInstanceOf(AuditCheck.Intact.class);

        execute(database, "DELETE FROM ms_audit", "DELETE FROM ms_audit_head");

        assertThat(((AuditCheck.Broken) verify()).what()).contains("are gone");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void tellsThatGenuineEntriesWereAddedOnceMore(Place place) throws SQLException {
        DataSource database = start(place);
        execute(database, copied("place IN (3, 4)"));
        scene().engine().tick();
        assertThat(((AuditCheck.Broken) verify()).what()).contains("has none");
    }

    /** Copied in the seconds before they had their places. */
    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void tellsThatWaitingEntriesWereAddedOnceMore(Place place) throws SQLException {
        DataSource database = start(place);
        scene().registry().update("m_3", "{\"contact\":{\"email\":\"three@example.test\"}}");
        scene().delta();
        execute(database, copied("waiting"));

        assertThat(((AuditCheck.Broken) verify()).what()).contains("once more");
        scene().engine().tick();
        assertThat(((AuditCheck.Broken) verify()).what()).contains("once more");
    }

    private static String copied(String which) {
        String columns = "organization, happened_at, kind, integration, run, actor, member_id, external_id, summary,"
                + " changes, started_for, failed, salt, signature, erased";
        return "INSERT INTO ms_audit (" + columns + ") SELECT " + columns + " FROM ms_audit WHERE " + which;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void namesEntriesThatSomebodyElseAdded(Place place) throws SQLException {
        DataSource database = start(place);
        String columns = "organization, happened_at, kind, integration, run, actor, member_id, external_id, summary,"
                + " changes, started_for, failed, salt, signature";
        execute(
                database,
                "INSERT INTO ms_audit (" + columns + ") SELECT " + columns.replace("actor", "'intruder'")
                        + " FROM ms_audit WHERE place = 3");
        // A look of the sealer gives it no place.
        scene().engine().tick();

        assertThat(verify()).isEqualTo(new AuditCheck.Broken(ENTRIES + 1L, "Entry 46 was not written by the library"));
        scene().full();
        scene().engine().tick();
        assertThat(((AuditCheck.Broken) verify()).what()).contains("was not written by the library");
    }

    @Test
    void tellsACutEndThatSomebodyWhoReadsTheCodeMadeLookRight() throws SQLException {
        DataSource database = start(Place.H2_FILE);
        execute(
                database,
                "UPDATE ms_audit_head SET last_place = 41, seal = (SELECT seal FROM ms_audit WHERE place = 41)",
                "DELETE FROM ms_audit WHERE place > 41");

        assertThat(((AuditCheck.Broken) verify()).what()).contains("end of the chain was not written by the library");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void staysVerifiableWhenItsBeginningIsForgotten(Place place) {
        start(place);
        Instant before = scene().time().instant();
        scene().time().advance(Duration.ofDays(20));
        scene().registry().update("m_5", "{\"contact\":{\"email\":\"five@example.test\"}}");
        scene().delta();
        scene().engine().tick();

        assertThat(audit().forget(HostSide.ORGANIZATION, before.plusSeconds(1))).isEqualTo(ENTRIES);
        scene().engine().tick();

        assertThat(verify()).isInstanceOfSatisfying(AuditCheck.Intact.class, intact -> {
            assertThat(intact.forgotten()).isEqualTo(ENTRIES);
            assertThat(intact.sealed()).isEqualTo(3);
        });
        assertThat(audit().find(AuditQuery.of(HostSide.ORGANIZATION)).items())
                .extracting(AuditEntry::kind)
                .containsExactly(AuditKind.CONFIGURATION, AuditKind.RUN, AuditKind.MEMBER_UPDATED);
        assertThatThrownBy(() -> scene().engine()
                        .as(Caller.organizationAdministrator("kari", HostSide.ORGANIZATION))
                        .audit()
                        .forget(HostSide.ORGANIZATION, before))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void twoNodesSealOneChain() {
        start(Place.H2_FILE);
        try (ManualEngine other = scene().anotherEngine()) {
            for (int i = 0; i < 5; i++) {
                scene().registry().update("m_1", "{\"contact\":{\"email\":\"" + i + "@example.test\"}}");
                scene().delta();
                other.tick();
                scene().engine().tick();
            }

            assertThat(other.host().audit().verify(HostSide.ORGANIZATION)).isEqualTo(verify());
            assertThat(verify()).isInstanceOf(AuditCheck.Intact.class);
        }
    }

    @Test
    void isIntactHoweverOftenItIsSealedMeanwhile() {
        start(Place.H2_FILE);
        List<AuditCheck> found = new CopyOnWriteArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread checking = new Thread(() -> {
            while (!over.get()) {
                found.add(verify());
            }
        });
        checking.start();
        for (int i = 0; i < 25; i++) {
            scene().registry().update("m_1", "{\"contact\":{\"email\":\"" + i + "@example.test\"}}");
            scene().delta();
            scene().engine().tick();
        }
        over.set(true);

        Awaitility.await().until(() -> !checking.isAlive());
        assertThat(found).isNotEmpty().allMatch(check -> check instanceof AuditCheck.Intact);
    }

    @Test
    void tellsThatItCannotBeVerifiedWithoutItsKey() {
        start(Place.H2_FILE);
        try (ManualEngine stranger =
                ManualEngine.builder(scene().host().storage()).build()) {
            assertThat(((AuditCheck.Broken) stranger.host().audit().verify(HostSide.ORGANIZATION)).what())
                    .contains("master key", "bring it back");
        }
        assertThat(verify()).isInstanceOf(AuditCheck.Intact.class);
    }

    @Test
    void isWrittenAsCsvThatNoSpreadsheetTakesForFormulas() {
        start(Place.H2_FILE);
        StringWriter out = new StringWriter();

        long written = audit().writeCsv(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.MEMBER_UPDATED), out);

        List<String> lines = out.toString().lines().toList();
        assertThat(written).isEqualTo(2);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("time,kind,organization").endsWith("field,before,after,why");
        assertThat(out.toString()).contains(",'=one@example.test,").doesNotContain(",=one");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2_000})
    void isWrittenAsJsonLinesWithTheFilterApplied(int pages) throws Exception {
        start(Place.H2_FILE);
        StringWriter out = new StringWriter();
        AuditQuery runs =
                AuditQuery.of(HostSide.ORGANIZATION).startedFor(Trigger.INITIAL).atMost(Math.min(pages, 1_000));

        assertThat(audit().writeJsonLines(runs, out)).isOne();
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertThat(line.get("kind").asText()).isEqualTo("RUN");
        assertThat(line.get("trigger").asText()).isEqualTo("INITIAL");

        StringWriter all = new StringWriter();
        assertThat(audit().writeJsonLines(AuditQuery.of(HostSide.ORGANIZATION), all))
                .isEqualTo(ENTRIES);
        assertThat(all.toString().lines()).hasSize(ENTRIES);
    }
}

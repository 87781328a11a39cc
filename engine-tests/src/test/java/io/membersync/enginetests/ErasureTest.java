package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.connector.StandardWebhooks;
import io.membersync.connector.WebhookRequest;
import io.membersync.connector.WebhookSecret;
import io.membersync.fault.AccessDeniedException;
import io.membersync.http.Credentials;
import io.membersync.member.Erasure;
import io.membersync.member.Erasure.Outcome;
import io.membersync.member.PersonStep;
import io.membersync.member.PersonalData;
import io.membersync.member.PersonalSection;
import io.membersync.member.RecordId;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.run.Run;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStoreTool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person gets a copy of everything, is forgotten everywhere, and does not come back. */
@Requirement({"F5", "R18", "R19"})
class ErasureTest {

    private static final int MEMBERS = 12;
    private static final String WHY = "asked by letter";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final ExternalId RECORD = ExternalId.of(PersonTraces.RECORD);

    @TempDir
    Path folder;

    private @Nullable Scene scene;
    private @Nullable DataSource database;
    private @Nullable InterruptedStorage storage;

    @AfterEach
    void close() {
        if (scene != null) {
            scene.close();
        }
    }

    private Scene start(Place place) {
        HostSide host = new MemoryHost();
        if (place != Place.MEMORY) {
            database = place == Place.POSTGRES ? PostgresServer.freshDatabase() : file();
            host = new JdbcHost(Objects.requireNonNull(database));
        }
        Scene started = Scene.on(host)
                .members(MEMBERS, 7)
                .pageSize(5)
                .through(plain -> storage = new InterruptedStorage(plain))
                .start();
        scene = started;
        started.full();
        return started;
    }

    private DataSource file() {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:file:" + folder.resolve("people") + ";DB_CLOSE_DELAY=-1");
        return file;
    }

    private static PersonalData data(Scene on) {
        return on.engine().host().personalData();
    }

    private static AuditCheck verify(Scene on) {
        return on.engine().host().audit().verify(HostSide.ORGANIZATION);
    }

    /** Every value of every table, ids as text. */
    private String dump() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = Objects.requireNonNull(database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    while (row.next()) {
                        text.append(table);
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            Object value = row.getObject(i);
                            text.append(" | ")
                                    .append(
                                            value instanceof byte[] bytes
                                                    ? new String(bytes, StandardCharsets.UTF_8)
                                                    : value);
                        }
                        text.append('\n');
                    }
                }
            }
        }
        return text.toString();
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found =
                connection.getMetaData().getTables(null, null, null, new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME");
                if (name.toLowerCase(Locale.ROOT).startsWith("ms_")) {
                    tables.add(name);
                }
            }
        }
        assertThat(tables).hasSizeGreaterThan(25);
        return tables;
    }

    private static Map<MemberId, SortedMap<String, String>> others(Scene on, MemberId member) {
        Map<MemberId, SortedMap<String, String>> rows = new TreeMap<>(Comparator.comparing(MemberId::value));
        rows.putAll(on.host().rows());
        rows.remove(member);
        return rows;
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_FILE", "POSTGRES"})
    void leavesNothingOfAPersonInAnyTableAndAllOfOthers(Place place) throws SQLException {
        Scene on = start(place);
        PersonTraces.leave(on);
        MemberId member = on.member(PersonTraces.RECORD);
        String number = Objects.requireNonNull(on.row(PersonTraces.RECORD).get("memberNumber"));
        Map<MemberId, SortedMap<String, String>> others = others(on, member);
        List<Run> runs = runs(on);
        Set<String> before = new HashSet<>(PersonTraces.VALUES);
        before.addAll(List.of(PersonTraces.RECORD, member.value(), number));
        assertThat(dump()).as("the search finds what is there").contains(before);

        Erasure erasure = data(on).erase(member, WHY);

        assertThat(erasure.outcome()).isEqualTo(Outcome.ERASED);
        assertThat(erasure.removed())
                .containsKeys(
                        PersonalSection.MEMBER,
                        PersonalSection.LINK,
                        PersonalSection.EDIT,
                        PersonalSection.CONFLICT,
                        PersonalSection.MATCH,
                        PersonalSection.QUARANTINE,
                        PersonalSection.OUTBOX,
                        PersonalSection.PLAN,
                        PersonalSection.ABSENCE,
                        PersonalSection.ENRICHMENT,
                        PersonalSection.AUDIT);
        assertThat(erasure.undecided())
                .containsExactly(new RecordId(Scene.INTEGRATION, ExternalId.of(PersonTraces.DOUBLE)));
        assertThat(erasure.rowRemains()).isFalse();
        assertThat(dump()).doesNotContain(before).doesNotContain(PersonTraces.DECIDED);
        assertThat(others(on, member)).isEqualTo(others);
        assertThat(on.linked()).hasSize(MEMBERS - 1);
        assertThat(runs(on)).as("statistics").isEqualTo(runs);
        assertThat(weeks(on)).isOne();
        assertThat(verify(on)).isInstanceOf(AuditCheck.Intact.class);
        on.engine().tick();
        assertThat(verify(on)).isInstanceOf(AuditCheck.Intact.class);
        assertThat(told(on)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("host");
            assertThat(entry.summary()).contains(WHY);
            assertThat(entry.member()).isEmpty();
        });
    }

    private static List<Run> runs(Scene on) {
        return on.engine()
                .host()
                .runs()
                .list(Scene.INTEGRATION, Optional.empty(), 100)
                .items();
    }

    private static long weeks(Scene on) {
        return on.host()
                .storage()
                .inTransaction(session -> session.enrichmentSettings()
                        .weeks(HostSide.ORGANIZATION)
                        .get(0)
                        .enriched());
    }

    private static List<AuditEntry> told(Scene on) {
        return on.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.PERSONAL_DATA))
                .items();
    }

    @Test
    void leavesNothingInTheFileOnceItIsWrittenAnew() throws SQLException, IOException {
        Scene on = start(Place.H2_FILE);
        PersonTraces.leave(on);
        MemberId member = on.member(PersonTraces.RECORD);
        String other = Objects.requireNonNull(on.row("m_4").get("email"));
        data(on).erase(member, WHY);
        on.engine().close();
        try (Connection connection = Objects.requireNonNull(database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN DEFRAG");
        }

        // DEFRAG compresses what it copies; all that is in its file, whichever map it is in, is written out in clear.
        Path written = folder.resolve("people.mv.db");
        MVStoreTool.compact(written.toString(), false);
        byte[] file = Files.readAllBytes(written);
        String oneByte = new String(file, StandardCharsets.ISO_8859_1);
        String twoBytes = new String(file, StandardCharsets.UTF_16LE) + new String(file, StandardCharsets.UTF_16BE);
        assertThat(oneByte.contains(other)).as("the search finds what is there").isTrue();
        for (String value : PersonTraces.VALUES) {
            assertThat(oneByte.contains(value) || twoBytes.contains(value))
                    .as(value)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void nobodyComesBackByAnyWay(Place place) {
        Scene on = start(place);
        on.engine().host().integrations().webhookSecrets(Scene.INTEGRATION, List.of(new WebhookSecret(SECRET)));
        MemberId member = on.member(PersonTraces.RECORD);
        Instant at = on.time().instant();
        data(on).erase(member, WHY);

        Run full = on.full();
        assertGone(on, "a full sync");
        assertThat(full.counts().erased()).isOne();
        on.registry().update(PersonTraces.RECORD, "{\"contact\":{\"email\":\"back@example.test\"}}");
        assertThat(on.delta().counts().erased()).isOne();
        assertGone(on, "a delta");
        on.registry().update(PersonTraces.RECORD, "{\"contact\":{\"email\":\"hook@example.test\"}}");
        webhook(on);
        on.time().advance(Duration.ofSeconds(3));
        assertThat(on.engine().tick()).hasSize(1);
        assertGone(on, "a webhook");
        on.host().storage().inTransaction(session -> {
            session.quarantine().reread(Scene.INTEGRATION, List.of(RECORD));
            return true;
        });
        on.retry();
        assertGone(on, "a retry");
        assertThat(on.engine()
                        .host()
                        .runs()
                        .preview(Scene.INTEGRATION, 5)
                        .counts()
                        .created())
                .isZero();

        assertThat(on.engine().host().explain().person(Scene.INTEGRATION, RECORD))
                .filteredOn(step -> step.state() == PersonStep.State.STOPPED)
                .singleElement()
                .satisfies(step -> assertThat(step.finding()).contains("erased on " + at));
        assertThat(data(on).erase(member, WHY))
                .isEqualTo(new Erasure(Outcome.ERASED_BEFORE, Optional.of(at), Map.of(), List.of(), false));
    }

    private static void webhook(Scene on) {
        byte[] body = "{\"type\":\"member.updated\",\"data\":{\"id\":\"m_3\"}}".getBytes(StandardCharsets.UTF_8);
        Instant now = on.time().instant();
        String signature = StandardWebhooks.sign(new WebhookSecret(SECRET), "msg_1", now, body);
        WebhookRequest request = new WebhookRequest(
                Map.of(
                        "webhook-id", List.of("msg_1"),
                        "webhook-timestamp", List.of(String.valueOf(now.getEpochSecond())),
                        "webhook-signature", List.of(signature)),
                body);
        assertThat(on.engine().receive(Scene.INTEGRATION, request).status()).isEqualTo(202);
    }

    private static void assertGone(Scene on, String after) {
        assertThat(on.linked()).as(after).hasSize(MEMBERS - 1).doesNotContainKey(PersonTraces.RECORD);
        assertThat(on.host().rows()).as(after).hasSize(MEMBERS - 1);
        assertThat(on.quarantined()).as(after).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRunThatHasThePersonInItsHandsPassesThePersonOver(Place place) {
        Scene on = start(place);
        MemberId member = on.member(PersonTraces.RECORD);
        on.registry().update(PersonTraces.RECORD, "{\"contact\":{\"email\":\"late@example.test\"}}");
        Objects.requireNonNull(storage).before(1, () -> data(on).erase(member, WHY));

        assertThat(on.delta().counts().erased()).isOne();

        assertGone(on, "the run");
        assertThat(verify(on)).isInstanceOf(AuditCheck.Intact.class);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRunThatIsAboutToCreateTheMemberOfAnErasedRecordDoesNot(Place place) {
        Scene on = start(place);
        String record = on.registry().create("{\"person\":{\"firstName\":\"Kari\",\"lastName\":\"Zebralund\"}}");
        Objects.requireNonNull(storage)
                .before(1, () -> data(on).eraseRecord(Scene.INTEGRATION, ExternalId.of(record), WHY));

        assertThat(on.delta().counts().created()).isZero();

        assertThat(on.linked()).hasSize(MEMBERS).doesNotContainKey(record);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRecordThatIsLetInAgainIsANewMember(Place place) {
        Scene on = start(place);
        MemberId before = on.member(PersonTraces.RECORD);
        data(on).erase(before, WHY);

        assertThat(data(on).readmit(Scene.INTEGRATION, RECORD, "joined again")).isTrue();
        assertThat(data(on).readmit(Scene.INTEGRATION, RECORD, "joined again")).isFalse();
        on.full();

        assertThat(on.member(PersonTraces.RECORD)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aCopyTellsOfEverySectionAndNeverAPersonnummer(Place place) {
        Scene on = start(place);
        PersonTraces.leave(on);
        StringWriter out = new StringWriter();

        long written = data(on).writeJsonLines(on.member(PersonTraces.RECORD), out);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize((int) written);
        for (PersonalSection section : PersonalSection.values()) {
            // What a listing passed over is told by the link.
            if (section != PersonalSection.ABSENCE) {
                assertThat(lines)
                        .as(section.title())
                        .anyMatch(line -> line.contains("\"section\":\"" + section.title() + "\""));
            }
        }
        assertThat(out.toString())
                .contains(PersonTraces.NAME, PersonTraces.EMAIL, PersonTraces.LATER_EMAIL, PersonTraces.MOBILE)
                .doesNotContain("01017012345");
        assertThat(told(on))
                .singleElement()
                .satisfies(entry -> assertThat(entry.summary()).contains("Copied"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ms_audit SET changes = replace(changes, 'other', 'forged') WHERE changes LIKE '%other%'",
                "UPDATE ms_audit SET erased = NULL WHERE erased IS NOT NULL",
                "UPDATE ms_audit SET erased = replace(erased, ':', 'A:') WHERE erased IS NOT NULL",
                "UPDATE ms_audit SET erased = replace(erased, ':', ':A') WHERE erased IS NOT NULL",
                "UPDATE ms_audit SET summary = 'Nothing' WHERE erased IS NOT NULL",
                "UPDATE ms_audit SET changes = (SELECT MAX(changes) FROM ms_audit) WHERE erased IS NOT NULL",
                "UPDATE ms_audit SET changes = NULL, member_id = NULL, external_id = NULL, salt = '',"
                        + " erased = (SELECT MAX(erased) FROM ms_audit) WHERE changes LIKE '%other%'"
            })
    void namesWhatSomebodyDidToEntriesAndShells(String tampering) throws SQLException {
        Scene on = start(Place.H2_FILE);
        on.registry().update("m_4", "{\"contact\":{\"email\":\"other@example.test\"}}");
        PersonTraces.leave(on);
        data(on).erase(on.member(PersonTraces.RECORD), WHY);
        on.engine().tick();
        assertThat(verify(on)).isInstanceOf(AuditCheck.Intact.class);

        try (Connection connection = Objects.requireNonNull(database).getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(tampering)).isPositive();
        }

        assertThat(verify(on))
                .isInstanceOfSatisfying(
                        AuditCheck.Broken.class,
                        broken -> assertThat(broken.what()).contains("is not as the library wrote it"));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anAdministratorErasesOnlyWhatBelongsToTheOwnOrganization(Place place) {
        Scene on = start(place);
        OrganizationId south = OrganizationId.of("south");
        IntegrationId other = IntegrationId.of("south-registry");
        on.engine()
                .host()
                .integrations()
                .add(IntegrationDraft.of(
                        other,
                        south,
                        "cornerstone",
                        on.registry().baseUrl(),
                        new Credentials.ApiKey(on.registry().apiKey())));
        MemberId member = on.member(PersonTraces.RECORD);
        on.host().storage().inTransaction(session -> {
            Link link = Objects.requireNonNull(
                    session.links().load(Scene.INTEGRATION, List.of(RECORD)).get(RECORD));
            session.links()
                    .save(
                            other,
                            List.of(new Link(
                                    ExternalId.of("s_1"),
                                    link.member(),
                                    link.hash(),
                                    link.version(),
                                    link.readAt(),
                                    link.agreed(),
                                    Optional.empty(),
                                    0)));
            return true;
        });
        ManualEngine engine = on.engine();
        Caller stranger = Caller.organizationAdministrator("eve", OrganizationId.of("strange"));
        Caller own = Caller.organizationAdministrator("kari", HostSide.ORGANIZATION);

        assertThatThrownBy(() -> engine.as(stranger).personalData().erase(member, WHY))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(engine.as(own).personalData().export(member).items())
                .allMatch(item -> item.organization().equals(HostSide.ORGANIZATION));
        assertThat(engine.as(own).personalData().erase(member, WHY).outcome()).isEqualTo(Outcome.ERASED);

        Set<IntegrationId> left = on.host()
                .storage()
                .inTransaction(session -> session.links().of(member).keySet());
        assertThat(left).containsExactly(other);
        assertThat(engine.as(own).personalData().erase(member, WHY).outcome()).isEqualTo(Outcome.ERASED_BEFORE);
        assertThat(data(on).erase(member, WHY).outcome()).isEqualTo(Outcome.ERASED);
    }

    @Test
    void saysCalmlyThatNothingIsKept() {
        Scene on = start(Place.MEMORY);

        assertThat(data(on).erase(MemberId.of("nobody"), WHY).outcome()).isEqualTo(Outcome.NOTHING_KEPT);
        assertThat(data(on).export(MemberId.of("nobody")).items()).isEmpty();
        assertThatThrownBy(() -> data(on).erase(MemberId.of("nobody"), " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> data(on).eraseRecord(Scene.INTEGRATION, RECORD, WHY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("erase the member");
    }
}

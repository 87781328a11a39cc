package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.connector.cornerstone.CornerstoneConnectorFactory;
import io.membersync.fault.AccessDeniedException;
import io.membersync.http.Credentials;
import io.membersync.member.Erasure;
import io.membersync.member.Erasure.Outcome;
import io.membersync.member.PersonalCopy.Item;
import io.membersync.member.PersonalData;
import io.membersync.member.PersonalSection;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.secret.UnopenableSecretException;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.MappingPreview.Sample;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.engine.ManualEngine;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Erasing where a person stands in a corner: without integration, without link, without key, as somebody's heir. */
@Requirement("R18")
class ErasureRoutesTest {

    private static final int MEMBERS = 12;
    private static final String WHY = "asked by letter";
    private static final ExternalId RECORD = ExternalId.of("m_3");

    private final JdbcDataSource database = new JdbcDataSource();
    private @Nullable Scene scene;

    @AfterEach
    void close() {
        if (scene != null) {
            scene.close();
        }
    }

    private HostSide host(Place place) {
        if (place == Place.MEMORY) {
            return new MemoryHost();
        }
        if (place == Place.POSTGRES) {
            return new JdbcHost(PostgresServer.freshDatabase());
        }
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new JdbcHost(database);
    }

    private Scene start(HostSide host) {
        Scene started = Scene.on(host).members(MEMBERS, 7).pageSize(5).start();
        scene = started;
        started.full();
        return started;
    }

    private static PersonalData data(Scene on) {
        return on.engine().host().personalData();
    }

    private static void add(Scene on, IntegrationId id) {
        on.engine()
                .host()
                .integrations()
                .add(IntegrationDraft.of(
                        id,
                        HostSide.ORGANIZATION,
                        "cornerstone",
                        on.registry().baseUrl(),
                        new Credentials.ApiKey(on.registry().apiKey())));
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "H2_FILE"})
    void aPersonIsFoundAndErasedWhenTheIntegrationIsGone(Place place) {
        Scene on = start(host(place));
        MemberId member = on.member("m_3");
        on.engine().host().integrations().remove(Scene.INTEGRATION, "left");
        ManualEngine engine = on.engine();
        PersonalData own = engine.as(Caller.organizationAdministrator("kari", HostSide.ORGANIZATION))
                .personalData();
        PersonalData stranger = engine.as(Caller.organizationAdministrator("eve", OrganizationId.of("strange")))
                .personalData();

        assertThatThrownBy(() -> stranger.export(member)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> stranger.erase(member, WHY)).isInstanceOf(AccessDeniedException.class);
        assertThat(data(on).export(member).items())
                .extracting(Item::section)
                .contains(PersonalSection.MEMBER, PersonalSection.AUDIT);
        Erasure erasure = own.erase(member, WHY);

        assertThat(erasure.outcome()).isEqualTo(Outcome.ERASED);
        assertThat(erasure.removed()).containsKeys(PersonalSection.MEMBER, PersonalSection.AUDIT);
        assertThat(erasure.rowRemains()).isFalse();
        assertThat(on.host().rows()).hasSize(MEMBERS - 1).doesNotContainKey(member);
        assertThat(data(on).export(member).items()).isEmpty();
        assertThat(data(on).erase(member, WHY).outcome()).isEqualTo(Outcome.ERASED_BEFORE);
        assertThat(engine.host().audit().verify(HostSide.ORGANIZATION)).isInstanceOf(AuditCheck.Intact.class);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void conflictsOfAnIntegrationThatIsGoneAreCopiedAndErased(Place place) {
        Scene on = start(host(place));
        MemberId member = on.member("m_3");
        on.edit("m_3", MemberField.EMAIL, FieldValue.text("mine@example.test"));
        on.registry().update("m_3", "{\"contact\":{\"email\":\"theirs@example.test\"}}");
        on.full();
        on.engine().host().integrations().remove(Scene.INTEGRATION, "left");
        PersonalData own = on.engine()
                .as(Caller.organizationAdministrator("kari", HostSide.ORGANIZATION))
                .personalData();

        assertThat(own.export(member).items())
                .filteredOn(item -> item.section() == PersonalSection.CONFLICT)
                .singleElement()
                .satisfies(item -> assertThat(item.facts()).containsEntry("app", "mine@example.test"));
        assertThat(own.erase(member, WHY).removed()).containsEntry(PersonalSection.CONFLICT, 1L);
        List<Conflict> left = on.host()
                .storage()
                .inTransaction(session -> session.conflicts().load(Scene.INTEGRATION, List.of(member)));
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "H2_FILE"})
    void nobodyComesBackWhoseIntegrationWasGoneAtTheErasure(Place place) {
        Scene on = start(host(place));
        MemberId member = on.member("m_3");
        on.engine().host().integrations().remove(Scene.INTEGRATION, "left");
        data(on).erase(member, WHY);

        add(on, Scene.INTEGRATION);
        Run full = on.full();

        assertThat(full.counts().erased()).isOne();
        assertThat(on.linked()).hasSize(MEMBERS - 1).doesNotContainKey("m_3");
        assertThat(data(on).readmit(Scene.INTEGRATION, RECORD, "joined again")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "H2_FILE"})
    void nobodyComesBackWhoseLinkWasGoneAtTheErasure(Place place) {
        Scene on = start(host(place));
        MemberId member = on.member("m_3");
        on.host().storage().inTransaction(session -> {
            session.erasures().erase(Scene.INTEGRATION, List.of(RECORD), List.of());
            return true;
        });

        data(on).erase(member, WHY);

        assertThat(on.full().counts().erased()).isOne();
        assertThat(on.linked()).hasSize(MEMBERS - 1).doesNotContainKey("m_3");
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "H2_FILE"})
    void aRecordThatWasSplitOffIsNotHeldOffWithItsFormerMember(Place place) {
        Scene on = start(host(place));
        MemberId member = on.member("m_3");
        on.engine().host().matches().split(Scene.INTEGRATION, RECORD, "somebody else");
        data(on).erase(member, WHY);

        assertThat(on.full().counts().erased()).isZero();
        assertThat(on.member("m_3")).isNotEqualTo(member);

        MemberId other = on.member("m_4");
        on.engine().host().matches().split(Scene.INTEGRATION, ExternalId.of("m_4"), "somebody else");
        on.full();
        data(on).erase(other, WHY);

        assertThat(on.full().counts().erased()).isZero();
        assertThat(on.linked()).containsKey("m_4");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void theReasonsOfDecisionsAboutAPersonAreErasedWithThePerson(Place place) {
        Scene on = start(host(place));
        MemberId member = on.member("m_3");
        on.engine().host().matches().split(Scene.INTEGRATION, RECORD, "Zebralund has called");
        on.full();
        assertThat(history(on)).contains("Zebralund");

        data(on).erase(member, WHY);
        data(on).erase(on.member("m_3"), WHY);

        assertThat(history(on)).doesNotContain("Zebralund");
        on.engine().tick();
        assertThat(on.engine().host().audit().verify(HostSide.ORGANIZATION)).isInstanceOf(AuditCheck.Intact.class);
    }

    private static String history(Scene on) {
        StringWriter out = new StringWriter();
        on.engine().host().audit().writeJsonLines(AuditQuery.of(HostSide.ORGANIZATION), out);
        return out.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "H2_FILE"})
    void aRecordThatIsMergedIntoAnErasedOneEndsWithoutAnHeir(Place place) {
        Scene on = start(host(place));
        MemberId merged = on.member("m_4");
        data(on).erase(on.member("m_3"), WHY);
        on.registry().merge("m_4", "m_3");

        assertThat(on.delta().counts().removed()).isOne();
        assertThat(on.host().rows().get(merged)).containsEntry("status", "TERMINATED");
        assertThat(on.linked()).hasSize(MEMBERS - 2).doesNotContainKeys("m_3", "m_4");

        Run full = on.full();
        assertThat(full.counts().absent()).isZero();
        assertThat(full.counts().removed()).isZero();
        assertThat(full.counts().created()).isZero();
    }

    @Test
    void withoutTheKeyNobodyIsLetInAgain() throws SQLException {
        Scene on = start(host(Place.H2_FILE));
        data(on).erase(on.member("m_3"), WHY);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM ms_key WHERE name = STRINGTOUTF8('erasure')"))
                    .isOne();
        }

        try (ManualEngine restarted = on.anotherEngine()) {
            MemberId other = on.member("m_4");
            assertThatThrownBy(() -> restarted.host().personalData().erase(other, WHY))
                    .isInstanceOf(UnopenableSecretException.class)
                    .hasMessageContaining("from a backup");
            Run run = restarted.fullSync(Scene.INTEGRATION);
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.failure().orElseThrow().message()).contains("from a backup");
        }
        assertThat(on.linked()).doesNotContainKey("m_3");
    }

    @Test
    void tellsEachTimeThatTheHostsRowIsStillThere() {
        Scene on = start(new OwnTableHost(OwnTableHost.Database.H2, 100));
        MemberId member = on.member("m_3");

        assertThat(data(on).erase(member, WHY).rowRemains()).isTrue();
        Erasure again = data(on).erase(member, WHY);

        assertThat(again.outcome()).isEqualTo(Outcome.ERASED_BEFORE);
        assertThat(again.rowRemains()).isTrue();
        assertThat(data(on).erase(MemberId.of("nobody"), WHY).rowRemains()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "H2_FILE"})
    void theMappingEditorShowsNobodyWhoWasErased(Place place) {
        Scene on = start(host(place));
        Sample first = samples(on).iterator().next();
        data(on).erase(on.member(first.externalId().value()), WHY);

        assertThat(samples(on)).isNotEmpty().extracting(Sample::externalId).doesNotContain(first.externalId());
    }

    private static Iterable<Sample> samples(Scene on) {
        return on.engine()
                .host()
                .mappings()
                .preview(Scene.INTEGRATION, new CornerstoneConnectorFactory().suggestedMapping())
                .samples();
    }
}

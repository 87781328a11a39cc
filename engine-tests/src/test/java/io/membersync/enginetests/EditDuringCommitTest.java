package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The host edits a member after a run has loaded it and before the run commits what it planned: the edit survives. */
class EditDuringCommitTest {

    private static final String ID = "m_4";

    @TempDir
    Path folder;

    private @Nullable InterruptedStorage storage;
    private @Nullable Scene scene;

    @AfterEach
    void close() {
        if (scene != null) {
            scene.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"MEMORY,true", "MEMORY,false", "H2_FILE,true", "H2_FILE,false", "POSTGRES,true", "POSTGRES,false"})
    void anEditOfAnotherFieldSurvivesAndTheRegistrysChangeIsAppliedOnce(Place place, boolean announced) {
        Scene on = start(place);
        on.registry().update(ID, "{\"contact\":{\"email\":\"register@example.test\"}}");
        editBeforeTheCommit(on, MemberField.STREET, "Appgata 1", announced);
        on.delta();

        assertThat(on.row(ID)).containsEntry("email", "register@example.test").containsEntry("street", "Appgata 1");
        assertThat(updates(on))
                .extracting(AuditEntry.ValueChange::field, AuditEntry.ValueChange::after)
                .containsExactly(tuple("email", "register@example.test"));
        assertQuiet(on);
    }

    @ParameterizedTest
    @CsvSource({"MEMORY,true", "MEMORY,false", "H2_FILE,true", "H2_FILE,false", "POSTGRES,true", "POSTGRES,false"})
    void anEditOfTheSameFieldMeetsTheRegistrysChangeByTheRule(Place place, boolean announced) {
        Scene on = start(place);
        on.registry().update(ID, "{\"contact\":{\"email\":\"register@example.test\"}}");
        editBeforeTheCommit(on, MemberField.EMAIL, "app@example.test", announced);
        on.delta();

        assertThat(on.row(ID)).containsEntry("email", "app@example.test");
        assertThat(updates(on)).isEmpty();
        assertQuiet(on);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anEditThatTheRegistryWinsOverIsNeverReplacedByTheRegistrysOldValue(Place place) {
        Scene on = start(place);
        on.registry().update(ID, "{\"membership\":{\"type\":\"YOUTH\"}}");
        editBeforeTheCommit(on, MemberField.MEMBERSHIP_TYPE, "LIFETIME", true);
        on.delta();

        assertThat(updates(on))
                .extracting(AuditEntry.ValueChange::before, AuditEntry.ValueChange::after)
                .containsExactly(tuple("LIFETIME", "YOUTH"));
        assertQuiet(on);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anEditAfterBothSidesCameToTheSameIsSeen(Place place) {
        Scene on = start(place);
        on.registry().update(ID, "{\"contact\":{\"email\":\"same@example.test\"}}");
        on.edit(ID, MemberField.EMAIL, FieldValue.text("same@example.test"));
        editBeforeTheCommit(on, MemberField.EMAIL, "app@example.test", true);
        on.delta();
        on.registry().update(ID, "{\"contact\":{\"email\":\"register@example.test\"}}");
        on.delta();

        assertThat(on.row(ID)).containsEntry("email", "app@example.test");
        assertQuiet(on);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anEditOfAMemberThatIsBeingTerminatedSurvives(Place place) {
        Scene on = start(place);
        MemberId member = on.member(ID);
        on.registry().delete(ID, "resigned");
        editBeforeTheCommit(on, MemberField.STREET, "Appgata 1", true);
        on.delta();

        assertThat(on.host().rows().get(member))
                .containsEntry("status", "TERMINATED")
                .containsEntry("street", "Appgata 1");
        assertQuiet(on);
    }

    private Scene start(Place place) {
        RuleSet appWins = new RuleSet(Map.of(), Map.of("email", Rule.APP_WINS, "street", Rule.APP_WINS));
        Scene started = Scene.on(place.open(folder))
                .members(10, 3)
                .draft(draft -> draft.rules(appWins))
                .through(plain -> storage = new InterruptedStorage(plain))
                .start();
        scene = started;
        started.full();
        return started;
    }

    private void editBeforeTheCommit(Scene on, MemberField field, String value, boolean announced) {
        MemberId member = on.member(ID);
        Objects.requireNonNull(storage)
                .before(
                        1,
                        () -> on.host().inTransaction(true, () -> {
                            on.host().edit(member, Map.of(field, FieldValue.text(value)));
                            if (announced) {
                                on.engine().host().edits().announce(member);
                            }
                        }));
    }

    private static List<AuditEntry.ValueChange> updates(Scene on) {
        return on
                .engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).about(on.member(ID)).only(AuditKind.MEMBER_UPDATED))
                .items()
                .stream()
                .flatMap(entry -> entry.changes().stream())
                .toList();
    }

    private static void assertQuiet(Scene on) {
        Map<String, String> before = Dump.of(on);
        on.full();
        on.delta();
        assertThat(Dump.of(on)).isEqualTo(before);
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.enginetests.OwnTableHost.Database;
import io.membersync.fault.Fault;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.run.QuarantinedRecord;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that the host's own member table cannot hold: their members wait in quarantine, and nobody else notices. */
@Requirement({"B10", "G2"})
class UnfitValueTest {

    private static final int MEMBERS = 300;
    private static final int LONGEST = 30;
    private static final String TOO_LONG = "Canary".repeat(5) + "X";
    private static final String REASON = "has 31 characters, but column last_name holds at most 30";

    private static Scene scene(Database database) {
        return Scene.on(new OwnTableHost(database, LONGEST))
                .members(MEMBERS, 3)
                .pageSize(100)
                .start();
    }

    private static String lastName(String name) {
        return "{\"person\":{\"lastName\":\"" + name + "\"}}";
    }

    private static String emailAndLastName(String email, String name) {
        return "{\"contact\":{\"email\":\"" + email + "\"},\"person\":{\"lastName\":\"" + name + "\"}}";
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoMembersStopNobodyElseAndHealWhenTheyFit(Database database) {
        try (Scene scene = scene(database)) {
            scene.registry().update("m_17", lastName(TOO_LONG));
            scene.registry().update("m_18", "{\"person\":{\"firstName\":null}}");

            Run first = scene.full();

            assertThat(first.counts().created()).isEqualTo(MEMBERS - 2);
            assertThat(first.counts().quarantined()).isEqualTo(2);
            assertThat(scene.quarantined())
                    .extracting(QuarantinedRecord::externalId, QuarantinedRecord::path, QuarantinedRecord::reason)
                    .containsExactly(
                            tuple(Optional.of(ExternalId.of("m_17")), "person.lastName", REASON),
                            tuple(
                                    Optional.of(ExternalId.of("m_18")),
                                    "person.firstName",
                                    "is empty, but column first_name must hold a value"));
            assertThat(rejections(scene))
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry.changes()).isEmpty())
                    .allSatisfy(entry -> assertThat(entry.summary()).doesNotContain("Canary"));

            scene.registry().update("m_17", lastName("Hansen"));
            scene.registry().update("m_18", "{\"person\":{\"firstName\":\"Kari\"}}");

            assertThat(scene.delta().counts().created()).isEqualTo(2);
            assertThat(scene.quarantined()).isEmpty();
            assertThat(scene.activeRows()).hasSize(MEMBERS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaveAllOfAMembersFieldsAsTheyAreUntilTheyFit(Database database) {
        try (Scene scene = scene(database)) {
            scene.full();
            SortedMap<String, String> before = scene.row("m_17");
            scene.registry().update("m_17", emailAndLastName("new@example.test", TOO_LONG));

            Run refused = scene.delta();

            assertThat(refused.counts().updated()).isZero();
            assertThat(refused.counts().quarantined()).isEqualTo(1);
            assertThat(scene.row("m_17")).isEqualTo(before);
            assertThat(scene.full().counts().quarantined())
                    .as("counted in each run")
                    .isEqualTo(1);
            assertThat(rejections(scene)).as("told once").hasSize(1);
            assertThat(scene.quarantined()).singleElement().satisfies(record -> {
                assertThat(record.reason()).isEqualTo(REASON);
                assertThat(record.attempts()).isEqualTo(2);
            });

            scene.registry().update("m_17", lastName("Hansen"));

            assertThat(scene.delta().counts().updated()).isEqualTo(1);
            assertThat(scene.quarantined()).isEmpty();
            assertThat(scene.row("m_17"))
                    .containsEntry("lastName", "Hansen")
                    .containsEntry("email", "new@example.test");
        }
    }

    @ParameterizedTest
    @EnumSource
    void thatAreTakenBackHealToo(Database database) {
        try (Scene scene = scene(database)) {
            scene.full();
            String before = String.valueOf(scene.row("m_17").get("lastName"));
            scene.registry().update("m_17", lastName(TOO_LONG));
            scene.delta();

            scene.registry().update("m_17", lastName(before));

            assertThat(scene.delta().counts().updated()).isZero();
            assertThat(scene.quarantined()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofARecordThatOthersAreMergedIntoLoseNobody(Database database) {
        try (Scene scene = scene(database)) {
            scene.full();
            MemberId member = scene.member("m_17");
            String heir = scene.registry().create(lastName(TOO_LONG));
            scene.registry().merge("m_17", heir);

            scene.delta();

            assertThat(scene.linked()).containsEntry(heir, member).doesNotContainKey("m_17");
            assertThat(scene.quarantined()).extracting(QuarantinedRecord::key).containsExactly(heir);

            scene.registry().update(heir, lastName("Hansen"));
            scene.delta();

            assertThat(scene.quarantined()).isEmpty();
            assertThat(scene.host().rows()).hasSize(MEMBERS);
            assertThat(scene.row(heir)).containsEntry("lastName", "Hansen");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepTheHostsEditsWaitingSoThatTheConflictIsSeen(Database database) {
        try (Scene scene = scene(database)) {
            scene.full();
            scene.registry().update("m_17", emailAndLastName("theirs@example.test", TOO_LONG));
            scene.edit("m_17", MemberField.EMAIL, FieldValue.text("ours@example.test"));
            scene.delta();
            assertThat(scene.conflicts()).isEmpty();

            scene.registry().update("m_17", lastName("Hansen"));
            scene.delta();

            assertThat(scene.conflicts()).extracting(Conflict::field).containsExactly(MemberField.EMAIL);
            assertThat(scene.row("m_17"))
                    .containsEntry("email", "ours@example.test")
                    .containsEntry("lastName", "Hansen");
        }
    }

    @Test
    void ofMoreThanAThousandAndATenthOfAllEndTheRun() {
        try (Scene scene =
                Scene.on(new OwnTableHost(Database.H2, 1)).members(1_100, 3).start()) {
            Run run = scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.failure().flatMap(RunFailure::fault)).contains(Fault.UNREADABLE);
            assertThat(run.failure().map(RunFailure::advice).orElseThrow()).contains("the member table");
            assertThat(run.counts().quarantined()).isGreaterThan(1_000);
        }
    }

    private static List<AuditEntry> rejections(Scene scene) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.RECORD_REJECTED))
                .items();
    }
}

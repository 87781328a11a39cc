package io.membersync.enginetests;

import static io.membersync.enginetests.TwoRegistries.FIRST;
import static io.membersync.enginetests.TwoRegistries.FIRST_PHONE;
import static io.membersync.enginetests.TwoRegistries.OTHER;
import static io.membersync.enginetests.TwoRegistries.SECOND;
import static io.membersync.enginetests.TwoRegistries.SECOND_PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQuery;
import io.membersync.conflict.ConflictQueue;
import io.membersync.conflict.Rule;
import io.membersync.conflict.Settlement;
import io.membersync.fault.AccessDeniedException;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.run.Run;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One person in two registries: one of them leads names and contact details, and nothing passes from one to the other. */
@Requirement("B6")
class WhoseFieldTest {

    private static final Caller ADMINISTRATOR = Caller.organizationAdministrator("Ola", OTHER);

    @TempDir
    Path folder;

    /** Who has both registries, and where. */
    enum Setting {
        TWO_ORGANIZATIONS,
        MEMORY,
        H2_FILE,
        POSTGRES;

        TwoRegistries open(Path folder, Rule rule) {
            return this == TWO_ORGANIZATIONS
                    ? new TwoRegistries(new MemoryHost(), OTHER, rule)
                    : new TwoRegistries(Place.valueOf(name()).open(folder), HostSide.ORGANIZATION, rule);
        }
    }

    private static TwoRegistries two(Rule rule) {
        return Setting.TWO_ORGANIZATIONS.open(Path.of(""), rule);
    }

    private static List<String> shownToTheOther(TwoRegistries two) {
        Shown shown = new Shown(two.engine().as(ADMINISTRATOR), SECOND);
        List<String> texts = new java.util.ArrayList<>(shown.audit(OTHER));
        texts.addAll(shown.conflicts(two.member()));
        texts.addAll(shown.explanations(two.member()));
        texts.addAll(shown.preview());
        return texts;
    }

    private static void assertNoConflict(TwoRegistries two, IntegrationId integration) {
        assertThat(two.engine()
                        .host()
                        .conflicts()
                        .find(ConflictQuery.of(integration))
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Requirement("R13")
    void twoRegistriesWithDifferentPhonesForOnePerson(Setting setting) {
        boolean fast = setting == Setting.TWO_ORGANIZATIONS || setting == Setting.MEMORY;
        for (Rule rule : fast ? Rule.values() : new Rule[] {Rule.LATEST_WINS}) {
            try (TwoRegistries two = setting.open(folder.resolve(rule.name()), rule)) {
                assertThat(two.member(SECOND, two.record(SECOND))).contains(two.member());
                assertThat(two.host().rows()).hasSize(1);
                for (int i = 0; i < 3; i++) {
                    Run first = two.full(FIRST);
                    Run second = two.full(SECOND);
                    assertThat(first.counts().updated() + second.counts().updated())
                            .as("%s %s", setting, rule)
                            .isZero();
                    assertThat(first.counts().conflicts() + second.counts().conflicts())
                            .isZero();
                }
                two.settle();

                assertThat(two.phone()).isEqualTo(FIRST_PHONE);
                assertThat(two.phone(FIRST)).isEqualTo(FIRST_PHONE);
                assertThat(two.phone(SECOND)).isEqualTo(SECOND_PHONE);
                assertNoConflict(two, FIRST);
                assertNoConflict(two, SECOND);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theLeadersNewPhoneComesInAndTheOthersDoesNot(Setting setting) {
        try (TwoRegistries two = setting.open(folder, Rule.EXTERNAL_WINS)) {
            two.phone(SECOND, "+4793333333");
            two.delta(SECOND);
            assertThat(two.phone()).isEqualTo(FIRST_PHONE);

            two.phone(FIRST, "+4794444444");
            two.delta(FIRST);
            assertThat(two.phone()).isEqualTo("+4794444444");
            two.settle();

            assertThat(two.phone()).isEqualTo("+4794444444");
            assertThat(two.phone(SECOND)).isEqualTo("+4793333333");
            assertNoConflict(two, SECOND);
        }
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void nothingOfOneOrganizationGoesToTheOthersRegistryOrAdministrator(Rule rule) {
        try (TwoRegistries two = two(rule)) {
            two.phone(FIRST, "+4794444444");
            // The app announces an edit of another field before, between and after the registry's change comes in.
            two.edit(MemberField.EMAIL, "one@example.org");
            two.delta(FIRST);
            two.edit(MemberField.EMAIL, "two@example.org");
            two.settle();
            two.phone(FIRST, "+4795555555");
            two.delta(FIRST);
            two.edit(MemberField.EMAIL, "three@example.org");
            two.settle();
            two.phone(SECOND, "+4796666666");
            two.edit(MemberField.EMAIL, "four@example.org");
            two.settle();

            assertThat(two.phone()).isEqualTo("+4795555555");
            assertThat(two.phone(SECOND)).isEqualTo("+4796666666");
            assertThat(shownToTheOther(two)).doesNotContain(FIRST_PHONE, "+4794444444", "+4795555555");
            assertThat(two.registry(SECOND)
                            .member(two.record(SECOND))
                            .orElseThrow()
                            .text("/contact/email"))
                    .contains("four@example.org");
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theAppsOwnEditGoesToBoth(Setting setting) {
        try (TwoRegistries two = setting.open(folder, Rule.APP_WINS)) {
            two.edit(MemberField.MOBILE, "+4797777777");
            two.settle();

            assertThat(two.phone()).isEqualTo("+4797777777");
            assertThat(two.phone(FIRST)).isEqualTo("+4797777777");
            assertThat(two.phone(SECOND)).isEqualTo("+4797777777");
            assertThat(two.outbox(SECOND)).isEmpty();
        }
    }

    /** The app's edit is on its way to the second when the first brings something newer. */
    @Test
    void whatTheLeaderBroughtMeanwhileIsNotSentInPlaceOfAnEdit() {
        try (TwoRegistries two = two(Rule.EXTERNAL_WINS)) {
            two.registry(SECOND).faults().on(TwoWay.PATCH).then(io.membersync.testkit.simulator.Fault.answerLost());
            two.edit(MemberField.MOBILE, "+4797777777");
            two.delta(SECOND);
            two.engine().tick();
            two.phone(FIRST, "+4794444444");
            two.delta(FIRST);
            assertThat(two.phone()).isEqualTo("+4794444444");
            two.edit(MemberField.EMAIL, "one@example.org");
            two.delta(SECOND);
            two.registry(SECOND).faults().clear();
            two.settle();
            two.edit(MemberField.EMAIL, "two@example.org");
            two.settle();

            assertThat(two.phone(SECOND)).isEqualTo("+4797777777");
            assertThat(shownToTheOther(two)).doesNotContain("+4794444444");
        }
    }

    @Test
    void anEnteredValueGoesToTheRegistryOfItsConflictAlone() {
        try (TwoRegistries two = two(Rule.MANUAL_REVIEW)) {
            two.edit(MemberField.MOBILE, "+4797777777");
            two.phone(FIRST, "+4794444444");
            two.delta(FIRST);
            Conflict conflict = two.engine()
                    .host()
                    .conflicts()
                    .open(FIRST, java.util.Optional.empty(), 10)
                    .items()
                    .get(0);
            two.engine()
                    .host()
                    .conflicts()
                    .resolve(
                            List.of(conflict.ref()),
                            new Settlement.EnterValue(FieldValue.text("+4798888888")),
                            "she called");
            two.settle();
            two.edit(MemberField.EMAIL, "one@example.org");
            two.settle();

            assertThat(two.phone()).isEqualTo("+4798888888");
            assertThat(two.phone(FIRST)).isEqualTo("+4798888888");
            assertThat(two.phone(SECOND)).isNotEqualTo("+4798888888");
            assertThat(shownToTheOther(two)).doesNotContain("+4798888888");
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void whoIsLeftLeadsWhenTheLeaderHasThePersonNoMore(Setting setting) {
        try (TwoRegistries two = setting.open(folder, Rule.MANUAL_REVIEW)) {
            two.registry(FIRST).delete(two.record(FIRST), "resigned");
            var member = two.member();
            two.delta(FIRST);
            two.delta(SECOND);

            assertThat(two.host().rows().get(member)).containsEntry("mobile", SECOND_PHONE);
            assertNoConflict(two, SECOND);
            two.phone(SECOND, "+4793333333");
            two.delta(SECOND);
            assertThat(two.host().rows().get(member)).containsEntry("mobile", "+4793333333");
            if (setting == Setting.TWO_ORGANIZATIONS) {
                assertThat(two.host().rows().get(member)).containsEntry("status", "TERMINATED");
            } else {
                assertThat(two.host().rows().get(member)).containsEntry("status", "LAPSED");
            }
        }
    }

    @Test
    void whoTakesOverIsNotShownWhatTheLeaderBrought() {
        try (TwoRegistries two = two(Rule.MANUAL_REVIEW)) {
            two.registry(FIRST).delete(two.record(FIRST), "resigned");
            var member = two.member();
            two.delta(FIRST);
            two.delta(SECOND);

            Shown shown = new Shown(two.engine().as(ADMINISTRATOR), SECOND);
            assertThat(shown.audit(OTHER)).contains(SECOND_PHONE).doesNotContain(FIRST_PHONE);
            assertThat(shown.explanations(member)).doesNotContain(FIRST_PHONE);
            assertThat(shown.conflicts(member)).isEmpty();
        }
    }

    @Test
    void aMembershipKeepsItsOwnStatus() {
        try (TwoRegistries two = two(Rule.EXTERNAL_WINS)) {
            assertThat(two.row()).containsEntry("status", "ACTIVE");
            assertThat(two.host()
                            .storage()
                            .inTransaction(session -> session.members().load(OTHER, List.of(two.member())))
                            .values())
                    .singleElement()
                    .satisfies(member ->
                            assertThat(member.state().value(MemberField.STATUS)).isEqualTo(FieldValue.text("LAPSED")));

            two.registry(SECOND).delete(two.record(SECOND), "resigned");
            two.delta(SECOND);

            assertThat(two.row()).containsEntry("status", "ACTIVE").containsEntry("mobile", FIRST_PHONE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {"MEMORY", "H2_FILE", "POSTGRES"})
    void ofTwoRegistriesOfOneOrganizationTheFirstLeadsTheMembershipToo(Setting setting) {
        try (TwoRegistries two = setting.open(folder, Rule.EXTERNAL_WINS)) {
            assertThat(two.row()).containsEntry("status", "ACTIVE");

            two.registry(SECOND).delete(two.record(SECOND), "resigned");
            two.delta(SECOND);
            two.full(FIRST);

            assertThat(two.row()).containsEntry("status", "ACTIVE");
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void anAdministratorOfAllConcernedChoosesWhoLeads(Setting setting) {
        try (TwoRegistries two = setting.open(folder, Rule.MANUAL_REVIEW)) {
            ExternalId record = ExternalId.of(two.record(SECOND));
            two.engine().as(Caller.globalAdministrator("Eva")).matches().lead(SECOND, record, "Knows her best");
            two.settle();

            assertThat(two.phone()).isEqualTo(SECOND_PHONE);
            assertThat(two.phone(FIRST)).isEqualTo(FIRST_PHONE);
            two.phone(FIRST, "+4794444444");
            two.settle();
            assertThat(two.phone()).isEqualTo(SECOND_PHONE);
            assertNoConflict(two, FIRST);
            assertNoConflict(two, SECOND);
        }
    }

    @Test
    void anAdministratorOfOneOrganizationDoesNotDecideForTheOther() {
        try (TwoRegistries two = two(Rule.MANUAL_REVIEW)) {
            ExternalId record = ExternalId.of(two.record(SECOND));
            assertThatThrownBy(() -> two.engine().as(ADMINISTRATOR).matches().lead(SECOND, record, "seen"))
                    .isInstanceOf(AccessDeniedException.class);
            two.settle();

            assertThat(two.phone()).isEqualTo(FIRST_PHONE);
        }
    }

    @Test
    void explainSaysWhoseFieldItIs() {
        try (TwoRegistries two = two(Rule.MANUAL_REVIEW)) {
            assertThat(two.engine().as(ADMINISTRATOR).explain().values(SECOND, two.member()).stream()
                            .filter(field -> field.field().equals(MemberField.MOBILE)))
                    .singleElement()
                    .satisfies(field -> {
                        assertThat(field.reason().why()).contains("Another integration leads this field");
                        assertThat(field.values().registry()).isEqualTo(SECOND_PHONE);
                        assertThat(field.values().app()).isEmpty();
                    });
        }
    }

    /** One registry's word is enough, whoever leads. */
    @ParameterizedTest
    @EnumSource(Setting.class)
    @Requirement("D9")
    void anAddressThatOneRegistryProtectsIsWithheldFromAll(Setting setting) {
        try (TwoRegistries two = setting.open(folder, Rule.EXTERNAL_WINS)) {
            two.says(SECOND, "{\"protected\":true}");
            two.delta(SECOND);
            assertThat(two.row()).doesNotContainKey("mobile").containsEntry("protectedAddress", "true");
            two.phone(FIRST, "+4794444444");
            two.settle();
            two.full(FIRST);
            assertThat(two.row()).doesNotContainKey("mobile");

            two.says(SECOND, "{\"protected\":false}");
            two.delta(SECOND);
            two.settle();
            assertThat(two.phone()).isEqualTo("+4794444444");
        }
    }

    /** What waits on the other registry's account waits in vain: nobody sees it, settles it or sends it. */
    @Test
    @Requirement("D9")
    void anAddressThatOneRegistryProtectsIsWithheldAtTheDoorsOfTheOthers() {
        try (TwoRegistries two = two(Rule.MANUAL_REVIEW)) {
            two.edit(MemberField.EMAIL, "new@example.test");
            two.delta(FIRST);
            two.edit(MemberField.MOBILE, "+4797777777");
            two.phone(FIRST, "+4794444444");
            two.delta(FIRST);
            ConflictQueue queue =
                    two.engine().as(Caller.globalAdministrator("Eva")).conflicts();
            assertThat(queue.find(ConflictQuery.of(FIRST)).items())
                    .singleElement()
                    .satisfies(conflict ->
                            assertThat(conflict.app().value().display()).isEqualTo("+4797777777"));
            assertThat(two.outbox(FIRST)).isNotEmpty();

            two.registry(FIRST).faults().on(TwoWay.PATCH).times(1).then(Fault.status(503));
            two.says(SECOND, "{\"protected\":true}");
            two.delta(SECOND);

            assertThat(two.row()).doesNotContainKey("mobile");
            assertThat(queue.find(ConflictQuery.of(FIRST)).items())
                    .singleElement()
                    .satisfies(conflict -> {
                        assertThat(conflict.app().value()).isEqualTo(FieldValue.nothing());
                        assertThat(conflict.registry().value()).isEqualTo(FieldValue.nothing());
                        assertThat(queue.resolve(List.of(conflict.ref()), new Settlement.TakeRegistry(), "mine")
                                        .resolved())
                                .isZero();
                    });
            two.time().advance(Duration.ofMinutes(10));
            two.engine().tick();
            assertThat(two.row()).doesNotContainKey("mobile");
            assertThat(two.outbox(FIRST)).isEmpty();
            assertThat(two.registry(FIRST)
                            .member(two.record(FIRST))
                            .orElseThrow()
                            .text("/contact/email"))
                    .contains("kari@example.org");
        }
    }

    @Test
    void anAdministratorTiesNoRecordToAMemberOfAnotherOrganizationAlone() {
        try (TwoRegistries two = two(Rule.EXTERNAL_WINS)) {
            String stranger = two.registry(FIRST)
                    .create("{\"person\":{\"firstName\":\"Per\",\"lastName\":\"Vik\"},"
                            + "\"membership\":{\"status\":\"ACTIVE\"}}");
            two.full(FIRST);
            MemberId member = two.member(FIRST, stranger).orElseThrow();
            ExternalId record = ExternalId.of(two.record(SECOND));

            assertThatThrownBy(() -> two.engine().as(ADMINISTRATOR).matches().merge(SECOND, record, member, "mine"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The organization has no member");
            assertThat(two.member(SECOND, two.record(SECOND))).contains(two.member());
            two.engine()
                    .as(Caller.globalAdministrator("Root"))
                    .matches()
                    .merge(SECOND, record, member, "one person after all");
        }
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Rule;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.Trigger;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Members exchanged with each registry, both ways: both sides end alike, and nothing is written twice. */
@Requirement({"A1", "A2", "A3", "B11"})
class ExchangeTest {

    @TempDir
    Path folder;

    private static Exchange start(RegistryKind kind, boolean tidies, Rule rule) {
        Exchange exchange = Exchange.start(kind, new MemoryHost(), rule);
        exchange.registry().tidies(tidies);
        return exchange;
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    @Requirement("B2")
    void allChangesArriveByDeltaAndByWebhook(RegistryKind kind) {
        try (Exchange exchange = Exchange.start(kind, Place.H2_FILE.open(folder), Rule.EXTERNAL_WINS)) {
            exchange.assertHostHoldsWhatTheRegistryHolds("after the first full sync");
            exchange.registry().change(500, 1);
            exchange.delta();
            exchange.assertHostHoldsWhatTheRegistryHolds("after 500 changes");

            Supplier<List<Integer>> webhooks = exchange.webhooks();
            exchange.registry().change(60, 2);
            assertThat(webhooks.get()).hasSizeGreaterThan(50).allMatch(status -> status / 100 == 2);
            assertThat(exchange.gathered()).singleElement().satisfies(run -> {
                assertThat(run.trigger()).isEqualTo(Trigger.WEBHOOK);
                assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            });
            exchange.assertHostHoldsWhatTheRegistryHolds("after webhooks");
            exchange.assertQuiet();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CORNERSTONE,false",
        "CONSIO,false",
        "DYNAMICS,false",
        "CORNERSTONE,true",
        "CONSIO,true",
        "DYNAMICS,true"
    })
    @Requirement({"R6", "R10"})
    void anEditGoesOutOnceAndItsEchoIsNoNews(RegistryKind kind, boolean tidies) {
        try (Exchange exchange = start(kind, tidies, Rule.MANUAL_REVIEW)) {
            String id = exchange.ids(1).get(0);
            Supplier<List<Integer>> webhooks = exchange.webhooks();
            exchange.edit(id, MemberField.CITY, "Hå i Rogaland");
            exchange.edit(id, MemberField.MOBILE, "+4791111111");
            exchange.delta();
            exchange.deliver();

            assertAlike(exchange, id, MemberField.CITY, "Hå i Rogaland");
            assertAlike(exchange, id, MemberField.MOBILE, "+4791111111");
            assertThat(exchange.writes()).isEqualTo(1);
            String version = exchange.registry().version(id);
            assertThat(webhooks.get()).as("the echo").hasSize(1);
            assertThat(exchange.gathered()).singleElement().satisfies(ExchangeTest::broughtNoNews);
            exchange.assertQuiet();
            assertThat(exchange.registry().version(id)).isEqualTo(version);
            assertThat(exchange.conflicts()).isEmpty();
        }
    }

    private static void broughtNoNews(Run run) {
        assertThat(run.state()).isEqualTo(RunState.COMPLETED);
        assertThat(run.counts().created()
                        + run.counts().updated()
                        + run.counts().removed())
                .isZero();
    }

    private static void assertAlike(Exchange exchange, String id, MemberField field, String value) {
        assertThat(folded(field, exchange.registry().text(id, field))).isEqualTo(folded(field, value));
        assertThat(folded(field, exchange.row(id).getOrDefault(field.key(), "")))
                .isEqualTo(folded(field, value));
    }

    /** A registry that keeps forms of its own means the same by them. */
    private static String folded(MemberField field, String text) {
        return field.equals(MemberField.MOBILE) && !text.isEmpty()
                ? Phones.international(text)
                : text.toUpperCase(Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "CORNERSTONE,false",
        "CONSIO,false",
        "DYNAMICS,false",
        "CORNERSTONE,true",
        "CONSIO,true",
        "DYNAMICS,true"
    })
    @Requirement({"R6", "R10"})
    void aLostAnswerEndsInOneChange(RegistryKind kind, boolean tidies) {
        try (Exchange exchange = start(kind, tidies, Rule.MANUAL_REVIEW)) {
            String id = exchange.ids(1).get(0);
            loseTheNextAnswer(exchange);
            exchange.edit(id, MemberField.CITY, "Hå i Rogaland");
            exchange.delta();
            exchange.deliver();
            assertThat(exchange.outbox()).as("nobody knows what became of it").hasSize(1);
            String version = exchange.registry().version(id);
            exchange.later();
            exchange.later();

            assertAlike(exchange, id, MemberField.CITY, "Hå i Rogaland");
            assertThat(exchange.written()).hasSize(1);
            exchange.assertQuiet();
            assertThat(exchange.writes()).isEqualTo(1);
            assertThat(exchange.registry().version(id)).isEqualTo(version);
            assertThat(exchange.conflicts()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CORNERSTONE,false",
        "CONSIO,false",
        "DYNAMICS,false",
        "CORNERSTONE,true",
        "CONSIO,true",
        "DYNAMICS,true"
    })
    @Requirement({"R6", "R10"})
    void aSyncThatMeetsAnEchoBeforeTheDeliveryKnowsOfItFindsNoConflict(RegistryKind kind, boolean tidies) {
        try (Exchange exchange = start(kind, tidies, Rule.MANUAL_REVIEW)) {
            String id = exchange.ids(1).get(0);
            loseTheNextAnswer(exchange);
            exchange.edit(id, MemberField.CITY, "Hå i Rogaland");
            exchange.delta();
            exchange.deliver();
            String version = exchange.registry().version(id);
            exchange.delta();
            assertThat(exchange.conflicts()).isEmpty();
            exchange.later();

            assertAlike(exchange, id, MemberField.CITY, "Hå i Rogaland");
            exchange.assertQuiet();
            assertThat(exchange.writes()).isEqualTo(1);
            assertThat(exchange.registry().version(id)).isEqualTo(version);
            assertThat(exchange.conflicts()).isEmpty();
        }
    }

    private static void loseTheNextAnswer(Exchange exchange) {
        RegistrySide registry = exchange.registry();
        registry.faults().on(registry.write()).times(1).then(Fault.answerLost());
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    @Requirement("R10")
    void aRecordThatChangedMeanwhileIsReadAndDecidedAgain(RegistryKind kind) {
        try (Exchange exchange = start(kind, false, Rule.MANUAL_REVIEW)) {
            List<String> ids = exchange.ids(2);
            exchange.edit(ids.get(0), MemberField.EMAIL, "app@example.test");
            exchange.edit(ids.get(1), MemberField.EMAIL, "app1@example.test");
            exchange.delta();
            exchange.say(ids.get(0), MemberField.STREET, "Storgata 99");
            exchange.say(ids.get(1), MemberField.EMAIL, "registry1@example.test");
            exchange.deliver();
            assertThat(exchange.registry().text(ids.get(0), MemberField.EMAIL)).isNotEqualTo("app@example.test");
            exchange.delta();
            exchange.later();

            assertAlike(exchange, ids.get(0), MemberField.EMAIL, "app@example.test");
            assertAlike(exchange, ids.get(0), MemberField.STREET, "Storgata 99");
            assertThat(exchange.registry().text(ids.get(1), MemberField.EMAIL)).isEqualTo("registry1@example.test");
            assertThat(exchange.row(ids.get(1))).containsEntry("email", "app1@example.test");
            assertThat(exchange.conflicts()).hasSize(1);
            exchange.assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    void blankingGoesOutToo(RegistryKind kind) {
        try (Exchange exchange = start(kind, false, Rule.MANUAL_REVIEW)) {
            String id = exchange.ids(1).get(0);
            exchange.edit(id, MemberField.MOBILE, FieldValue.nothing());
            exchange.delta();
            exchange.deliver();
            assertThat(exchange.registry().text(id, MemberField.MOBILE)).isEmpty();
            exchange.assertQuiet();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CORNERSTONE,false,1", "CONSIO,false,1", "DYNAMICS,false,1",
        "CORNERSTONE,true,2", "CONSIO,true,2", "DYNAMICS,true,2",
        "CORNERSTONE,true,3", "CONSIO,true,3", "DYNAMICS,true,3"
    })
    @Requirement({"R6", "R10"})
    void editsOnBothSidesAndTroubleEndWithBothSidesAlike(RegistryKind kind, boolean tidies, long seed) {
        try (Exchange exchange = start(kind, tidies, Rule.APP_WINS)) {
            List<String> ids = exchange.ids(6);
            Random random = new Random(seed);
            int edits = 0;
            for (int round = 0; round < 80; round++) {
                String id = ids.get(random.nextInt(ids.size()));
                MemberField field = RegistrySide.EDITED.get(random.nextInt(RegistrySide.EDITED.size()));
                switch (random.nextInt(8)) {
                    case 0, 1 -> {
                        exchange.edit(id, field, value(field, round));
                        edits++;
                    }
                    case 2 -> exchange.say(id, field, value(field, round));
                    case 3 -> exchange.delta();
                    case 4 -> exchange.deliver();
                    case 5 -> exchange.later();
                    case 6 -> loseTheNextAnswer(exchange);
                    default -> exchange.full();
                }
            }
            exchange.registry().faults().clear();
            for (int i = 0; i < 5; i++) {
                exchange.delta();
                exchange.later();
            }

            for (String id : ids) {
                for (MemberField field : RegistrySide.EDITED) {
                    assertAlike(exchange, id, field, exchange.row(id).getOrDefault(field.key(), ""));
                }
            }
            assertThat(exchange.conflicts()).isEmpty();
            assertThat(exchange.written()).as("values that went out").hasSizeLessThanOrEqualTo(edits);
            exchange.assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    @Requirement("D9")
    void contactDetailsOfAProtectedMemberNeverGoOut(RegistryKind kind) {
        try (Exchange exchange = start(kind, false, Rule.APP_WINS)) {
            List<String> ids = exchange.ids(3);
            Map<String, String> before =
                    ids.stream().collect(Collectors.toMap(Function.identity(), id -> contactDetails(exchange, id)));
            exchange.registry().protect(ids.get(0));
            exchange.delta();
            for (MemberField field : RegistrySide.EDITED) {
                // One known to be protected, one that is marked while its values wait, one in the very same sync.
                exchange.edit(ids.get(0), field, value(field, 1));
                exchange.edit(ids.get(1), field, value(field, 2));
            }
            exchange.delta();
            exchange.registry().protect(ids.get(1));
            exchange.registry().protect(ids.get(2));
            for (MemberField field : RegistrySide.EDITED) {
                exchange.edit(ids.get(2), field, value(field, 3));
            }
            exchange.deliver();
            for (int i = 0; i < 3; i++) {
                exchange.delta();
                exchange.later();
                exchange.full();
                exchange.later();
            }

            assertThat(exchange.written()).isEmpty();
            ids.forEach(id -> assertThat(contactDetails(exchange, id)).isEqualTo(before.get(id)));
            assertThat(exchange.row(ids.get(2))).containsEntry("protectedAddress", "true");
            exchange.assertQuiet();
        }
    }

    private static String contactDetails(Exchange exchange, String id) {
        return RegistrySide.EDITED.stream()
                .map(field -> exchange.registry().text(id, field))
                .collect(Collectors.joining("\n"));
    }

    private static String value(MemberField field, int round) {
        Map<MemberField, String> values = Map.of(
                MemberField.EMAIL, "v" + round + "@example.test",
                MemberField.MOBILE, "+479" + (1_000_000 + round),
                MemberField.STREET, "Storgata " + round,
                MemberField.CITY, "Stad " + round);
        return Optional.ofNullable(values.get(field)).orElseThrow();
    }
}

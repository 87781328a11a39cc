package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.conflict.Rule;
import io.membersync.model.MemberField;
import io.membersync.outbox.OutboxState;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the app changes reaches the registry once, and its echo changes nothing. */
@Requirement("B11")
class OutboxTest {

    @TempDir
    Path folder;

    private static TwoWay memory() {
        return TwoWay.start(Scene.on(new MemoryHost()), Rule.APP_WINS);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anEditReachesTheRegistryAndItsEchoWritesNothing(Place place) {
        try (TwoWay both = TwoWay.start(Scene.on(place.open(folder)), Rule.MANUAL_REVIEW)) {
            long version = both.version("m_4");
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.decide();
            assertThat(both.outbox()).singleElement().satisfies(entry -> {
                assertThat(entry.field()).isEqualTo(MemberField.EMAIL);
                assertThat(entry.state()).isEqualTo(OutboxState.PENDING);
                assertThat(entry.toString()).doesNotContain("app@");
            });
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            assertThat(both.version("m_4")).isEqualTo(version + 1);
            assertThat(both.audit(AuditKind.REGISTRY_UPDATED)).singleElement().satisfies(entry -> {
                assertThat(entry.changes())
                        .extracting(AuditEntry.ValueChange::field)
                        .containsExactly("email");
                assertThat(entry.toString()).doesNotContain("app@");
            });
            both.assertQuiet();
            assertThat(both.scene().conflicts()).isEmpty();
            assertThat(both.scene().row("m_4")).containsEntry("email", "app@example.test");
        }
    }

    @Test
    void blankingGoesOutToo() {
        try (TwoWay both = memory()) {
            both.scene().edit("m_4", MemberField.MOBILE, io.membersync.model.FieldValue.nothing());
            both.decide();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/mobile")).isEmpty();
            both.assertQuiet();
        }
    }

    @Test
    void theLaterOfTwoEditsGoesOutAlone() {
        try (TwoWay both = memory()) {
            both.edit("m_4", MemberField.EMAIL, "one@example.test");
            both.decide();
            both.edit("m_4", MemberField.EMAIL, "two@example.test");
            both.edit("m_4", MemberField.MOBILE, "+4791111111");
            both.scene().host().inTransaction(true, () -> {});
            both.scene().engine().host().runs().startDelta(Scene.INTEGRATION);
            // One tick delivers first and then runs, so the first value may be on its way already.
            both.deliver();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("two@example.test");
            assertThat(both.inRegistry("m_4", "/contact/mobile")).isEqualTo("+4791111111");
            both.assertQuiet();
        }
    }

    @Test
    void aValueTakenBackBeforeItWentOutIsNotSent() {
        try (TwoWay both = memory()) {
            String before = both.inRegistry("m_4", "/contact/email");
            both.scene().registry().faults().on(TwoWay.PATCH).then(io.membersync.testkit.simulator.Fault.status(503));
            both.edit("m_4", MemberField.EMAIL, "one@example.test");
            both.decide();
            assertThat(both.outbox()).hasSize(1);
            both.edit("m_4", MemberField.EMAIL, before);
            both.scene().registry().faults().clear();
            both.scene().engine().host().runs().startDelta(Scene.INTEGRATION);
            both.deliver();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aRecordThatChangedMeanwhileIsReadAndDecidedAgain(Place place) {
        try (TwoWay both = TwoWay.start(Scene.on(place.open(folder)), Rule.MANUAL_REVIEW)) {
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.edit("m_5", MemberField.EMAIL, "app5@example.test");
            both.decide();
            both.registrySays("m_4", "address", "street", "Storgata 99");
            both.registrySays("m_5", "contact", "email", "registry5@example.test");
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/email")).isNotEqualTo("app@example.test");
            assertThat(both.inRegistry("m_5", "/contact/email")).isEqualTo("registry5@example.test");
            both.decide();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            assertThat(both.inRegistry("m_4", "/address/street")).isEqualTo("Storgata 99");
            assertThat(both.scene().row("m_4")).containsEntry("street", "Storgata 99");
            assertThat(both.inRegistry("m_5", "/contact/email")).isEqualTo("registry5@example.test");
            assertThat(both.scene().row("m_5")).containsEntry("email", "app5@example.test");
            assertThat(both.scene().conflicts()).hasSize(1);
            both.assertQuiet();
        }
    }

    @Test
    void whereTheAppWinsItsValueGoesOutOverTheRegistrys() {
        try (TwoWay both = memory()) {
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.registrySays("m_4", "contact", "email", "registry@example.test");
            both.decide();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            assertThat(both.audit(AuditKind.CONFLICT_RESOLVED)).hasSize(1);
            both.assertQuiet();
        }
    }

    @Test
    void aFieldThatOnlyGoesOutIsSentAgainWhenTheRegistryChangesIt() {
        try (TwoWay both = memory()) {
            String city = both.inRegistry("m_4", "/address/city");
            assertThat(both.scene().row("m_4")).doesNotContainKey("city");
            both.registrySays("m_4", "address", "city", "Bodø");
            both.decide();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/address/city"))
                    .as("the app has not said anything yet")
                    .isEqualTo("Bodø")
                    .isNotEqualTo(city);
            both.edit("m_4", MemberField.CITY, "Oslo");
            both.decide();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/address/city")).isEqualTo("Oslo");
            both.registrySays("m_4", "address", "city", "Bergen");
            both.decide();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/address/city")).isEqualTo("Oslo");
            assertThat(both.scene().row("m_4")).containsEntry("city", "Oslo");
            both.assertQuiet();
        }
    }

    @Test
    void whatTheRegistryKeepsChangingBackIsParkedAndToldOnce() {
        try (TwoWay both = memory()) {
            both.edit("m_4", MemberField.CITY, "Oslo");
            both.decide();
            both.deliver();
            for (int i = 1; i <= 7; i++) {
                both.registrySays("m_4", "address", "city", "Bergen " + i);
                both.decide();
                both.deliver();
            }
            assertThat(both.inRegistry("m_4", "/address/city")).isEqualTo("Bergen 7");
            assertThat(both.writes()).isEqualTo(5);
            assertThat(both.outbox())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.state()).isEqualTo(OutboxState.PARKED));
            assertThat(both.audit(AuditKind.OUTBOX))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.summary()).startsWith("Parked: city"));
            both.scene().engine().host().outbox().retry(both.outbox().get(0));
            both.deliver();
            assertThat(both.inRegistry("m_4", "/address/city")).isEqualTo("Oslo");
            both.assertQuiet();
        }
    }

    @Test
    void whatIsDroppedStaysDifferentAndIsNotSentAgain() {
        try (TwoWay both = memory()) {
            both.edit("m_4", MemberField.MOBILE, "12");
            both.decide();
            both.deliver();
            both.scene().engine().host().outbox().drop(both.outbox().get(0));
            both.assertQuiet();
            assertThat(both.scene().row("m_4")).containsEntry("mobile", "12");
            both.edit("m_4", MemberField.MOBILE, "+4792222222");
            both.decide();
            both.deliver();
            assertThat(both.inRegistry("m_4", "/contact/mobile")).isEqualTo("+4792222222");
            both.assertQuiet();
        }
    }

    @Test
    void editsOnBothSidesEndWithBothSidesAlike() {
        try (TwoWay both = memory()) {
            Random random = new Random(20);
            for (int round = 0; round < 40; round++) {
                String id = "m_" + (1 + random.nextInt(6));
                String value = "v" + round + "@example.test";
                switch (random.nextInt(6)) {
                    case 0 -> both.edit(id, MemberField.EMAIL, value);
                    case 1 -> both.registrySays(id, "contact", "email", value);
                    case 2 -> both.decide();
                    case 3 -> both.deliver();
                    case 4 -> both.scene().full();
                    default -> both.registrySays(id, "address", "street", "Gate " + round);
                }
            }
            for (int i = 0; i < 3; i++) {
                both.decide();
                both.later(Duration.ofSeconds(31));
            }
            for (int i = 1; i <= 12; i++) {
                assertThat(both.scene().row("m_" + i).getOrDefault("email", ""))
                        .isEqualTo(both.inRegistry("m_" + i, "/contact/email"));
            }
            both.assertQuiet();
        }
    }
}

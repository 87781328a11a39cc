package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditKind;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Rule;
import io.membersync.conflict.Settlement;
import io.membersync.model.Caller;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.outbox.OutboxState;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people decide about fields that travel both ways. */
@Requirement({"C3", "B11"})
class TwoWayConflictTest {

    @TempDir
    Path folder;

    private static TwoWay parted(HostSide host) {
        TwoWay both = TwoWay.start(Scene.on(host), Rule.MANUAL_REVIEW);
        both.edit("m_4", MemberField.EMAIL, "app@example.test");
        both.registrySays("m_4", "contact", "email", "register@example.test");
        both.decide();
        assertThat(both.outbox()).isEmpty();
        return both;
    }

    private static void decide(TwoWay both, Settlement how) {
        Conflict conflict = both.scene().conflicts().get(0);
        Caller kari = Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION);
        assertThat(both.scene()
                        .engine()
                        .as(kari)
                        .conflicts()
                        .resolve(List.of(conflict.ref()), how, "")
                        .resolved())
                .isEqualTo(1);
    }

    private static String inApp(TwoWay both) {
        return both.scene().row("m_4").getOrDefault("email", "");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whatTheAppKeepsIsWrittenToTheRegistry(Place place) {
        try (TwoWay both = parted(place.open(folder))) {
            decide(both, new Settlement.KeepApp());
            assertThat(both.outbox()).singleElement().satisfies(entry -> {
                assertThat(entry.value()).isEqualTo(FieldValue.text("app@example.test"));
                assertThat(entry.state()).isEqualTo(OutboxState.PENDING);
            });

            both.decide();

            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            assertThat(both.writes()).isEqualTo(1);
            assertThat(both.audit(AuditKind.REGISTRY_UPDATED)).hasSize(1);
            assertThat(both.scene().conflicts()).isEmpty();
            both.assertQuiet();
        }
    }

    @Test
    void aNewRegistryValueBeforeTheDeliveryIsANewConflict() {
        try (TwoWay both = parted(new MemoryHost())) {
            decide(both, new Settlement.KeepApp());
            both.registrySays("m_4", "contact", "email", "newer@example.test");

            both.deliver();
            both.decide();

            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("newer@example.test");
            assertThat(both.scene().conflicts())
                    .singleElement()
                    .satisfies(conflict ->
                            assertThat(conflict.registry().value()).isEqualTo(FieldValue.text("newer@example.test")));
            assertThat(both.outbox()).isEmpty();
            assertThat(inApp(both)).isEqualTo("app@example.test");
        }
    }

    @Test
    void anEnteredValueIsWrittenToTheRegistryToo() {
        try (TwoWay both = parted(new MemoryHost())) {
            decide(both, new Settlement.EnterValue(FieldValue.text("third@example.test")));
            both.deliver();

            assertThat(inApp(both)).isEqualTo("third@example.test");
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("third@example.test");
            both.assertQuiet();
        }
    }

    @Test
    void theRegistrysValueIsTakenAndNothingGoesOut() {
        try (TwoWay both = parted(new MemoryHost())) {
            decide(both, new Settlement.TakeRegistry());
            both.deliver();

            assertThat(inApp(both)).isEqualTo("register@example.test");
            assertThat(both.writes()).isZero();
            both.assertQuiet();
        }
    }

    /** Nobody announced the app's value, so it may have come from another organization's registry. */
    @Test
    void anOverrideSendsNothingThatIsNotTheAppsOwn() {
        try (TwoWay both = TwoWay.start(Scene.on(new MemoryHost()), Rule.MANUAL_REVIEW)) {
            both.scene()
                    .host()
                    .edit(both.scene().member("m_4"), Map.of(MemberField.EMAIL, FieldValue.text("x@example.test")));
            both.registrySays("m_4", "contact", "email", "register@example.test");
            both.decide();

            decide(both, new Settlement.KeepApp());
            both.deliver();
            both.scene().full();
            both.deliver();

            assertThat(both.writes()).isZero();
            assertThat(inApp(both)).isEqualTo("x@example.test");
            assertThat(both.scene().conflicts()).isEmpty();
        }
    }

    /** The conflict held the announced edit up; when the registry takes its own change back, it goes out after all. */
    @Test
    void anAnnouncedEditOutlivesAConflictThatEndsByItself() {
        try (TwoWay both = TwoWay.start(Scene.on(new MemoryHost()), Rule.MANUAL_REVIEW)) {
            String agreed = both.inRegistry("m_4", "/contact/email");
            both.edit("m_4", MemberField.EMAIL, "app@example.test");
            both.registrySays("m_4", "contact", "email", "register@example.test");
            both.decide();

            both.registrySays("m_4", "contact", "email", agreed);
            both.decide();
            both.deliver();

            assertThat(both.scene().conflicts()).isEmpty();
            assertThat(both.inRegistry("m_4", "/contact/email")).isEqualTo("app@example.test");
            both.assertQuiet();
        }
    }
}

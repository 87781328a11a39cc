package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of several words on one member the last one counts, wherever the pages, batches and runs are cut. */
class LastWordTest {

    private static Scene scene() {
        return Scene.on(new MemoryHost()).members(10, 3).pageSize(1).start();
    }

    private static String email(String address) {
        return "{\"contact\":{\"email\":\"" + address + "\"}}";
    }

    @Test
    void aChangeThatIsTakenBackOnALaterPageIsNoChange() {
        try (Scene scene = scene()) {
            scene.registry().update("m_2", email("en@example.test"));
            scene.full();
            scene.registry().update("m_2", email("to@example.test"));
            scene.registry().update("m_2", email("en@example.test"));
            scene.delta();
            assertThat(scene.row("m_2")).containsEntry("email", "en@example.test");
        }
    }

    @Test
    void aMemberThatIsCreatedAndDeletedBetweenTwoRunsIsNotCreated() {
        try (Scene scene = scene()) {
            scene.full();
            String id = scene.registry().create("{}");
            scene.registry().delete(id, "erased");
            scene.delta();
            assertThat(scene.activeRows()).hasSize(10);
        }
    }

    @Test
    void aMemberThatIsMergedIntoARecordThatGoesAwayTooIsTerminated() {
        try (Scene scene = scene()) {
            scene.full();
            String id = scene.registry().create("{}");
            scene.registry().merge("m_4", id);
            scene.registry().delete(id, "resigned");
            scene.delta();
            Rows.assertSame("after the merge", scene.activeRows(), RegistryRow.all(scene.registry()));
            assertThat(scene.host().rows()).hasSize(10);
        }
    }

    @Test
    void theSameOnOnePage() {
        try (Scene scene = Scene.on(new MemoryHost()).members(10, 3).start()) {
            scene.full();
            String id = scene.registry().create("{}");
            scene.registry().merge("m_4", id);
            scene.registry().delete(id, "resigned");
            scene.delta();
            Rows.assertSame("after the merge", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @Test
    void anEditOfTheAppLeavesTheRegistrysWordInAnOpenConflict() {
        RuleSet manual = new RuleSet(Map.of(), Map.of("email", Rule.MANUAL_REVIEW));
        try (Scene scene = Scene.on(new MemoryHost())
                .members(10, 3)
                .draft(draft -> draft.rules(manual))
                .start()) {
            scene.full();
            String agreed = scene.row("m_5").getOrDefault("email", "");
            scene.registry().update("m_5", email("register@example.test"));
            scene.edit("m_5", MemberField.EMAIL, FieldValue.text("app@example.test"));
            scene.delta();
            scene.edit("m_5", MemberField.EMAIL, FieldValue.text("app2@example.test"));
            scene.delta();
            assertThat(scene.conflicts())
                    .extracting(
                            conflict -> conflict.app().value(),
                            conflict -> conflict.registry().value())
                    .containsExactly(
                            tuple(FieldValue.text("app2@example.test"), FieldValue.text("register@example.test")));

            // The app goes back to what was agreed: then the registry alone has moved, and its value is taken.
            scene.edit("m_5", MemberField.EMAIL, FieldValue.text(agreed));
            scene.delta();
            assertThat(scene.conflicts()).isEmpty();
            assertThat(scene.row("m_5")).containsEntry("email", "register@example.test");
        }
    }

    @Test
    void aDeletionThatAListingFoundIsNoNewsWhenTheFeedTellsIt() {
        try (Scene scene = scene()) {
            scene.full();
            scene.registry().delete("m_6", "resigned");
            assertThat(scene.full().counts().removed()).isEqualTo(1);
            assertThat(scene.linked()).doesNotContainKey("m_6");
            assertThat(scene.delta().counts().removed()).isZero();
            Rows.assertSame("after the delta", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }
}

package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Rule;
import io.membersync.event.SyncEvent;
import io.membersync.fault.RegistryException;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.run.Preview;
import io.membersync.run.Preview.Kind;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A preview says what a full sync would do, and does nothing. */
@Requirement("B9")
class PreviewTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void changesNothingAndCountsWhatTheRunThenCounts(Place place) {
        try (Scene scene =
                Scene.on(place.open(folder)).members(160, 5).pageSize(40).start()) {
            scene.full();
            changeBothSides(scene);
            Map<String, String> before = Dump.of(scene);
            int runs = scene.engine()
                    .host()
                    .runs()
                    .list(Scene.INTEGRATION, Optional.empty(), 100)
                    .items()
                    .size();

            Preview preview = preview(scene, 3);

            assertThat(Dump.of(scene)).isEqualTo(before);
            assertThat(scene.engine()
                            .host()
                            .runs()
                            .list(Scene.INTEGRATION, Optional.empty(), 100)
                            .items())
                    .hasSize(runs);
            Run full = scene.full();
            // Whom the listing lacks the run asks for, and removes when he is gone.
            assertThat(full.counts().removed())
                    .isEqualTo(preview.counts().removed() + preview.counts().absent());
            assertThat(preview.counts())
                    .isEqualTo(withRemoved(full.counts(), preview.counts().removed()));
            assertThat(preview.counts().conflicts()).isPositive();
            assertThat(preview.counts().absent()).isPositive();
            assertThat(preview.proven()).isTrue();
        }
    }

    @Test
    void sendsTheDatabaseNothingThatWrites() {
        CountedDatabase database = new CountedDatabase(PostgresServer.freshDatabase());
        try (Scene scene = Scene.on(new JdbcHost(database.dataSource()))
                .members(60, 5)
                .pageSize(20)
                .start()) {
            scene.full();
            changeBothSides(scene);
            database.sent();

            preview(scene, 3);

            assertThat(database.sent()).isNotEmpty().allMatch(sql -> sql.startsWith("SELECT") || sql.equals("COMMIT"));
        }
    }

    @Test
    void tellsListenersNothingAndSendsTheRegistryOnlyQuestions() {
        List<SyncEvent> heard = new CopyOnWriteArrayList<>();
        List<AuditEntry> recorded = new CopyOnWriteArrayList<>();
        Scene.Setup setup = Scene.on(new MemoryHost())
                .options(builder -> builder.onAudit(recorded::add).onSync(heard::add));
        List<AuditEntry> trail;
        try (TwoWay both = TwoWay.start(setup, Rule.APP_WINS)) {
            both.edit("m_4", MemberField.EMAIL, "app@example.test");

            preview(both.scene(), 3);

            assertThat(both.scene().registry().requests().requests())
                    .isNotEmpty()
                    .allMatch(request -> request.route().startsWith("GET "));
            trail = both.scene()
                    .engine()
                    .host()
                    .audit()
                    .find(AuditQuery.of(HostSide.ORGANIZATION))
                    .items();
        }
        // Closing tells all that there is to tell.
        assertThat(heard.stream().map(event -> event.run().id()).distinct()).hasSize(1);
        assertThat(recorded).containsExactlyInAnyOrderElementsOf(trail);
    }

    @Test
    void showsAFewOfEachKindWithTheirValues() {
        try (Scene scene = Scene.on(new MemoryHost()).members(60, 5).start()) {
            scene.full();
            for (int i = 1; i <= 9; i++) {
                scene.registry().update("m_" + i, "{\"person\":{\"lastName\":\"Ny" + i + "\"}}");
            }
            scene.registry().create("{\"person\":{\"firstName\":\"Kari\",\"lastName\":\"Fersk\"}}");

            Preview preview = preview(scene, 4);

            assertThat(preview.counts().updated()).isEqualTo(9);
            assertThat(preview.fields()).containsExactly(Map.entry(MemberField.LAST_NAME, 9L));
            assertThat(preview.samples())
                    .filteredOn(s -> s.kind() == Kind.UPDATE)
                    .hasSize(4);
            assertThat(preview.samples().stream()
                            .filter(s -> s.kind() == Kind.UPDATE)
                            .findFirst())
                    .hasValueSatisfying(sample -> {
                        assertThat(sample.member()).contains(scene.member("m_1"));
                        assertThat(sample.changes()).singleElement().satisfies(change -> {
                            assertThat(change.after()).isEqualTo(FieldValue.text("Ny1"));
                            assertThat(change.before().display())
                                    .isEqualTo(scene.row("m_1").get("lastName"));
                        });
                    });
            assertThat(preview.samples())
                    .filteredOn(s -> s.kind() == Kind.CREATE)
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.member()).isEmpty());
            assertThat(preview.toString()).doesNotContain("Ny1").doesNotContain("Fersk");
        }
    }

    @Test
    void hasTheSameDigestAsLongAsNothingMoves() {
        try (Scene scene = Scene.on(new MemoryHost()).members(60, 5).start()) {
            scene.full();
            scene.registry().update("m_1", "{\"person\":{\"lastName\":\"Ny\"}}");

            String first = preview(scene, 3).digest();
            String second = preview(scene, 0).digest();
            scene.registry().update("m_1", "{\"person\":{\"lastName\":\"Nyere\"}}");
            String third = preview(scene, 3).digest();

            assertThat(second).isEqualTo(first).hasSize(64);
            assertThat(third).isNotEqualTo(first);
        }
    }

    @Test
    void failsAsTheRunWouldWhenTheListingCannotBeRead() {
        try (Scene scene =
                Scene.on(new MemoryHost()).members(60, 5).pageSize(20).start()) {
            scene.full();
            scene.registry().revokeKey(scene.registry().apiKey());

            assertThatThrownBy(() -> preview(scene, 3)).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        try (Scene scene = Scene.on(new MemoryHost()).members(60, 5).start()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> preview(scene, 3)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static RunCounts withRemoved(RunCounts counts, long removed) {
        return new RunCounts(
                counts.read(),
                counts.created(),
                counts.updated(),
                removed,
                counts.conflicts(),
                counts.quarantined(),
                counts.absent(),
                counts.pages());
    }

    private static void changeBothSides(Scene scene) {
        scene.registry().applyRandomChanges(30, 4);
        scene.registry().delete("m_20", "RESIGNED");
        for (String id : List.of("m_9", "m_10")) {
            scene.edit(id, MemberField.LAST_NAME, FieldValue.text("Redigert"));
        }
        scene.registry().update("m_9", "{\"person\":{\"lastName\":\"Endret\"}}");
    }

    private static Preview preview(Scene scene, int samples) {
        return scene.engine().host().runs().preview(Scene.INTEGRATION, samples);
    }
}

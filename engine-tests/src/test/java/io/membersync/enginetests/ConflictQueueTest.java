package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.MemberSync;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Conflict.Outcome;
import io.membersync.conflict.ConflictBacklog;
import io.membersync.conflict.ConflictQuery;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.Settled;
import io.membersync.conflict.Settled.Why;
import io.membersync.conflict.Settlement;
import io.membersync.model.Caller;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.Origin;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for a person, and what becomes of what the person decides. */
@Requirement({"C2", "C3", "R5"})
class ConflictQueueTest {

    private static final Caller KARI = Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION);
    private static final Settlement ACCEPT = new Settlement.AcceptProposal();
    private static final Settlement KEEP = new Settlement.KeepApp();
    private static final Settlement TAKE = new Settlement.TakeRegistry();

    @TempDir
    Path folder;

    private static Scene asking(Place place, Path folder, int members) {
        RuleSet manual = new RuleSet(Map.of(), Map.of("email", Rule.MANUAL_REVIEW));
        Scene scene = Scene.on(place.open(folder))
                .members(members, 3)
                .draft(draft -> draft.rules(manual))
                .start();
        scene.full();
        return scene;
    }

    private static void part(Scene scene, String id) {
        scene.edit(id, MemberField.EMAIL, FieldValue.text("app-" + id + "@example.test"));
        registrySays(scene, id, "register-" + id + "@example.test");
    }

    private static void registrySays(Scene scene, String id, String email) {
        scene.registry().update(id, "{\"contact\":{\"email\":\"" + email + "\"}}");
    }

    private static MemberSync kari(Scene scene) {
        return scene.engine().as(KARI);
    }

    private static Conflict only(Scene scene) {
        assertThat(scene.conflicts()).hasSize(1);
        return scene.conflicts().get(0);
    }

    private static Settled decide(Scene scene, Settlement how) {
        return kari(scene).conflicts().resolve(List.of(only(scene).ref()), how, "she called");
    }

    private static List<AuditEntry> resolutions(Scene scene) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(AuditKind.CONFLICT_RESOLVED))
                .items();
    }

    private static String email(Scene scene, String id) {
        return scene.row(id).getOrDefault("email", "");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void oneConflictHoldsUpNothingElse(Place place) {
        try (Scene scene = asking(place, folder, 1_000)) {
            part(scene, "m_7");
            scene.registry().update("m_7", "{\"address\":{\"city\":\"Vadsø\"}}");
            for (int i = 1; i <= 200; i++) {
                scene.registry().update("m_" + i, "{\"address\":{\"street\":\"Ny gate " + i + "\"}}");
            }

            scene.full();

            assertThat(only(scene).externalId().value()).isEqualTo("m_7");
            Map<String, SortedMap<String, String>> expected = RegistryRow.all(scene.registry());
            Optional.ofNullable(expected.get("m_7")).orElseThrow().put("email", "app-m_7@example.test");
            Rows.assertSame("after the sync", scene.activeRows(), expected);
        }
    }

    @Test
    void aConflictShowsBothSidesWithTimesAndAProposal() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            String before = email(scene, "m_4");
            Instant edited = scene.time().instant();
            part(scene, "m_4");
            scene.delta();

            Conflict conflict = kari(scene)
                    .conflicts()
                    .find(Scene.INTEGRATION, scene.member("m_4"), "email")
                    .orElseThrow();

            assertThat(conflict.app().value()).isEqualTo(FieldValue.text("app-m_4@example.test"));
            assertThat(conflict.app().source()).contains(Origin.APP);
            assertThat(conflict.app().changedAt()).contains(edited);
            assertThat(conflict.agreed()).contains(FieldValue.text(before));
            assertThat(conflict.registry().value()).isEqualTo(FieldValue.text("register-m_4@example.test"));
            assertThat(conflict.registry().source()).contains(Origin.REGISTRY);
            assertThat(conflict.registry().changedAt()).isEmpty();
            assertThat(conflict.registry().seenAt()).isEqualTo(scene.time().instant());
            assertThat(conflict.question().rule()).isEqualTo(Rule.MANUAL_REVIEW);
            assertThat(conflict.question().proposal().takesRegistry()).isTrue();
            assertThat(conflict.question().proposal().why()).isNotBlank();
            assertThat(conflict.open()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anAcceptedProposalIsCarriedOutAndAudited(Place place) {
        try (Scene scene = asking(place, folder, 10)) {
            part(scene, "m_4");
            scene.delta();

            Settled settled = decide(scene, ACCEPT);

            assertThat(settled).isEqualTo(new Settled(1, List.of()));
            assertThat(email(scene, "m_4")).isEqualTo("register-m_4@example.test");
            assertThat(scene.conflicts()).isEmpty();
            Conflict ended = kari(scene)
                    .conflicts()
                    .find(Scene.INTEGRATION, scene.member("m_4"), "email")
                    .orElseThrow();
            assertThat(ended.ending()).hasValueSatisfying(ending -> {
                assertThat(ending.outcome()).isEqualTo(Outcome.REGISTRY_TAKEN);
                assertThat(ending.by()).isEqualTo("Kari");
                assertThat(ending.reason()).isEqualTo("she called");
                assertThat(ending.at()).isEqualTo(scene.time().instant());
            });
            assertThat(resolutions(scene)).singleElement().satisfies(entry -> {
                assertThat(entry.actor()).isEqualTo("Kari");
                assertThat(entry.at()).isEqualTo(scene.time().instant());
                assertThat(entry.changes()).singleElement().satisfies(change -> {
                    assertThat(change.before()).isEqualTo("app-m_4@example.test");
                    assertThat(change.after()).isEqualTo("register-m_4@example.test");
                    assertThat(change.why()).isEqualTo("she called");
                });
            });
            Map<String, String> before = Dump.of(scene);
            scene.full();
            assertThat(Dump.of(scene)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void anOverrideHoldsUntilTheRegistryHasANewValue(Place place) {
        try (Scene scene = asking(place, folder, 10)) {
            part(scene, "m_4");
            scene.delta();

            decide(scene, KEEP);
            scene.full();
            scene.full();

            assertThat(email(scene, "m_4")).isEqualTo("app-m_4@example.test");
            assertThat(scene.conflicts()).isEmpty();

            registrySays(scene, "m_4", "newer@example.test");
            scene.delta();

            assertThat(only(scene).registry().value()).isEqualTo(FieldValue.text("newer@example.test"));
            assertThat(email(scene, "m_4")).isEqualTo("app-m_4@example.test");
        }
    }

    @Test
    void anotherFieldOfTheRecordDoesNotUndoAnOverride() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();
            decide(scene, KEEP);

            scene.registry().update("m_4", "{\"address\":{\"street\":\"Ny gate 1\"}}");
            scene.delta();
            scene.edit("m_4", MemberField.MENTOR_STATUS, FieldValue.text("ACTIVE"));
            scene.delta();

            assertThat(email(scene, "m_4")).isEqualTo("app-m_4@example.test");
            assertThat(scene.conflicts()).isEmpty();
        }
    }

    @Test
    void anEnteredValueStands() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();

            decide(scene, new Settlement.EnterValue(FieldValue.text("third@example.test")));
            scene.full();
            scene.full();

            assertThat(email(scene, "m_4")).isEqualTo("third@example.test");
            assertThat(scene.conflicts()).isEmpty();
            assertThat(resolutions(scene))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.changes())
                            .singleElement()
                            .satisfies(change -> assertThat(change.after()).isEqualTo("third@example.test")));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aDayThatNoDatabaseHoldsIsRefused(Place place) {
        RuleSet asking = new RuleSet(Map.of(), Map.of(MemberField.PAID_UNTIL.key(), Rule.MANUAL_REVIEW));
        try (Scene scene = Scene.on(place.open(folder))
                .members(10, 3)
                .draft(draft -> draft.rules(asking))
                .start()) {
            scene.full();
            scene.edit("m_4", MemberField.PAID_UNTIL, FieldValue.day(LocalDate.of(2031, 1, 31)));
            scene.registry().update("m_4", "{\"membership\":{\"paidUntil\":\"2032-02-28\"}}");
            scene.delta();
            assertThat(scene.conflicts()).hasSize(1);

            Settled settled = decide(scene, new Settlement.EnterValue(FieldValue.day(LocalDate.MIN)));

            assertThat(settled.refused()).extracting(Settled.Refusal::why).containsExactly(Why.UNFIT_VALUE);
        }
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();

            Settled settled = decide(scene, new Settlement.EnterValue(new FieldValue.Flag(true)));

            assertThat(settled.resolved()).isZero();
            assertThat(settled.refused()).extracting(Settled.Refusal::why).containsExactly(Why.UNFIT_VALUE);
            assertThat(scene.conflicts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "third", "third@", "one@two@example.test", "third @example.test", "a\u0000@b.test"})
    void aValueThatIsNoneOfTheFieldsIsRefused(String value) {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();

            Settled settled = decide(scene, new Settlement.EnterValue(FieldValue.text(value)));

            assertThat(settled.resolved()).isZero();
            assertThat(settled.refused()).singleElement().satisfies(refusal -> {
                assertThat(refusal.why()).isEqualTo(Why.UNFIT_VALUE);
                assertThat(refusal.advice()).contains("email").doesNotContain("third");
            });
            assertThat(email(scene, "m_4")).isEqualTo("app-m_4@example.test");
            assertThat(scene.conflicts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aConflictThatChangedMeanwhileIsRefusedWithWhatStandsNow(Place place) {
        try (Scene scene = asking(place, folder, 10)) {
            part(scene, "m_4");
            scene.delta();
            Conflict.Ref seen = only(scene).ref();
            registrySays(scene, "m_4", "newer@example.test");
            scene.delta();

            Settled settled = kari(scene).conflicts().resolve(List.of(seen), TAKE, "");

            assertThat(settled.resolved()).isZero();
            assertThat(settled.refused()).singleElement().satisfies(refusal -> {
                assertThat(refusal.why()).isEqualTo(Why.CHANGED_MEANWHILE);
                assertThat(refusal.now().orElseThrow().registry().value())
                        .isEqualTo(FieldValue.text("newer@example.test"));
            });
            assertThat(email(scene, "m_4")).isEqualTo("app-m_4@example.test");
        }
    }

    @Test
    void anEditThatNoSyncHasSeenYetIsNotOverwritten() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();
            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("mine@example.test"));

            Settled settled = decide(scene, TAKE);

            assertThat(settled.refused()).extracting(Settled.Refusal::why).containsExactly(Why.CHANGED_MEANWHILE);
            assertThat(email(scene, "m_4")).isEqualTo("mine@example.test");
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void ofTwoWhoDecideAtTheSameMomentOneWinsAndTheOtherIsTold(Place place) throws Exception {
        try (Scene scene = asking(place, folder, 10)) {
            for (int round = 0; round < 5; round++) {
                String id = "m_" + (round + 1);
                part(scene, id);
                scene.delta();
                Conflict.Ref seen = only(scene).ref();
                List<Settled> answers = atOnce(
                        () -> kari(scene).conflicts().resolve(List.of(seen), TAKE, "one"),
                        () -> scene.engine()
                                .as(Caller.globalAdministrator("Ola"))
                                .conflicts()
                                .resolve(List.of(seen), KEEP, "other"));

                assertThat(answers).extracting(Settled::resolved).containsExactlyInAnyOrder(1L, 0L);
                Settled loser = answers.get(answers.get(0).resolved() == 1 ? 1 : 0);
                assertThat(loser.refused()).singleElement().satisfies(refusal -> {
                    assertThat(refusal.why()).isEqualTo(Why.ENDED_ALREADY);
                    assertThat(refusal.now().flatMap(Conflict::ending)).isPresent();
                });
                boolean taken = answers.get(0).resolved() == 1;
                assertThat(email(scene, id)).isEqualTo((taken ? "register-" : "app-") + id + "@example.test");
                assertThat(resolutions(scene)).hasSize(round + 1);
            }
        }
    }

    private static List<Settled> atOnce(Callable<Settled> one, Callable<Settled> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Settled> first = threads.submit(() -> {
                start.await();
                return one.call();
            });
            Future<Settled> second = threads.submit(() -> {
                start.await();
                return other.call();
            });
            return List.of(first.get(), second.get());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sidesThatComeToAgreeEndTheConflictThemselves() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();

            registrySays(scene, "m_4", "app-m_4@example.test");
            scene.delta();

            assertThat(scene.conflicts()).isEmpty();
            assertThat(resolutions(scene)).singleElement().satisfies(entry -> {
                assertThat(entry.actor()).isEqualTo("sync");
                assertThat(entry.summary()).isEqualTo("Ended by itself");
            });
            Settled late = kari(scene)
                    .conflicts()
                    .resolve(List.of(new Conflict.Ref(Scene.INTEGRATION, scene.member("m_4"), "email", 1)), TAKE, "");
            assertThat(late.refused()).extracting(Settled.Refusal::why).containsExactly(Why.ENDED_ALREADY);
        }
    }

    @Test
    void sidesThatPartAgainOpenTheConflictAgain() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();
            Conflict.Ref first = only(scene).ref();
            decide(scene, TAKE);
            scene.time().advance(Duration.ofHours(1));

            scene.edit("m_4", MemberField.EMAIL, FieldValue.text("again@example.test"));
            registrySays(scene, "m_4", "too@example.test");
            scene.delta();

            assertThat(only(scene).question().openedAt()).isEqualTo(scene.time().instant());
            assertThat(kari(scene).conflicts().resolve(List.of(first), TAKE, "").refused())
                    .extracting(Settled.Refusal::why)
                    .containsExactly(Why.CHANGED_MEANWHILE);
        }
    }

    @Test
    void theQueueIsFilteredAndItsAgeIsTold() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();
            Instant first = scene.time().instant();
            scene.time().advance(Duration.ofDays(2));
            part(scene, "m_5");
            scene.delta();
            ConflictQuery all = ConflictQuery.of(HostSide.ORGANIZATION);
            MemberSync kari = kari(scene);

            assertThat(kari.conflicts().find(all).items()).hasSize(2);
            assertThat(kari.conflicts()
                            .find(all.openedBefore(first.plusSeconds(1)))
                            .items())
                    .extracting(conflict -> conflict.externalId().value())
                    .containsExactly("m_4");
            assertThat(kari.conflicts()
                            .find(all.about(new ConflictQuery.What(
                                    Optional.of(FieldCategory.IDENTITY), Optional.empty(), Optional.empty())))
                            .items())
                    .isEmpty();
            assertThat(kari.conflicts().backlog(Scene.INTEGRATION))
                    .isEqualTo(new ConflictBacklog(2, Optional.of(first), Map.of(FieldCategory.CONTACT_DETAILS, 2L)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"MEMORY", "POSTGRES"})
    void tenThousandAreDecidedInOneCall(Place place) {
        int count = 10_000;
        try (Scene scene = asking(place, folder, count)) {
            Map<String, MemberId> linked = scene.linked();
            List<String> ids = List.copyOf(linked.keySet());
            scene.host()
                    .inTransaction(
                            true,
                            () -> ids.forEach(id -> scene.host()
                                    .edit(
                                            Optional.ofNullable(linked.get(id)).orElseThrow(),
                                            Map.of(MemberField.EMAIL, FieldValue.text("a" + id + "@example.test")))));
            scene.engine().host().edits().announce(linked.values());
            ids.forEach(id -> registrySays(scene, id, "r" + id + "@example.test"));
            scene.delta();
            List<Conflict.Ref> refs = refs(scene);
            assertThat(refs).hasSizeGreaterThan(count * 9 / 10);

            Settled settled = kari(scene).conflicts().resolve(refs, TAKE, "spring cleaning");

            assertThat(settled).isEqualTo(new Settled(refs.size(), List.of()));
            assertThat(kari(scene).conflicts().backlog(Scene.INTEGRATION).open())
                    .isZero();
            Map<MemberId, SortedMap<String, String>> rows = scene.host().rows();
            assertThat(refs)
                    .allSatisfy(ref -> assertThat(rows.get(ref.member()))
                            .hasEntrySatisfying(
                                    "email", email -> assertThat(email).startsWith("r")));
        }
    }

    private static List<Conflict.Ref> refs(Scene scene) {
        List<Conflict.Ref> refs = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var slice = kari(scene)
                    .conflicts()
                    .find(ConflictQuery.of(Scene.INTEGRATION).slice(cursor, 1_000));
            slice.items().forEach(conflict -> refs.add(conflict.ref()));
            cursor = slice.next();
        } while (cursor.isPresent());
        return refs;
    }

    @Test
    void aTerminatedMembersConflictEndsWithItsRecord() {
        try (Scene scene = asking(Place.MEMORY, folder, 10)) {
            part(scene, "m_4");
            scene.delta();
            MemberId member = scene.member("m_4");

            scene.registry().delete("m_4", "resigned");
            scene.delta();

            assertThat(scene.conflicts()).isEmpty();
            assertThat(kari(scene)
                            .conflicts()
                            .find(Scene.INTEGRATION, member, "email")
                            .flatMap(Conflict::ending)
                            .map(Conflict.Ending::outcome))
                    .contains(Outcome.RECORD_GONE);
        }
    }
}

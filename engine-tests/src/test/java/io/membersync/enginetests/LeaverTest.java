package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.http.RetryPolicy;
import io.membersync.matching.MatchOrder;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.Link;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leaves, and who only seems to. */
@Requirement({"B7", "R1"})
class LeaverTest {

    private static final int MEMBERS = 100;
    private static final int PAGE = 10;

    @TempDir
    Path folder;

    private final DoctoredConnector.Doctor doctor = new DoctoredConnector.Doctor();

    private Scene scene() {
        return scene(LeaverPolicy.TERMINATE);
    }

    private Scene scene(LeaverPolicy policy) {
        return begun(Scene.on(new MemoryHost())
                .options(builder -> builder.connector(doctor))
                .draft(draft -> draft.safeguards(Safeguards.STANDARD.leavers(policy))));
    }

    private static Scene begun(Scene.Setup setup) {
        Scene scene = setup.members(MEMBERS, 3)
                .pageSize(PAGE)
                .options(builder -> builder.retries(RetryPolicy.NONE).batches(1, 1, Duration.ofHours(1)))
                .start();
        scene.full();
        return scene;
    }

    @ParameterizedTest
    @ValueSource(strings = {"page 7 truncated", "empty first page", "page 7 is page 6 again", "page 7 is the last"})
    void aListingThatIsNotWholeRemovesNobody(String what) {
        try (Scene scene = begun(Scene.on(new MemoryHost()))) {
            Map<String, ?> before = scene.activeRows();
            var pages = scene.registry().faults().on("GET /members");
            switch (what) {
                case "page 7 truncated" -> pages.from(7).times(1).then(Fault.fewerRecords(4));
                case "empty first page" -> pages.then(Fault.emptyPage());
                case "page 7 is page 6 again" -> pages.from(7).then(Fault.repeatedPage());
                default -> pages.from(7).then(Fault.endsEarly());
            }

            Run run = scene.engine().fullSync(Scene.INTEGRATION);

            assertThat(run.counts().removed()).isZero();
            assertThat(scene.activeRows()).isEqualTo(before);
            assertThat(scene.absences(run)).isEmpty();
        }
    }

    @Test
    void aPageThatLacksMembersRemovesNobodyWhenTheRegistryCanBeAsked() {
        try (Scene scene = scene()) {
            doctor.hidden = Set.of("m_61", "m_62", "m_63", "m_64");

            Run run = scene.full();

            assertThat(run.counts().absent()).isEqualTo(4);
            assertThat(run.counts().removed()).isZero();
            assertThat(scene.activeRows()).hasSize(MEMBERS);
        }
    }

    @Test
    void whoeverIsReallyGoneLeavesWhicheverPageTheReadingBreaksOffAt() {
        try (Scene scene = begun(Scene.on(new MemoryHost()))) {
            for (int page = 1; page <= 10; page++) {
                String gone = "m_" + (page * PAGE - 5);
                scene.registry().delete(gone, "resigned");
                scene.registry().create("{\"person\":{\"firstName\":\"Ny\",\"lastName\":\"Medlem\"}}");
                scene.time().advance(Duration.ofDays(2));
                scene.registry().faults().on("GET /members").from(page).times(1).then(Fault.status(500));

                Run broken = scene.engine().fullSync(Scene.INTEGRATION);
                assertThat(broken.state()).isEqualTo(RunState.FAILED);
                assertThat(broken.counts().removed()).isZero();
                assertThat(scene.activeRows()).containsKey(gone);

                Run resumed = scene.engine().resume(broken.id());
                assertThat(resumed.state()).isEqualTo(RunState.COMPLETED);
                assertThat(resumed.counts().removed()).isEqualTo(1);
                Rows.assertSame("page " + page, scene.activeRows(), RegistryRow.all(scene.registry()));
            }
        }
    }

    @Test
    void exactlyTheOneWhoIsGoneLeavesOnceTheRegistryHasConfirmedIt() {
        try (Scene scene = scene()) {
            MemberId gone = scene.member("m_50");
            scene.registry().delete("m_50", "resigned");
            doctor.hidden = Set.of("m_51");

            Run run = scene.full();

            assertThat(run.counts().absent()).isEqualTo(2);
            assertThat(run.counts().removed()).isEqualTo(1);
            Rows.assertSame("all others", scene.activeRows(), RegistryRow.all(scene.registry()));
            assertThat(entries(scene, AuditKind.MEMBER_TERMINATED))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.member()).contains(gone));
            assertThat(scene.full().counts().removed()).isZero();
        }
    }

    @Test
    void whoCannotBeAskedForLeavesWhenTwoCompleteListingsMissHim() {
        doctor.singles = false;
        try (Scene scene = scene()) {
            doctor.hidden = Set.of("m_20", "m_30");
            assertThat(scene.full().counts().removed()).isZero();
            assertThat(scene.activeRows()).hasSize(MEMBERS);

            doctor.hidden = Set.of("m_30", "m_40");
            Run second = scene.full();

            assertThat(second.counts().removed()).isEqualTo(1);
            assertThat(scene.linked()).doesNotContainKey("m_30").containsKeys("m_20", "m_40");
            assertThat(scene.absences(second)).containsExactly("m_40");
        }
    }

    @Test
    void anIncompleteListingInBetweenCountsNot() {
        doctor.singles = false;
        try (Scene scene = scene()) {
            doctor.hidden = Set.of("m_20");
            doctor.certain = false;
            assertThat(scene.full().counts().removed()).isZero();
            doctor.certain = true;

            assertThat(scene.full().counts().removed())
                    .as("the first complete one")
                    .isZero();
            assertThat(scene.full().counts().removed()).as("the second one").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LeaverPolicy.class,
            names = {"FLAG", "IGNORE"})
    void whoIsNotTerminatedStaysAndIsListed(LeaverPolicy policy) {
        try (Scene scene = scene(policy)) {
            scene.registry().delete("m_50", "resigned");

            Run first = scene.full();
            Run second = scene.full();
            scene.delta();

            assertThat(scene.activeRows()).hasSize(MEMBERS).containsKey("m_50");
            assertThat(scene.absences(second)).containsExactly("m_50");
            assertThat(first.counts().removed() + second.counts().removed()).isZero();
            // Once by the listing, once by the feed.
            assertThat(entries(scene, AuditKind.MEMBER_FLAGGED)).hasSize(policy == LeaverPolicy.FLAG ? 2 : 0);
            assertThat(entries(scene, AuditKind.MEMBER_TERMINATED)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 364})
    @Requirement("R24")
    void whoComesBackIsTheSamePersonWithTheSameHistory(long days) {
        doctor.singles = false;
        try (Scene scene = scene()) {
            MemberId member = scene.member("m_30");
            doctor.hidden = Set.of("m_30");
            scene.full();
            scene.full();
            assertThat(scene.linked()).doesNotContainKey("m_30");
            assertThat(scene.host().rows().get(member)).containsEntry("status", "TERMINATED");

            scene.time().advance(Duration.ofDays(days));
            doctor.hidden = Set.of();
            scene.full();

            assertThat(scene.member("m_30")).isEqualTo(member);
            Rows.assertSame("as the registry has it", scene.activeRows(), RegistryRow.all(scene.registry()));
            assertThat(scene.engine()
                            .host()
                            .audit()
                            .find(AuditQuery.of(HostSide.ORGANIZATION).about(member))
                            .items())
                    .extracting(AuditEntry::kind)
                    .containsExactly(AuditKind.MEMBER_UPDATED, AuditKind.MEMBER_TERMINATED, AuditKind.MEMBER_CREATED);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("R24")
    void whoComesBackAfterTheGraceIsLookedForLikeAnybodyNew(Place place) {
        doctor.singles = false;
        try (Scene scene = begun(Scene.on(place.open(folder))
                .options(builder -> builder.connector(doctor))
                .draft(draft -> draft.safeguards(Safeguards.STANDARD.grace(Duration.ofDays(30)))))) {
            MemberId member = scene.member("m_30");
            goneFor(scene, Duration.ofDays(31));

            assertThat(scene.member("m_30")).isEqualTo(member);
            assertThat(entries(scene, AuditKind.MEMBER_LINKED)).singleElement().satisfies(entry -> {
                assertThat(entry.member()).contains(member);
                assertThat(entry.summary()).contains("found by member number");
            });
            Rows.assertSame("as the registry has it", scene.activeRows(), RegistryRow.all(scene.registry()));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("R24")
    void whoComesBackAfterTheGraceAndIsFoundByNothingIsSomebodyNew(Place place) {
        doctor.singles = false;
        try (Scene scene = begun(Scene.on(place.open(folder))
                .options(builder -> builder.connector(doctor))
                .draft(draft -> draft.matchOrder(MatchOrder.EXTERNAL_ID_ONLY)
                        .safeguards(Safeguards.STANDARD.grace(Duration.ofDays(30)))))) {
            MemberId member = scene.member("m_30");
            goneFor(scene, Duration.ofDays(31));

            assertThat(scene.member("m_30")).isNotEqualTo(member);
            assertThat(scene.host().rows()).hasSize(MEMBERS + 1);
            assertThat(scene.host().rows().get(member)).containsEntry("status", "TERMINATED");
            assertThat(scene.full().counts().created()).isZero();
        }
    }

    /** What a tombstone remembers of a person is gone with it. */
    @ParameterizedTest
    @EnumSource(Place.class)
    @Requirement("R24")
    void aTombstoneIsForgottenWhenItsGraceIsOver(Place place) {
        try (Scene scene = begun(Scene.on(place.open(folder))
                .draft(draft -> draft.safeguards(Safeguards.STANDARD.grace(Duration.ofDays(30)))))) {
            scene.registry().delete("m_30", "resigned");
            scene.delta();
            scene.time().advance(Duration.ofDays(29));
            scene.full();
            assertThat(tombstone(scene, "m_30")).isPresent();

            scene.time().advance(Duration.ofDays(2));
            scene.full();

            assertThat(tombstone(scene, "m_30")).isEmpty();
            assertThat(scene.linked()).hasSize(MEMBERS - 1);
        }
    }

    private static Optional<Link> tombstone(Scene scene, String id) {
        ExternalId external = ExternalId.of(id);
        return Optional.ofNullable(scene.host()
                        .storage()
                        .inTransaction(session -> session.links().load(Scene.INTEGRATION, List.of(external)))
                        .get(external))
                .filter(link -> !link.live());
    }

    /** The member leaves the registry, and comes back under the same id. */
    private Run goneFor(Scene scene, Duration length) {
        doctor.hidden = Set.of("m_30");
        scene.full();
        scene.full();
        assertThat(scene.linked()).doesNotContainKey("m_30");
        scene.time().advance(length);
        doctor.hidden = Set.of();
        return scene.full();
    }

    private static List<AuditEntry> entries(Scene scene, AuditKind kind) {
        return scene.engine()
                .host()
                .audit()
                .find(AuditQuery.of(HostSide.ORGANIZATION).only(kind))
                .items();
    }
}

package io.membersync.enginetests;

import static io.membersync.enginetests.MatchingTest.insert;
import static io.membersync.enginetests.MatchingTest.matches;
import static io.membersync.enginetests.MatchingTest.person;
import static io.membersync.enginetests.MatchingTest.record;
import static io.membersync.enginetests.MatchingTest.review;
import static io.membersync.enginetests.MatchingTest.reviews;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StaleVersionException;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchOrder;
import io.membersync.matching.MatchQueue;
import io.membersync.matching.MatchReview;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person decides about a record is done, or the person hears of it: nobody is created in its place. */
@Requirement({"B6", "R13"})
class MatchDecisionTest {

    @TempDir
    Path folder;

    /** A mother whom the host has, and two children of the registry's with her e-mail address. */
    private record Family(Scene scene, MemberId mother, String first, String second) implements AutoCloseable {

        static Family on(HostSide host) {
            Scene scene = MatchingTest.scene(host, MatchOrder.STANDARD);
            MemberId mother = insert(
                    scene,
                    HostSide.ORGANIZATION,
                    person("Kari", "Li", LocalDate.of(1971, 2, 3), "li@example.org", "91234567"));
            String first = scene.registry().create(record("Lise", "Li", "2012-05-06", "li@example.org", "+4790000001"));
            String second =
                    scene.registry().create(record("Nils", "Li", "2014-07-08", "li@example.org", "+4790000002"));
            scene.full();
            assertThat(reviews(scene)).hasSize(2);
            return new Family(scene, mother, first, second);
        }

        void assertTheSecondWaits() {
            assertThat(scene.linked()).containsOnlyKeys(first).containsValue(mother);
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(reviews(scene)).singleElement().satisfies(open -> {
                assertThat(open.externalId()).isEqualTo(ExternalId.of(second));
                assertThat(open.decision()).isEmpty();
            });
        }

        @Override
        public void close() {
            scene.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void nobodyReachesAMemberOfAnotherOrganizationByHand(Place place) {
        try (Family family = Family.on(place.open(folder))) {
            Scene scene = family.scene();
            MemberId theirs = insert(
                    scene,
                    OrganizationId.of("elsewhere"),
                    person("Siri", "Dahl", LocalDate.of(1980, 1, 1), "siri@example.org", "99887766"));
            MatchQueue kari = scene.engine()
                    .as(Caller.organizationAdministrator("Kari", HostSide.ORGANIZATION))
                    .matches();
            kari.link(review(scene, family.first()), family.mother(), "It is her");
            scene.retry();

            assertThatThrownBy(() -> kari.merge(Scene.INTEGRATION, ExternalId.of(family.first()), theirs, "Guessed"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no member");
            assertThatThrownBy(() -> kari.link(review(scene, family.second()), theirs, "Guessed"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no member");
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aMemberIsDecidedForOneRecord(Place place) {
        try (Family family = Family.on(place.open(folder))) {
            Scene scene = family.scene();
            matches(scene).link(review(scene, family.first()), family.mother(), "It is her");

            assertThatThrownBy(() -> matches(scene).link(review(scene, family.second()), family.mother(), "It is her"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(family.first());

            matches(scene).link(review(scene, family.first()), family.mother(), "Decided once more");
            scene.retry();
            assertThat(scene.linked()).containsOnlyKeys(family.first());
        }
    }

    @Test
    void noRecordGoesOverToAMemberWhoIsDecidedForAnother() {
        try (Family family = Family.on(new MemoryHost())) {
            Scene scene = family.scene();
            String other =
                    scene.registry().create(record("Ola", "Nord", "1981-02-03", "ola@example.org", "+4791234568"));
            scene.delta();
            matches(scene).link(review(scene, family.first()), family.mother(), "It is her");

            assertThatThrownBy(() -> matches(scene)
                            .merge(Scene.INTEGRATION, ExternalId.of(other), family.mother(), "The same person"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(family.first());
        }
    }

    /** Two people decide at the same moment, so that neither hears of the other. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void whatCannotBeDoneAsDecidedWaitsForAnotherDecision(Place place) {
        try (Family family = Family.on(place.open(folder))) {
            Scene scene = family.scene();
            MatchDecision decision = new MatchDecision(Optional.of(family.mother()), "Kari", "It is her");
            scene.host().storage().inTransaction(session -> {
                session.matches()
                        .save(reviews(scene).stream()
                                .map(open -> open.decided(decision, scene.time().instant()))
                                .toList());
                return true;
            });

            scene.full();
            family.assertTheSecondWaits();
            assertThat(reviews(scene).get(0).doubt()).isEqualTo(Doubt.MEMBER_TAKEN);
            scene.full();
            scene.full();
            family.assertTheSecondWaits();

            matches(scene).create(Scene.INTEGRATION, reviews(scene), "A child");
            scene.retry();
            assertThat(scene.host().rows()).hasSize(2);
            assertThat(reviews(scene)).isEmpty();
        }
    }

    @Test
    void onlyWhatIsAskedCanBeDecided() {
        try (Family family = Family.on(new MemoryHost())) {
            Scene scene = family.scene();
            MatchReview seen = review(scene, family.first());
            MatchReview madeUp = new MatchReview(
                    Scene.INTEGRATION,
                    ExternalId.of("m_none"),
                    Doubt.WEAK_KEYS_ONLY,
                    List.of(),
                    seen.openedAt(),
                    seen.changedAt(),
                    Optional.empty(),
                    0);
            MatchReview changed = new MatchReview(
                    Scene.INTEGRATION,
                    seen.externalId(),
                    seen.doubt(),
                    List.of(new Candidate(MemberId.of("another"), java.util.Set.of(), Optional.empty())),
                    seen.openedAt(),
                    seen.changedAt(),
                    Optional.empty(),
                    seen.revision());

            assertThatThrownBy(() -> matches(scene).create(Scene.INTEGRATION, List.of(madeUp), "Made up"))
                    .isInstanceOf(StaleVersionException.class);
            assertThatThrownBy(() -> matches(scene).link(madeUp, family.mother(), "Made up"))
                    .isInstanceOf(StaleVersionException.class);
            matches(scene).link(changed, family.mother(), "It is her");

            assertThat(reviews(scene)).hasSize(2);
            assertThat(review(scene, family.first()).candidates()).isEqualTo(seen.candidates());
        }
    }

    @Test
    void whatIsMovedByHandIsShownAsThat() {
        try (Family family = Family.on(new MemoryHost())) {
            Scene scene = family.scene();
            String other =
                    scene.registry().create(record("Ola", "Nord", "1981-02-03", "ola@example.org", "+4791234568"));
            scene.delta();

            matches(scene).merge(Scene.INTEGRATION, ExternalId.of(other), family.mother(), "The same person");

            assertThat(review(scene, other)).satisfies(review -> {
                assertThat(review.doubt()).isEqualTo(Doubt.MOVED_BY_HAND);
                assertThat(review.candidates()).extracting(Candidate::member).containsExactly(family.mother());
                assertThat(review.decidedFor(family.mother())).isTrue();
            });
        }
    }
}

package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.IDS_IN_ORDER;
import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.ids;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.StaleVersionException;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchDecision;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What questions about whom a record belongs to promise. */
@Requirement("B6")
abstract class MatchStoreContract {

    private final Supplier<StorageRig> rigs;

    MatchStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void aQuestionComesBackAsItWentInOneRevisionOn() {
        MatchReview whole = new MatchReview(
                INTEGRATION,
                id("m_å 😀"),
                Doubt.SEVERAL_MEMBERS,
                List.of(
                        new Candidate(
                                member("a"), Set.of(MatchKey.PHONE, MatchKey.NATIONAL_ID), Optional.of(id("m_9"))),
                        new Candidate(member("b"), Set.of(), Optional.empty())),
                NOW,
                NOW.plusSeconds(7),
                "5-af",
                Optional.of(new MatchDecision(Optional.of(member("b")), "Kari «K»", "the same person")),
                0);
        MatchReview plain = review(INTEGRATION, "m_2");

        save(whole, plain);

        assertThat(load("m_å 😀", "m_2", "m_3"))
                .containsOnly(Map.entry(whole.externalId(), revised(whole)), Map.entry(id("m_2"), revised(plain)));
    }

    @Test
    void aDecisionForSomebodyNewIsNoMissingDecision() {
        MatchReview decided = review(INTEGRATION, "m_1").decided(new MatchDecision(Optional.empty(), "Kari", ""), NOW);

        save(decided);

        assertThat(load("m_1")).containsValue(revised(decided));
    }

    @Test
    void whatIsDecidedForAMemberIsFoundByTheMember() {
        MatchDecision forA = new MatchDecision(Optional.of(member("a")), "Kari", "");
        MatchReview first = review(INTEGRATION, "m_1").decided(forA, NOW);
        save(
                first,
                review(INTEGRATION, "m_2").decided(new MatchDecision(Optional.of(member("b")), "Kari", ""), NOW),
                review(INTEGRATION, "m_3").decided(new MatchDecision(Optional.empty(), "Kari", ""), NOW),
                review(INTEGRATION, "m_4"),
                review(OTHER, "m_1").decided(forA, NOW));

        assertThat(decidedFor("a")).containsExactly(revised(first));
        assertThat(decidedFor("c")).isEmpty();
    }

    private List<MatchReview> decidedFor(String member) {
        return rigs.get().read(session -> session.matches().decidedFor(INTEGRATION, member(member)));
    }

    @Test
    void whatHasChangedMeanwhileIsRefused() {
        save(review(INTEGRATION, "m_1"));
        MatchReview seen = only("m_1");
        save(seen.decided(new MatchDecision(Optional.empty(), "Kari", ""), NOW));

        assertThatThrownBy(() -> save(seen)).isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> save(review(INTEGRATION, "m_1"))).isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> rigs.get().write(session -> session.matches().close(List.of(seen))))
                .isInstanceOf(StaleVersionException.class);
        assertThat(only("m_1").decision()).isPresent();
    }

    @Test
    void aClosedQuestionIsGoneAndOthersStay() {
        save(review(INTEGRATION, "m_1"), review(INTEGRATION, "m_2"), review(OTHER, "m_1"));

        MatchReview first = only("m_1");
        rigs.get().write(session -> session.matches().close(List.of(first)));

        assertThat(load("m_1", "m_2")).containsOnlyKeys(id("m_2"));
        assertThat(count(INTEGRATION)).isEqualTo(1);
        assertThat(count(OTHER)).isEqualTo(1);
    }

    @Test
    void theyAreListedByRecordInCodePointOrder() {
        List<String> shuffled = new ArrayList<>(IDS_IN_ORDER);
        Collections.shuffle(shuffled, new Random(7));
        save(shuffled.stream().map(id -> review(INTEGRATION, id)).toArray(MatchReview[]::new));
        save(review(OTHER, "m_0"));

        List<String> listed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            Slice<MatchReview> slice =
                    rigs.get().read(session -> session.matches().list(INTEGRATION, from, 5));
            slice.items().forEach(review -> listed.add(review.externalId().value()));
            cursor = slice.next();
        } while (cursor.isPresent());

        assertThat(listed).isEqualTo(IDS_IN_ORDER);
    }

    @Test
    void nothingIsAskedForAndNothingComes() {
        assertThat(rigs.get()
                        .<Map<ExternalId, MatchReview>>read(
                                session -> session.matches().load(INTEGRATION, List.of())))
                .isEmpty();
        rigs.get().write(session -> session.matches().save(List.of()));
        rigs.get().write(session -> session.matches().close(List.of()));
        assertThat(count(INTEGRATION)).isZero();
    }

    private void save(MatchReview... reviews) {
        rigs.get().write(session -> session.matches().save(List.of(reviews)));
    }

    private Map<ExternalId, MatchReview> load(String... which) {
        return rigs.get().read(session -> session.matches().load(INTEGRATION, ids(which)));
    }

    private MatchReview only(String which) {
        return load(which).values().iterator().next();
    }

    private long count(IntegrationId integration) {
        return rigs.get().read(session -> session.matches().count(integration));
    }

    private static MatchReview review(IntegrationId integration, String record) {
        return new MatchReview(integration, id(record), Doubt.WEAK_KEYS_ONLY, List.of(), NOW, NOW, Optional.empty(), 0);
    }

    private static MatchReview revised(MatchReview review) {
        return new MatchReview(
                review.integration(),
                review.externalId(),
                review.doubt(),
                review.candidates(),
                review.openedAt(),
                review.changedAt(),
                review.about(),
                review.decision(),
                review.revision() + 1);
    }
}

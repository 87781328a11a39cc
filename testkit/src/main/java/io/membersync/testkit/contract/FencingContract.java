package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.fault.LostLeaseException;
import io.membersync.fault.MemberSyncException;
import io.membersync.storage.Fence;
import io.membersync.storage.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a lease promises: whoever lost it writes nothing more. */
@Requirement("G3")
abstract class FencingContract {

    private static final String JOB = "run north-registry";

    private final Supplier<StorageRig> rigs;

    FencingContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void theHolderOfTheLeaseWrites() {
        Fence fence = claim(JOB);

        String answer = rigs.get().storage().inTransaction(fence, session -> {
            save(session, "m_1");
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isPresent();
    }

    @Test
    void aLeaseLastsForManyTransactions() {
        Fence fence = claim(JOB);

        for (String number : List.of("m_1", "m_2", "m_3")) {
            rigs.get().storage().inTransaction(fence, session -> save(session, number));
        }

        assertThat(rigs.get().<Long>read(session -> session.links().count(INTEGRATION)))
                .isEqualTo(3);
    }

    @Test
    void everyClaimGivesAHigherToken() {
        List<Long> tokens =
                Stream.of(claim(JOB), claim(JOB), claim(JOB)).map(Fence::token).toList();

        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aClaimNamesItsJob() {
        String longest = "j".repeat(250);

        assertThat(claim(JOB).job()).isEqualTo(JOB);
        assertThat(claim(longest).job()).isEqualTo(longest);
    }

    @Test
    void whoeverLostTheLeaseIsRefusedAndItsWorkIsNotCalled() {
        Fence stale = claim(JOB);
        claim(JOB);
        AtomicBoolean called = new AtomicBoolean();

        assertThatThrownBy(() -> rigs.get().storage().inTransaction(stale, session -> {
                    called.set(true);
                    return save(session, "m_1");
                }))
                .isInstanceOf(LostLeaseException.class);

        assertThat(called).isFalse();
        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isEmpty();
    }

    @Test
    void theNewHolderWritesAfterTheTakeover() {
        claim(JOB);
        Fence fence = claim(JOB);

        rigs.get().storage().inTransaction(fence, session -> save(session, "m_1"));

        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isPresent();
    }

    @Test
    void aLeaseThatWasNeverGivenOutIsRefused() {
        assertThatThrownBy(() -> rigs.get()
                        .storage()
                        .inTransaction(new Fence("never claimed", 1), session -> save(session, "m_1")))
                .isInstanceOf(LostLeaseException.class);
    }

    @Test
    void aTokenHigherThanTheLeaseInForceIsRefusedToo() {
        Fence fence = claim(JOB);

        assertThatThrownBy(() -> rigs.get()
                        .storage()
                        .inTransaction(new Fence(JOB, fence.token() + 1), session -> save(session, "m_1")))
                .isInstanceOf(LostLeaseException.class);
    }

    @Test
    void jobsDoNotTakeOverEachOther() {
        Fence one = claim(JOB);
        claim("run south-registry");
        claim(JOB + "2");

        rigs.get().storage().inTransaction(one, session -> save(session, "m_1"));

        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isPresent();
    }

    @Test
    void aClaimThatWasRolledBackTakesNothingOver() {
        Fence fence = claim(JOB);
        assertThatThrownBy(() -> rigs.get().write(session -> {
                    Fence lost = session.runs().claim(JOB);
                    throw new IllegalStateException("after a claim of " + lost.job());
                }))
                .isInstanceOf(IllegalStateException.class);

        rigs.get().storage().inTransaction(fence, session -> save(session, "m_1"));

        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isPresent();
    }

    @Test
    void aFailureInsideTheWorkRollsBackAndKeepsTheLease() {
        Fence fence = claim(JOB);

        assertThatThrownBy(() -> rigs.get().storage().inTransaction(fence, session -> {
                    save(session, "m_1");
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");
        rigs.get().storage().inTransaction(fence, session -> save(session, "m_2"));

        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isEmpty();
        assertThat(rigs.get().findLink(INTEGRATION, id("m_2"))).isPresent();
    }

    @Test
    void aTakeoverNeverFallsBetweenTheCheckAndTheCommit() {
        Fence fence = claim(JOB);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch takenOver = new CountDownLatch(1);
        try (Racers racers = new Racers()) {
            Future<Boolean> newHolder = racers.start(() -> {
                Racers.await(inside);
                Fence mine = claim(JOB);
                takenOver.countDown();
                return rigs.get()
                        .storage()
                        .inTransaction(
                                mine,
                                session -> !session.links()
                                        .load(INTEGRATION, List.of(id("m_1")))
                                        .isEmpty());
            });
            AtomicBoolean takenOverMeanwhile = new AtomicBoolean();

            boolean committed = commits(fence, session -> {
                inside.countDown();
                takenOverMeanwhile.set(Racers.happensMeanwhile(takenOver));
                save(session, "m_1");
            });

            assertThat(committed).as("committed after the takeover").isNotEqualTo(takenOverMeanwhile.get());
            assertThat(Racers.result(newHolder))
                    .as("the new holder sees what the old one committed")
                    .isEqualTo(committed);
        }
    }

    @Test
    void claimsAtTheSameMomentGetDifferentTokensAndTheHighestIsInForce() {
        claim(JOB);
        try (Racers racers = new Racers()) {
            Callable<Fence> claim = () -> claim(JOB);
            List<Fence> fences = racers.race(List.of(claim, claim, claim, claim));
            Fence highest = fences.stream()
                    .max((a, b) -> Long.compare(a.token(), b.token()))
                    .orElseThrow();

            assertThat(new HashSet<>(fences)).hasSize(4);
            for (Fence fence : fences) {
                assertThat(commits(fence, session -> save(session, "m_" + fence.token())))
                        .isEqualTo(fence.equals(highest));
            }
        }
    }

    private boolean commits(Fence fence, Consumer<Session> work) {
        try {
            return rigs.get().storage().inTransaction(fence, session -> {
                work.accept(session);
                return true;
            });
        } catch (MemberSyncException refused) {
            return false;
        }
    }

    private Fence claim(String job) {
        return rigs.get().read(session -> session.runs().claim(job));
    }

    private static Optional<String> save(Session session, String id) {
        session.links().save(INTEGRATION, List.of(link(id)));
        return Optional.of(id);
    }
}

package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.link;
import static io.membersync.testkit.contract.StorageSamples.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Conflict;
import io.membersync.fault.MemberSyncException;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.storage.AppMember;
import io.membersync.storage.EditMark;
import io.membersync.storage.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds when threads want the same thing at the same moment. */
@Requirement("B4")
abstract class ConcurrencyContract {

    private static final int ROUNDS = 20;

    private final Supplier<StorageRig> rigs;

    ConcurrencyContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void ofTwoThatSaveTheSameLinkExactlyOneWins() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        try (Racers racers = new Racers()) {
            for (int round = 0; round < ROUNDS; round++) {
                Link loaded = rigs.get().link(INTEGRATION, id("m_1"));

                List<String> winners =
                        racers.race(List.of(saving(loaded, "left " + round), saving(loaded, "right " + round))).stream()
                                .flatMap(Optional::stream)
                                .toList();

                assertThat(winners).hasSize(1);
                Link stored = rigs.get().link(INTEGRATION, id("m_1"));
                assertThat(stored.version().text()).isEqualTo(winners.get(0));
                assertThat(stored.revision()).isEqualTo(loaded.revision() + 1);
            }
        }
    }

    @Test
    void ofTwoThatMakeTheSameLinkExactlyOneWins() {
        rigs.get().storage();
        try (Racers racers = new Racers()) {
            for (int round = 0; round < ROUNDS; round++) {
                Link made = link("m_" + round);

                assertThat(racers.race(List.of(saving(made, "left"), saving(made, "right"))))
                        .filteredOn(Optional::isPresent)
                        .hasSize(1);
            }
        }
    }

    @Test
    void ofTwoLinksThatTakeTheSameMemberExactlyOneWins() {
        rigs.get().storage();
        try (Racers racers = new Racers()) {
            for (int round = 0; round < ROUNDS; round++) {
                Link left = link("left_" + round, member("m" + round));
                Link right = link("right_" + round, member("m" + round));

                List<Boolean> taken = racers.race(List.of(
                        attempt(session -> session.links().save(INTEGRATION, List.of(left))),
                        attempt(session -> session.links().save(INTEGRATION, List.of(right)))));

                assertThat(taken).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    @Test
    void ofTwoThatChangeTheSameMemberExactlyOneIsApplied() {
        MemberId member = rigs.get().insert(NORTH, StorageSamples.living("Oslo"));
        try (Racers racers = new Racers()) {
            for (int round = 0; round < ROUNDS; round++) {
                AppMember seen = rigs.get().member(NORTH, member);

                List<Boolean> applied =
                        racers.race(List.of(moving(seen, "Left" + round), moving(seen, "Right" + round)));

                assertThat(applied).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    @Test
    void ofTwoThatDecideTheSameConflictExactlyOneWins() {
        MemberId member = member("m_1");
        rigs.get()
                .write(session ->
                        session.conflicts().save(List.of(StorageSamples.conflict(member, MemberField.EMAIL))));
        try (Racers racers = new Racers()) {
            for (int round = 0; round < ROUNDS; round++) {
                Conflict seen = rigs.get()
                        .read(session -> session.conflicts().load(INTEGRATION, List.of(member)))
                        .get(0);
                Callable<Boolean> save = attempt(session -> session.conflicts().save(List.of(seen)));

                assertThat(racers.race(List.of(save, save))).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    @Test
    void ofSeveralRunsAddedAtOnceExactlyOneIsActive() {
        rigs.get().storage();
        try (Racers racers = new Racers()) {
            List<Callable<Boolean>> adding = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i ->
                            () -> rigs.get().read(session -> session.runs().add(StorageSamples.run("run-" + i))))
                    .toList();

            assertThat(racers.race(adding)).containsOnlyOnce(true);
        }
    }

    @Test
    void idsGivenOutAtTheSameMomentAreAllDifferent() {
        rigs.get().storage();
        try (Racers racers = new Racers()) {
            Callable<List<MemberId>> ids =
                    () -> rigs.get().read(session -> session.members().newIds(200));

            List<MemberId> all = racers.race(List.of(ids, ids, ids, ids)).stream()
                    .flatMap(List::stream)
                    .toList();

            assertThat(new HashSet<>(all)).hasSize(800);
        }
    }

    @Test
    void anEditAnnouncedWhileItsMarkIsClearedIsNotLost() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        try (Racers racers = new Racers()) {
            for (int round = 0; round < ROUNDS; round++) {
                rigs.get().write(session -> session.edits().mark(List.of(member("m_1")), NOW));
                List<EditMark> seen = pending();

                racers.race(List.of(
                        attempt(session -> session.edits().clear(INTEGRATION, seen)),
                        attempt(session -> session.edits().mark(List.of(member("m_1")), NOW.plusSeconds(1)))));

                assertThat(pending()).extracting(EditMark::editedAt).containsExactly(Optional.of(NOW.plusSeconds(1)));
            }
        }
    }

    private List<EditMark> pending() {
        return rigs.get().read(session -> session.edits().pending(INTEGRATION, Optional.empty(), 10));
    }

    private Callable<Optional<String>> saving(Link loaded, String version) {
        return () -> {
            try {
                rigs.get()
                        .write(session ->
                                session.links().save(INTEGRATION, List.of(StorageSamples.with(loaded, version))));
                return Optional.of(version);
            } catch (StaleVersionException late) {
                return Optional.empty();
            }
        };
    }

    private Callable<Boolean> moving(AppMember seen, String city) {
        return () -> rigs.get()
                .read(session -> session.members().apply(NORTH, List.of(StorageSamples.move(seen, city))))
                .isEmpty();
    }

    private Callable<Boolean> attempt(Consumer<Session> work) {
        return () -> {
            try {
                rigs.get().write(work);
                return true;
            } catch (MemberSyncException refused) {
                return false;
            }
        };
    }
}

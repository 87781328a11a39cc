package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.membersync.audit.AuditQuery;
import io.membersync.connector.Cursor;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunId;
import io.membersync.run.Standing;
import io.membersync.storage.AppMember;
import io.membersync.storage.RunStore;
import io.membersync.storage.Session;
import io.membersync.storage.SyncPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a transaction promises: all or nothing, in every store, for everybody. */
@Requirement("B4")
abstract class AtomicCommitContract {

    static final SyncPosition SYNCED =
            new SyncPosition(Optional.of(new Cursor("feed-1")), Optional.of(NOW), Optional.of(NOW), Standing.NONE);

    private final Supplier<StorageRig> rigs;

    AtomicCommitContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void givesWhatTheWorkGave() {
        Object answer = new Object();

        Object given = rigs.get().read(session -> answer);

        assertThat(given).isSameAs(answer);
    }

    @Test
    void aTransactionSeesWhatItWroteItself() {
        List<Long> counts = rigs.get().read(session -> {
            session.links().save(INTEGRATION, List.of(link("m_1")));
            return List.of(session.links().count(INTEGRATION));
        });

        assertThat(counts).containsExactly(1L);
    }

    @Test
    void aFailureInTheMiddleLeavesNothingInAnyStore() {
        List<MemberId> members = new ArrayList<>();

        assertThatThrownBy(() -> rigs.get().write(session -> {
                    members.add(writeEverywhere(session, "1"));
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");

        rigs.get().write(session -> assertNothingOf(session, "1", members.get(0)));
    }

    @Test
    void aFailureInTheMiddleLeavesWhatWasThereBefore() {
        MemberId member = rigs.get().read(session -> writeEverywhere(session, "1"));
        Link link = rigs.get().link(INTEGRATION, id("m_1"));
        AppMember seen = rigs.get().member(NORTH, member);

        assertThatThrownBy(() -> rigs.get().write(session -> {
                    changeEverything(session, link, seen);
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");

        assertThat(rigs.get().member(NORTH, member)).isEqualTo(seen);
        assertThat(rigs.get().link(INTEGRATION, id("m_1"))).isEqualTo(link);
        rigs.get().write(session -> assertAllOf(session, "1"));
    }

    @Test
    void aFailureIsPassedOnAsItIs() {
        RuntimeException failure = new IllegalArgumentException("mine");
        Error error = new AssertionError("mine too");

        assertThat(catchThrowable(() -> rigs.get().write(session -> {
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(catchThrowable(() -> rigs.get().write(session -> {
                    throw error;
                })))
                .isSameAs(error);
    }

    @Test
    void anErrorRollsBackLikeAnException() {
        assertThatThrownBy(() -> rigs.get().write(session -> {
                    session.links().save(INTEGRATION, List.of(link("m_1")));
                    throw new AssertionError("in the middle");
                }))
                .hasMessage("in the middle");

        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isEmpty();
    }

    @Test
    void aRefusedSaveTakesTheWholeBatchBack() {
        rigs.get().saveLinks(INTEGRATION, link("m_1"));
        List<MemberId> members = new ArrayList<>();

        assertThatThrownBy(() -> rigs.get().write(session -> {
                    MemberId member = create(session);
                    members.add(member);
                    session.links().save(INTEGRATION, List.of(link("m_0"), link("m_1", member), link("m_2")));
                }))
                .isInstanceOf(StaleVersionException.class);

        assertThat(rigs.get().findMember(NORTH, members.get(0))).isEmpty();
        assertThat(rigs.get().findLink(INTEGRATION, id("m_0"))).isEmpty();
        assertThat(rigs.get().findLink(INTEGRATION, id("m_2"))).isEmpty();
    }

    @Test
    void whatATransactionWroteIsSeenByOthersOnlyOnceItIsCommitted() {
        try (Racers racers = new Racers()) {
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch counted = new CountDownLatch(1);
            Future<Long> other = racers.start(() -> {
                Racers.await(written);
                long count = rigs.get().read(session -> session.links().count(INTEGRATION));
                counted.countDown();
                return count;
            });
            AtomicBoolean countedMeanwhile = new AtomicBoolean();

            rigs.get().storage();
            rigs.get().write(session -> {
                session.links().save(INTEGRATION, List.of(link("m_1"), link("m_2")));
                written.countDown();
                countedMeanwhile.set(Racers.happensMeanwhile(counted));
            });

            // A reader either did not see it, or waited for the commit.
            assertThat(Racers.result(other)).isEqualTo(countedMeanwhile.get() ? 0L : 2L);
            assertThat(rigs.get().<Long>read(session -> session.links().count(INTEGRATION)))
                    .isEqualTo(2);
        }
    }

    @Test
    void whatATransactionWroteIsSeenByOthersAllAtOnce() {
        rigs.get().storage();
        try (Racers racers = new Racers()) {
            AtomicBoolean over = new AtomicBoolean();
            Future<List<Long>> seen = racers.start(() -> {
                List<Long> counts = new ArrayList<>();
                while (!over.get()) {
                    counts.add(rigs.get().read(session -> session.links().count(INTEGRATION)));
                }
                return counts;
            });
            try {
                for (int i = 0; i < 40; i++) {
                    String number = String.valueOf(i);
                    rigs.get().write(session -> {
                        session.links().save(INTEGRATION, List.of(link("a" + number)));
                        session.links().save(INTEGRATION, List.of(link("b" + number)));
                    });
                }
            } finally {
                over.set(true);
            }

            assertThat(Racers.result(seen)).allMatch(count -> count % 2 == 0).isSorted();
        }
    }

    @Test
    void aSessionIsOfNoUseAfterItsCall() {
        Session kept = rigs.get().read(session -> session);

        assertThatThrownBy(() -> kept.links().save(INTEGRATION, List.of(link("m_1"))))
                .isInstanceOf(RuntimeException.class);
        assertThat(rigs.get().findLink(INTEGRATION, id("m_1"))).isEmpty();
    }

    private static MemberId create(Session session) {
        MemberId member = session.members().newIds(1).get(0);
        session.members()
                .apply(NORTH, List.of(new MemberChange.Create(member, id("m_1"), StorageSamples.living("Oslo"))));
        return member;
    }

    private static MemberId writeEverywhere(Session session, String number) {
        MemberId member = create(session);
        ExternalId id = id("m_" + number);
        session.links().save(INTEGRATION, List.of(link(id.value(), member)));
        session.edits().mark(List.of(member), NOW);
        session.runs().add(StorageSamples.run(number));
        session.runs().ask(new RunId(number), RunStore.Ask.PAUSE);
        session.runs().savePosition(INTEGRATION, SYNCED);
        session.conflicts().save(List.of(StorageSamples.conflict(member, MemberField.EMAIL)));
        session.quarantine().save(INTEGRATION, List.of(StorageSamples.bad(id.value())));
        session.quarantine().reread(INTEGRATION, List.of(id));
        session.absences().add(INTEGRATION, new RunId(number), List.of(id));
        session.audit().append(List.of(StorageSamples.entry(NORTH, number)));
        session.settings().save(SettingsStoreContract.stored(INTEGRATION, NORTH));
        session.rules().add(RuleStoreContract.version(NORTH, 1));
        return member;
    }

    private static void changeEverything(Session session, Link link, AppMember seen) {
        session.members().apply(NORTH, List.of(StorageSamples.move(seen, "Bergen")));
        session.links().save(INTEGRATION, List.of(StorageSamples.deleted(link)));
        session.edits()
                .clear(
                        INTEGRATION,
                        session.edits()
                                .load(INTEGRATION, List.of(link.externalId()))
                                .values());
        Run run = StorageSamples.run("1");
        session.runs().save(run.taken(NOW, 1).at(Run.Checkpoint.START, new RunCounts(1, 1, 1, 1, 1, 1, 1, 1)));
        session.runs().ask(run.id(), RunStore.Ask.CANCEL);
        session.runs().savePosition(INTEGRATION, SyncPosition.NONE);
        session.conflicts()
                .save(session.conflicts().load(INTEGRATION, List.of(seen.id())).stream()
                        .map(StorageSamples::ended)
                        .toList());
        session.rules().tookEffect(NORTH, 1, NOW);
        session.quarantine().remove(INTEGRATION, List.of("m_1"));
        session.quarantine().rereadDone(INTEGRATION, List.of(link.externalId()));
        session.absences().keepOnly(INTEGRATION, new RunId("2"));
        session.audit().append(List.of(StorageSamples.entry(NORTH, "more")));
        session.settings().save(SettingsStoreContract.stored(INTEGRATION, StorageSamples.SOUTH));
    }

    private static void assertNothingOf(Session session, String number, MemberId member) {
        ExternalId id = id("m_" + number);
        assertThat(session.members().load(NORTH, List.of(member))).isEmpty();
        assertThat(session.links().load(INTEGRATION, List.of(id))).isEmpty();
        assertThat(session.links().count(INTEGRATION)).isZero();
        assertThat(session.edits().pending(INTEGRATION, Optional.empty(), 10)).isEmpty();
        assertThat(session.runs().find(new RunId(number))).isEmpty();
        assertThat(session.runs().active(INTEGRATION)).isEmpty();
        assertThat(session.runs().position(INTEGRATION)).isEqualTo(SyncPosition.NONE);
        assertThat(session.conflicts().backlog(INTEGRATION).open()).isZero();
        assertThat(session.quarantine().load(INTEGRATION, List.of(id.value()))).isEmpty();
        assertThat(session.quarantine().toReread(INTEGRATION, 10)).isEmpty();
        assertThat(session.audit().find(AuditQuery.of(NORTH)).items()).isEmpty();
        assertThat(session.settings().list()).isEmpty();
        assertThat(session.rules().newest(NORTH)).isEmpty();
    }

    private static void assertAllOf(Session session, String number) {
        ExternalId id = id("m_" + number);
        assertThat(session.links().count(INTEGRATION)).isEqualTo(1);
        assertThat(session.edits().pending(INTEGRATION, Optional.empty(), 10)).hasSize(1);
        assertThat(session.runs().find(new RunId(number))).contains(StorageSamples.run(number));
        assertThat(session.runs().asked(new RunId(number))).isEqualTo(RunStore.Ask.PAUSE);
        assertThat(session.runs().position(INTEGRATION)).isEqualTo(SYNCED);
        assertThat(session.conflicts().backlog(INTEGRATION).open()).isEqualTo(1);
        assertThat(session.quarantine().load(INTEGRATION, List.of(id.value()))).hasSize(1);
        assertThat(session.quarantine().toReread(INTEGRATION, 10)).containsExactly(id);
        assertThat(session.absences()
                        .list(INTEGRATION, new RunId(number), Optional.empty(), 10)
                        .items())
                .hasSize(1);
        assertThat(session.audit().find(AuditQuery.of(NORTH)).items()).hasSize(1);
        assertThat(session.settings().find(INTEGRATION)).contains(SettingsStoreContract.stored(INTEGRATION, NORTH));
        assertThat(session.rules().newest(NORTH)).contains(RuleStoreContract.version(NORTH, 1));
    }
}

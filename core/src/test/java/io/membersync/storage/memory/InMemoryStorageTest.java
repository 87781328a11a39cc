package io.membersync.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.membersync.fault.LostLeaseException;
import io.membersync.fault.StorageException;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.plan.MemberChange;
import io.membersync.storage.AppMember;
import io.membersync.storage.Fence;
import io.membersync.storage.LinkStore;
import io.membersync.storage.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the storage contract cannot see: joined transactions, sessions out of their call, and the host's extras. */
class InMemoryStorageTest {

    private static final OrganizationId NORTH = OrganizationId.of("north");
    private static final OrganizationId SOUTH = OrganizationId.of("south");

    private final InMemoryStorage storage = new InMemoryStorage();

    @Test
    void aCallInsideAnotherSeesWhatTheOuterOneWrote() {
        String city = storage.inTransaction(outer -> {
            MemberId member = insert(outer, "Oslo");
            return storage.inTransaction(inner -> city(inner, member));
        });

        assertThat(city).isEqualTo("Oslo");
    }

    @Test
    void aFailureOfTheOuterCallTakesBackWhatTheInnerOneWrote() {
        RuntimeException failure = new IllegalStateException("outer");

        Throwable thrown = catchThrowable(() -> storage.inTransaction(outer -> {
            storage.inTransaction(inner -> insert(inner, "Oslo"));
            throw failure;
        }));

        assertThat(thrown).isSameAs(failure);
        assertThat(storage.memberIds(NORTH)).isEmpty();
    }

    @Test
    void aFailureOfTheInnerCallTakesTheOuterOneBackEvenWhenItIsCaught() {
        assertThatThrownBy(() -> storage.inTransaction(outer -> {
                    MemberId member = insert(outer, "Oslo");
                    fail(inner -> {});
                    return member;
                }))
                .isInstanceOf(StorageException.class);

        assertThat(storage.memberIds(NORTH)).isEmpty();
    }

    @Test
    void aTransactionAfterAFailedOneIsWholeAgain() {
        fail(session -> {});

        MemberId member = storage.inTransaction(session -> insert(session, "Oslo"));

        assertThat(storage.memberIds(NORTH)).containsExactly(member);
    }

    @Test
    void aStaleLeaseInsideAnotherCallLeavesTheOuterOneAsItWas() {
        MemberId kept = storage.inTransaction(outer -> {
            assertThatThrownBy(() -> storage.inTransaction(new Fence("job", 7), inner -> insert(inner, "Oslo")))
                    .isInstanceOf(LostLeaseException.class);
            return insert(outer, "Bergen");
        });

        assertThat(storage.memberIds(NORTH)).containsExactly(kept);
    }

    @Test
    void aSessionIsOfNoUseAfterItsCall() {
        Session kept = storage.inTransaction(session -> session);

        assertThatIllegalStateException().isThrownBy(kept::links);
    }

    @Test
    void aStoreIsOfNoUseAfterItsCall() {
        LinkStore kept = storage.inTransaction(Session::links);

        assertThatIllegalStateException().isThrownBy(() -> kept.count(IntegrationId.of("one")));
    }

    @Test
    void anInnerSessionEndsWithItsOwnCall() {
        storage.inTransaction(outer -> {
            Session inner = storage.inTransaction(session -> session);
            assertThatIllegalStateException().isThrownBy(inner::runs);
            return outer.runs().unfinished();
        });
    }

    @Test
    void aSessionIsOfNoUseInAnotherThread() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();

        storage.inTransaction(session -> CompletableFuture.runAsync(
                        () -> thrown.set(catchThrowable(() -> session.runs().unfinished())))
                .thenApply(done -> true)
                .join());

        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void newIdsRiseAndAreNotGivenOutAgainAfterARollback() {
        List<MemberId> lost = new ArrayList<>();
        fail(session -> lost.addAll(session.members().newIds(12)));

        List<MemberId> next = storage.inTransaction(session -> session.members().newIds(12));

        assertThat(next).extracting(MemberId::value).isSorted();
        assertThat(next.get(0).value()).isGreaterThan(lost.get(11).value());
    }

    @Test
    void aPersonsFieldsAreSharedByOrganizationsAndAMembershipsFieldsAreNot() {
        MemberId member = storage.inTransaction(session -> insert(session, "Oslo"));

        storage.edit(
                member,
                SOUTH,
                MemberState.builder()
                        .put(MemberField.CITY, FieldValue.text("Bodø"))
                        .put(MemberField.MEMBER_NUMBER, FieldValue.text("S-1"))
                        .build());

        AppMember north = load(NORTH, member);
        assertThat(north.state().value(MemberField.CITY)).isEqualTo(FieldValue.text("Bodø"));
        assertThat(north.state().value(MemberField.MEMBER_NUMBER)).isEqualTo(FieldValue.text("N-1"));
        assertThat(load(SOUTH, member).state().value(MemberField.MEMBER_NUMBER)).isEqualTo(FieldValue.text("S-1"));
    }

    @Test
    void anEditRaisesTheVersionAndIsRolledBackWithItsTransaction() {
        MemberId member = storage.inTransaction(session -> insert(session, "Oslo"));
        MemberState moved = MemberState.empty().with(MemberField.CITY, FieldValue.text("Molde"));

        fail(session -> storage.edit(member, NORTH, moved));
        AppMember before = load(NORTH, member);
        storage.edit(member, NORTH, moved);

        assertThat(before.state().value(MemberField.CITY)).isEqualTo(FieldValue.text("Oslo"));
        assertThat(load(NORTH, member).version()).isGreaterThan(before.version());
    }

    @Test
    void anEditOfAMemberThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.edit(MemberId.of("nobody"), NORTH, MemberState.empty()));
    }

    @Test
    void membersAreListedForTheirOwnOrganizationOnly() {
        storage.inTransaction(session -> insert(session, "Oslo"));

        assertThat(storage.memberIds(SOUTH)).isEmpty();
    }

    @Test
    void aMergedMemberTellsWhoStandsForIt() {
        MemberId into = storage.inTransaction(session -> insert(session, "Oslo"));
        MemberId gone = storage.inTransaction(session -> insert(session, "Oslo"));

        storage.inTransaction(session -> session.members()
                .apply(
                        NORTH,
                        List.of(new MemberChange.Terminate(
                                gone, ExternalId.of("m_1"), 1, "merged", Optional.of(into)))));

        assertThat(storage.mergedInto(gone, NORTH)).contains(into);
        assertThat(storage.mergedInto(into, NORTH)).isEmpty();
    }

    @Test
    void fieldsThatTheHostDoesNotKeepAreLeftOut() {
        InMemoryStorage narrow = new InMemoryStorage(Set.of(MemberField.CITY));
        MemberId member = narrow.inTransaction(session -> insert(session, "Oslo"));

        AppMember loaded = narrow.inTransaction(session -> load(session, NORTH, member));

        assertThat(loaded.state().fields()).containsExactly(MemberField.CITY);
    }

    private void fail(Consumer<Session> work) {
        assertThatIllegalStateException()
                .isThrownBy(() -> storage.inTransaction(session -> {
                    work.accept(session);
                    throw new IllegalStateException("after the work");
                }))
                .withMessage("after the work");
    }

    private AppMember load(OrganizationId organization, MemberId member) {
        return storage.inTransaction(session -> load(session, organization, member));
    }

    private static AppMember load(Session session, OrganizationId organization, MemberId member) {
        return Objects.requireNonNull(
                session.members().load(organization, List.of(member)).get(member));
    }

    private static String city(Session session, MemberId member) {
        return load(session, NORTH, member).state().value(MemberField.CITY).display();
    }

    private static MemberId insert(Session session, String city) {
        MemberId member = session.members().newIds(1).get(0);
        MemberState state = MemberState.builder()
                .put(MemberField.CITY, FieldValue.text(city))
                .put(MemberField.MEMBER_NUMBER, FieldValue.text("N-1"))
                .build();
        session.members().apply(NORTH, List.of(new MemberChange.Create(member, ExternalId.of("m_1"), state)));
        return member;
    }
}

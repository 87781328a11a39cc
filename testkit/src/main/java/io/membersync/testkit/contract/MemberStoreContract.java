package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.city;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.living;
import static io.membersync.testkit.contract.StorageSamples.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.MemberStatus;
import io.membersync.model.Presence;
import io.membersync.plan.FieldChange;
import io.membersync.plan.MemberChange;
import io.membersync.storage.AppMember;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the host's member table promises. */
abstract class MemberStoreContract {

    private static final MemberField FOREIGN =
            MemberField.of("shoeSize", FieldCategory.ACTIVITY, MemberField.Kind.TEXT, MemberField.Owner.MEMBERSHIP);

    private final Supplier<StorageRig> rigs;

    MemberStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void keepsTheStandardFields() {
        assertThat(rigs.get().set(session -> session.members().fields())).containsAll(MemberField.standard());
    }

    @Test
    void newIdsAreAsManyAsAskedForAndNeverGivenOutBefore() {
        List<MemberId> all = new ArrayList<>();
        for (int count : new int[] {1, 50, 7}) {
            List<MemberId> ids = rigs.get().read(session -> session.members().newIds(count));
            assertThat(ids).hasSize(count);
            all.addAll(ids);
        }

        assertThat(new HashSet<>(all)).hasSize(58);
    }

    @Test
    void aCreatedMemberIsLoadedWithEveryFieldThatTheHostKeeps() {
        MemberId member = rigs.get().insert(NORTH, city("Oslo"));

        AppMember loaded = rigs.get().member(NORTH, member);

        assertThat(loaded.id()).isEqualTo(member);
        assertThat(loaded.state().value(MemberField.CITY)).isEqualTo(FieldValue.text("Oslo"));
        assertThat(loaded.state().presence(MemberField.EMAIL)).isEqualTo(Presence.EXPLICIT_NULL);
        assertThat(new HashSet<>(loaded.state().fields()))
                .isEqualTo(rigs.get().read(session -> session.members().fields()));
    }

    @Test
    void membersThatDoNotExistAreNotLoaded() {
        MemberId known = rigs.get().insert(NORTH, city("Oslo"));
        MemberId unknown =
                rigs.get().read(session -> session.members().newIds(1)).get(0);

        Map<MemberId, AppMember> loaded =
                rigs.get().read(session -> session.members().load(NORTH, List.of(unknown, known)));

        assertThat(loaded).containsOnlyKeys(known);
    }

    @Test
    void anUpdateChangesItsFieldsAndNoOthers() {
        MemberState before = living("Oslo").with(MemberField.EMAIL, FieldValue.text("kari@example.org"));
        MemberId member = rigs.get().insert(NORTH, before);
        AppMember seen = rigs.get().member(NORTH, member);

        assertThat(apply(move(seen, "Bergen"))).isEmpty();

        AppMember now = rigs.get().member(NORTH, member);
        assertThat(now.state()).isEqualTo(seen.state().with(MemberField.CITY, FieldValue.text("Bergen")));
        assertThat(now.version()).isNotEqualTo(seen.version());
    }

    @Test
    void anUpdateMayChangeFieldsOfThePersonAndOfTheMembershipTogether() {
        MemberId member = rigs.get().insert(NORTH, living("Oslo"));
        AppMember seen = rigs.get().member(NORTH, member);

        assertThat(apply(new MemberChange.Update(
                        member,
                        id("m_1"),
                        seen.version(),
                        List.of(
                                change(MemberField.CITY, FieldValue.nothing()),
                                change(MemberField.MEMBER_NUMBER, FieldValue.text("00017"))))))
                .isEmpty();

        MemberState now = rigs.get().member(NORTH, member).state();
        assertThat(now.presence(MemberField.CITY)).isEqualTo(Presence.EXPLICIT_NULL);
        assertThat(now.value(MemberField.MEMBER_NUMBER)).isEqualTo(FieldValue.text("00017"));
    }

    @Test
    void fieldsThatTheHostDoesNotKeepAreLeftOutOfAccount() {
        MemberId member = rigs.get().insert(NORTH, living("Oslo").with(FOREIGN, FieldValue.text("44")));
        AppMember seen = rigs.get().member(NORTH, member);

        assertThat(apply(new MemberChange.Update(
                        member,
                        id("m_1"),
                        seen.version(),
                        List.of(
                                change(FOREIGN, FieldValue.text("45")),
                                change(MemberField.CITY, FieldValue.text("Bergen"))))))
                .isEmpty();

        assertThat(rigs.get().member(NORTH, member).state())
                .isEqualTo(seen.state().with(MemberField.CITY, FieldValue.text("Bergen")));
    }

    @Test
    @Requirement("B4")
    void aMemberThatMovedMeanwhileIsToldAndNothingOfItsIsChanged() {
        MemberId still = rigs.get().insert(NORTH, living("Oslo"));
        MemberId moved = rigs.get().insert(NORTH, living("Oslo"));
        AppMember stillSeen = rigs.get().member(NORTH, still);
        AppMember movedSeen = rigs.get().member(NORTH, moved);
        rigs.get().edit(NORTH, moved, city("Tromsø"));
        AppMember edited = rigs.get().member(NORTH, moved);

        Set<MemberId> told = apply(move(movedSeen, "Bergen"), move(stillSeen, "Bergen"));

        assertThat(told).containsExactly(moved);
        assertThat(rigs.get().member(NORTH, moved)).isEqualTo(edited);
        assertThat(rigs.get().member(NORTH, still).state().value(MemberField.CITY))
                .isEqualTo(FieldValue.text("Bergen"));
    }

    @Test
    void aMemberThatTheHostDeletedMeanwhileCountsAsMoved() {
        MemberId never = rigs.get().read(session -> session.members().newIds(1)).get(0);
        AppMember seen = new AppMember(never, 1, living("Oslo"));

        assertThat(apply(move(seen, "Bergen"))).containsExactly(never);
        assertThat(rigs.get().findMember(NORTH, never)).isEmpty();
    }

    @Test
    void theHostsOwnEditChangesTheVersion() {
        MemberId member = rigs.get().insert(NORTH, living("Oslo"));
        AppMember before = rigs.get().member(NORTH, member);

        rigs.get().edit(NORTH, member, city("Bergen"));

        AppMember after = rigs.get().member(NORTH, member);
        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(after.state()).isEqualTo(before.state().with(MemberField.CITY, FieldValue.text("Bergen")));
    }

    @Test
    void aVersionIsNeverTheSameTwice() {
        MemberId member = rigs.get().insert(NORTH, living("Oslo"));
        Set<Long> versions = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            AppMember seen = rigs.get().member(NORTH, member);
            versions.add(seen.version());
            assertThat(apply(move(seen, i % 2 == 0 ? "Bergen" : "Oslo"))).isEmpty();
        }

        assertThat(versions).hasSize(5);
    }

    @Test
    @Requirement("B7")
    void aTerminationSetsTheStatusAndKeepsTheRow() {
        MemberId member = rigs.get().insert(NORTH, living("Oslo"));
        AppMember seen = rigs.get().member(NORTH, member);

        assertThat(apply(terminate(seen, Optional.empty()))).isEmpty();

        AppMember now = rigs.get().member(NORTH, member);
        assertThat(now.state()).isEqualTo(seen.state().with(MemberField.STATUS, MemberStatus.TERMINATED.value()));
        assertThat(now.version()).isNotEqualTo(seen.version());
    }

    @Test
    @Requirement("B7")
    void aTerminationOfAMemberThatMovedIsToldAndNotApplied() {
        MemberId member = rigs.get().insert(NORTH, living("Oslo"));
        AppMember seen = rigs.get().member(NORTH, member);
        rigs.get().edit(NORTH, member, city("Bergen"));

        assertThat(apply(terminate(seen, Optional.empty()))).containsExactly(member);
        assertThat(rigs.get().member(NORTH, member).state().value(MemberField.STATUS))
                .isEqualTo(FieldValue.text("ACTIVE"));
    }

    @Test
    @Requirement("B7")
    void aMergedMemberIsTerminatedAndTheOtherStays() {
        MemberId gone = rigs.get().insert(NORTH, living("Oslo"));
        MemberId into = rigs.get().insert(NORTH, living("Bergen"));
        AppMember other = rigs.get().member(NORTH, into);

        assertThat(apply(terminate(rigs.get().member(NORTH, gone), Optional.of(into))))
                .isEmpty();

        assertThat(rigs.get().member(NORTH, gone).state().value(MemberField.STATUS))
                .isEqualTo(MemberStatus.TERMINATED.value());
        assertThat(rigs.get().member(NORTH, into)).isEqualTo(other);
    }

    @Test
    void createsUpdatesAndTerminationsGoInOneCall() {
        AppMember updated = rigs.get().member(NORTH, rigs.get().insert(NORTH, living("Oslo")));
        AppMember ended = rigs.get().member(NORTH, rigs.get().insert(NORTH, living("Oslo")));
        MemberId created =
                rigs.get().read(session -> session.members().newIds(1)).get(0);

        assertThat(apply(
                        new MemberChange.Create(created, id("m_9"), living("Moss")),
                        move(updated, "Bergen"),
                        terminate(ended, Optional.of(created))))
                .isEmpty();

        assertThat(rigs.get().member(NORTH, created).state().value(MemberField.CITY))
                .isEqualTo(FieldValue.text("Moss"));
        assertThat(rigs.get().member(NORTH, updated.id()).state().value(MemberField.CITY))
                .isEqualTo(FieldValue.text("Bergen"));
        assertThat(rigs.get().member(NORTH, ended.id()).state().value(MemberField.STATUS))
                .isEqualTo(MemberStatus.TERMINATED.value());
    }

    private Set<MemberId> apply(MemberChange... changes) {
        return rigs.get().read(session -> session.members().apply(NORTH, List.of(changes)));
    }

    private static FieldChange change(MemberField field, FieldValue after) {
        return new FieldChange(field, FieldValue.nothing(), after, "Only the registry changed it");
    }

    private static MemberChange terminate(AppMember seen, Optional<MemberId> into) {
        return new MemberChange.Terminate(seen.id(), id("m_1"), seen.version(), "deleted", into);
    }
}

package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.conflict;
import static io.membersync.testkit.contract.StorageSamples.member;
import static io.membersync.testkit.contract.StorageSamples.revised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.conflict.Conflict;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What open conflicts promise. */
@Requirement("C2")
abstract class ConflictStoreContract {

    private final Supplier<StorageRig> rigs;

    ConflictStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void aConflictComesBackAsItWentInOneRevisionOn() {
        Conflict opened = conflict(member("m_1"), MemberField.EMAIL);

        save(opened);

        assertThat(load("m_1")).containsExactly(revised(opened, 1));
    }

    @Test
    void valuesOfEveryKindComeBackAsTheyWentIn() {
        List<FieldValue> values = FieldValueSamples.all();
        for (int i = 0; i < values.size(); i++) {
            FieldValue other = values.get((i + 5) % values.size());
            Conflict opened = new Conflict(
                    INTEGRATION,
                    member("m_" + i),
                    StorageSamples.id("m_" + i),
                    MemberField.CITY,
                    values.get(i),
                    i % 3 == 0 ? Optional.empty() : Optional.of(other),
                    other,
                    "Both sides «differ»",
                    NOW,
                    NOW.plusSeconds(i),
                    0);

            save(opened);

            assertThat(load("m_" + i)).containsExactly(revised(opened, 1));
        }
    }

    @Test
    void atMostOneIsOpenForAMemberAndField() {
        save(conflict(INTEGRATION, member("m_1"), MemberField.EMAIL, "first"));
        Conflict changed = revised(conflict(INTEGRATION, member("m_1"), MemberField.EMAIL, "second"), 1);

        save(changed);

        assertThat(load("m_1")).containsExactly(revised(changed, 2));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aSaveWithAnOutdatedRevisionIsRefused() {
        Conflict opened = conflict(member("m_1"), MemberField.EMAIL);
        save(opened);
        save(revised(opened, 1));

        assertRefused(revised(opened, 1));

        assertThat(load("m_1")).containsExactly(revised(opened, 2));
    }

    @Test
    void aNewConflictWhereOneIsOpenIsRefused() {
        save(conflict(member("m_1"), MemberField.EMAIL));

        assertRefused(conflict(INTEGRATION, member("m_1"), MemberField.EMAIL, "other"));
    }

    @Test
    void aChangeOfAConflictThatWasClosedIsRefused() {
        Conflict opened = conflict(member("m_1"), MemberField.EMAIL);
        save(opened);
        List<Conflict> loaded = load("m_1");
        rigs.get().write(session -> session.conflicts().close(loaded));

        assertRefused(loaded.get(0));
    }

    @Test
    void onlyTheMembersAskedForAreLoaded() {
        save(
                conflict(member("m_1"), MemberField.EMAIL),
                conflict(member("m_1"), MemberField.CITY),
                conflict(member("m_10"), MemberField.EMAIL),
                conflict(OTHER, member("m_1"), MemberField.MOBILE, "x"));

        assertThat(load("m_1"))
                .extracting(Conflict::field)
                .containsExactlyInAnyOrder(MemberField.EMAIL, MemberField.CITY);
        assertThat(load("m_2")).isEmpty();
        assertThat(load("m_1", "m_2", "m_10")).hasSize(3);
    }

    @Test
    void closedConflictsAreGoneAndTheOthersStay() {
        save(conflict(member("m_1"), MemberField.EMAIL), conflict(member("m_1"), MemberField.CITY));
        save(conflict(OTHER, member("m_1"), MemberField.EMAIL, "x"));
        List<Conflict> ended = load("m_1").stream()
                .filter(conflict -> conflict.field().equals(MemberField.EMAIL))
                .toList();

        rigs.get().write(session -> session.conflicts().close(ended));

        assertThat(load("m_1")).extracting(Conflict::field).containsExactly(MemberField.CITY);
        assertThat(count()).isEqualTo(1);
        assertThat(rigs.get().<Long>read(session -> session.conflicts().count(OTHER)))
                .isEqualTo(1);
    }

    @Test
    void aConflictThatWasClosedMayBeOpenedAgain() {
        Conflict opened = conflict(member("m_1"), MemberField.EMAIL);
        save(opened);
        List<Conflict> loaded = load("m_1");
        rigs.get().write(session -> session.conflicts().close(loaded));

        save(opened);

        assertThat(load("m_1")).containsExactly(revised(opened, 1));
    }

    @Test
    void conflictsAreListedByMemberAndFieldInSlices() {
        List<Conflict> expected = new ArrayList<>();
        for (String member : List.of("a", "b", "c")) {
            for (MemberField field : List.of(MemberField.CITY, MemberField.EMAIL, MemberField.MOBILE)) {
                expected.add(conflict(member(member), field));
            }
        }
        List<Conflict> reversed = new ArrayList<>(expected);
        Collections.reverse(reversed);
        save(reversed.toArray(new Conflict[0]));
        save(conflict(OTHER, member("a"), MemberField.EMAIL, "x"));

        List<Slice<Conflict>> slices = rigs.get()
                .slices(cursor -> rigs.get().read(session -> session.conflicts().list(INTEGRATION, cursor, 4)));

        assertThat(StorageRig.items(slices))
                .isEqualTo(expected.stream().map(c -> revised(c, 1)).toList());
        assertThat(slices).extracting(slice -> slice.items().size()).containsExactly(4, 4, 1);
    }

    @Test
    void aListGoesOnBehindAConflictThatWasClosedMeanwhile() {
        save(
                conflict(member("a"), MemberField.EMAIL),
                conflict(member("b"), MemberField.EMAIL),
                conflict(member("c"), MemberField.EMAIL));
        Slice<Conflict> first = rigs.get().read(session -> session.conflicts().list(INTEGRATION, Optional.empty(), 1));
        rigs.get().write(session -> session.conflicts().close(first.items()));

        Slice<Conflict> second = rigs.get().read(session -> session.conflicts().list(INTEGRATION, first.next(), 1));

        assertThat(second.items()).extracting(Conflict::member).containsExactly(member("b"));
    }

    private void assertRefused(Conflict conflict) {
        MemberId bystander = member("bystander");
        assertThatThrownBy(() -> save(conflict(bystander, MemberField.CITY), conflict))
                .isInstanceOf(StaleVersionException.class);
        assertThat(load("bystander")).isEmpty();
    }

    private void save(Conflict... conflicts) {
        rigs.get().write(session -> session.conflicts().save(List.of(conflicts)));
    }

    private List<Conflict> load(String... members) {
        List<MemberId> ids =
                List.of(members).stream().map(StorageSamples::member).toList();
        return rigs.get().read(session -> session.conflicts().load(INTEGRATION, ids));
    }

    private long count() {
        return rigs.get().read(session -> session.conflicts().count(INTEGRATION));
    }
}

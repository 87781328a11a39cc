package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NOW;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.conflict;
import static io.membersync.testkit.contract.StorageSamples.ended;
import static io.membersync.testkit.contract.StorageSamples.member;
import static io.membersync.testkit.contract.StorageSamples.revised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictBacklog;
import io.membersync.conflict.ConflictQuery;
import io.membersync.conflict.ConflictQuery.State;
import io.membersync.conflict.ConflictQuery.What;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
            Conflict sample = conflict(INTEGRATION, member("m_" + i), MemberField.CITY, values.get(i), other);
            Conflict opened = new Conflict(
                    INTEGRATION,
                    sample.member(),
                    sample.externalId(),
                    MemberField.CITY,
                    new Conflict.Side(values.get(i), Optional.empty(), Optional.empty(), NOW.plusSeconds(i)),
                    i % 3 == 0 ? Optional.empty() : Optional.of(other),
                    sample.registry(),
                    sample.question(),
                    Optional.empty(),
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
    void aChangeOfAConflictThatHasEndedMeanwhileIsRefused() {
        save(conflict(member("m_1"), MemberField.EMAIL));
        Conflict seen = load("m_1").get(0);
        save(ended(seen));

        assertRefused(seen);
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
    void anEndedConflictStaysWithHowItEndedAndNoLongerWaits() {
        save(conflict(member("m_1"), MemberField.EMAIL), conflict(member("m_1"), MemberField.LAST_NAME));
        save(conflict(OTHER, member("m_1"), MemberField.EMAIL, "x"));
        Conflict seen = found(ConflictQuery.of(INTEGRATION).about(field(MemberField.EMAIL)))
                .get(0);

        save(ended(seen));

        assertThat(load("m_1")).contains(revised(ended(seen), 2));
        assertThat(found(ConflictQuery.of(INTEGRATION)))
                .extracting(Conflict::field)
                .containsExactly(MemberField.LAST_NAME);
        assertThat(found(ConflictQuery.of(INTEGRATION).in(State.ENDED))).containsExactly(revised(ended(seen), 2));
        assertThat(found(ConflictQuery.of(INTEGRATION).in(State.ALL))).hasSize(2);
        assertThat(count()).isEqualTo(1);
        assertThat(rigs.get()
                        .<Long>read(
                                session -> session.conflicts().backlog(OTHER).open()))
                .isEqualTo(1);
    }

    @Test
    void anEndedConflictMayBeOpenedAgainOneRevisionOn() {
        Conflict opened = conflict(member("m_1"), MemberField.EMAIL);
        save(opened);
        save(ended(revised(opened, 1)));

        save(revised(opened, 2));

        assertThat(load("m_1")).containsExactly(revised(opened, 3));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void onlyWhatIsAskedForIsListed() {
        save(
                conflict(member("a"), MemberField.EMAIL),
                conflict(member("a"), MemberField.MOBILE),
                conflict(member("b"), MemberField.LAST_NAME),
                conflict(OTHER, member("c"), MemberField.EMAIL, "x"));
        ConflictQuery all = ConflictQuery.of(INTEGRATION);

        assertThat(found(all.about(field(MemberField.EMAIL))))
                .extracting(Conflict::member)
                .containsExactly(member("a"));
        assertThat(found(all.about(new What(Optional.of(FieldCategory.IDENTITY), Optional.empty(), Optional.empty()))))
                .extracting(Conflict::member)
                .containsExactly(member("b"));
        assertThat(found(all.about(new What(Optional.empty(), Optional.empty(), Optional.of(member("a"))))))
                .hasSize(2);
        assertThat(found(all.openedBefore(NOW))).isEmpty();
        assertThat(found(all.openedBefore(NOW.plusSeconds(1)))).hasSize(3);
    }

    @Test
    void severalIntegrationsAreListedOneAfterTheOther() {
        save(
                conflict(OTHER, member("a"), MemberField.EMAIL, "x"),
                conflict(OTHER, member("b"), MemberField.EMAIL, "x"),
                conflict(member("a"), MemberField.EMAIL),
                conflict(member("c"), MemberField.EMAIL));

        List<Slice<Conflict>> slices = rigs.get()
                .slices(cursor -> rigs.get()
                        .read(session -> session.conflicts()
                                .find(
                                        List.of(OTHER, INTEGRATION),
                                        ConflictQuery.of(INTEGRATION).slice(cursor, 1))));

        List<String> places = StorageRig.items(slices).stream()
                .map(found -> found.integration() + " " + found.member())
                .toList();
        assertThat(places).hasSize(4).doesNotHaveDuplicates();
        assertThat(places).isSorted();
    }

    @Test
    void theBacklogTellsHowMuchWaitsAndForHowLong() {
        Conflict young = conflict(member("a"), MemberField.EMAIL);
        save(young, conflict(member("a"), MemberField.LAST_NAME), conflict(member("b"), MemberField.MOBILE));
        save(ended(load("b").get(0)));

        ConflictBacklog backlog = rigs.get().read(session -> session.conflicts().backlog(INTEGRATION));

        assertThat(backlog)
                .isEqualTo(new ConflictBacklog(
                        2, Optional.of(NOW), Map.of(FieldCategory.CONTACT_DETAILS, 1L, FieldCategory.IDENTITY, 1L)));
        assertThat(rigs.get()
                        .<ConflictBacklog>read(session -> session.conflicts().backlog(OTHER)))
                .isEqualTo(new ConflictBacklog(0, Optional.empty(), Map.of()));
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
                .slices(cursor -> rigs.get()
                        .read(session -> session.conflicts()
                                .find(
                                        List.of(INTEGRATION),
                                        ConflictQuery.of(INTEGRATION).slice(cursor, 4))));

        assertThat(StorageRig.items(slices))
                .isEqualTo(expected.stream().map(c -> revised(c, 1)).toList());
        assertThat(slices).extracting(slice -> slice.items().size()).containsExactly(4, 4, 1);
    }

    @Test
    void aListGoesOnBehindAConflictThatHasEndedMeanwhile() {
        save(
                conflict(member("a"), MemberField.EMAIL),
                conflict(member("b"), MemberField.EMAIL),
                conflict(member("c"), MemberField.EMAIL));
        ConflictQuery one = ConflictQuery.of(INTEGRATION).slice(Optional.empty(), 1);
        Slice<Conflict> first = rigs.get().read(session -> session.conflicts().find(List.of(INTEGRATION), one));
        save(ended(first.items().get(0)));

        Slice<Conflict> second =
                rigs.get().read(session -> session.conflicts().find(List.of(INTEGRATION), one.slice(first.next(), 1)));

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

    private List<Conflict> found(ConflictQuery query) {
        return rigs.get()
                .read(session -> session.conflicts().find(List.of(INTEGRATION), query))
                .items();
    }

    private static What field(MemberField field) {
        return new What(Optional.empty(), Optional.of(field.key()), Optional.empty());
    }

    private long count() {
        return rigs.get()
                .<Long>read(session -> session.conflicts().backlog(INTEGRATION).open());
    }
}

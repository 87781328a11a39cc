package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.OTHER;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.link;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.storage.AppMember;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How members are found that a record may belong to. */
@Requirement("B6")
abstract class MemberSearchContract {

    private final Supplier<StorageRig> rigs;

    MemberSearchContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void findsAnEmailAddressWhateverItsCase() {
        MemberId kari = insert(MemberField.EMAIL, FieldValue.text("Kari.Li@Example.org"));
        insert(MemberField.EMAIL, FieldValue.text("ola@example.org"));

        assertThat(find(MemberField.EMAIL, FieldValue.text("kari.li@example.ORG")))
                .containsExactly(kari);
    }

    @Test
    void findsAPhoneNumberHoweverItIsWritten() {
        MemberId whole = insert(MemberField.MOBILE, FieldValue.text("+47 912 34 567"));
        MemberId bare = insert(MemberField.MOBILE, FieldValue.text("91234567"));
        insert(MemberField.MOBILE, FieldValue.text("+4791234568"));

        assertThat(find(MemberField.MOBILE, FieldValue.text("+4791234567"))).containsExactlyInAnyOrder(whole, bare);
    }

    @Test
    void findsADateAndANumberWithItsLeadingZeros() {
        FieldValue day = FieldValue.day(LocalDate.of(1971, 2, 3));
        MemberId born = insert(MemberField.BIRTH_DATE, day);
        insert(MemberField.BIRTH_DATE, FieldValue.day(LocalDate.of(1971, 3, 2)));
        MemberId numbered = insert(MemberField.MEMBER_NUMBER, FieldValue.text("0042"));
        insert(MemberField.MEMBER_NUMBER, FieldValue.text("42"));

        assertThat(find(MemberField.BIRTH_DATE, day)).containsExactly(born);
        assertThat(find(MemberField.MEMBER_NUMBER, FieldValue.text("0042"))).containsExactly(numbered);
    }

    @Test
    void givesTheMembersWholeAndThoseOfAllValues() {
        MemberState both = MemberState.builder()
                .put(MemberField.EMAIL, FieldValue.text("a@example.org"))
                .put(MemberField.CITY, FieldValue.text("Ås"))
                .build();
        MemberId first = rigs.get().insert(NORTH, both);
        MemberId second = insert(MemberField.EMAIL, FieldValue.text("b@example.org"));

        List<AppMember> found = rigs.get()
                .list(session -> session.members()
                        .findBy(
                                NORTH,
                                MemberField.EMAIL,
                                List.of(FieldValue.text("a@example.org"), FieldValue.text("b@example.org"))));

        assertThat(found).extracting(AppMember::id).containsExactlyInAnyOrder(first, second);
        assertThat(found).contains(rigs.get().member(NORTH, first));
    }

    @Test
    void findsNobodyWithoutTheValueAndNobodyForNoValues() {
        insert(MemberField.CITY, FieldValue.text("Oslo"));

        assertThat(find(MemberField.EMAIL, FieldValue.text("a@example.org"))).isEmpty();
        assertThat(find(MemberField.EMAIL)).isEmpty();
    }

    @Test
    void countsTheMembers() {
        long before = rigs.get().read(session -> session.members().count(NORTH));
        insert(MemberField.CITY, FieldValue.text("Oslo"));
        insert(MemberField.CITY, FieldValue.text("Bergen"));

        long after = rigs.get().read(session -> session.members().count(NORTH));

        assertThat(after - before).isEqualTo(2);
    }

    @Test
    void tellsWhichMembersHaveALiveLinkOfTheIntegration() {
        rigs.get().write(session -> {
            session.links().save(INTEGRATION, List.of(link("m_1"), link("m_2")));
            session.links().save(OTHER, List.of(link("x_3", StorageSamples.member("m_3"))));
        });

        Map<MemberId, ExternalId> records = rigs.get()
                .read(session -> session.links()
                        .recordsOf(
                                INTEGRATION,
                                List.of(
                                        StorageSamples.member("m_1"),
                                        StorageSamples.member("m_3"),
                                        StorageSamples.member("m_4"))));

        assertThat(records).containsExactly(Map.entry(StorageSamples.member("m_1"), id("m_1")));
    }

    private MemberId insert(MemberField field, FieldValue value) {
        return rigs.get().insert(NORTH, MemberState.empty().with(field, value));
    }

    private List<MemberId> find(MemberField field, FieldValue... values) {
        return rigs.get()
                .list(session -> session.members().findBy(NORTH, field, Arrays.asList(values)).stream()
                        .map(AppMember::id)
                        .toList());
    }
}

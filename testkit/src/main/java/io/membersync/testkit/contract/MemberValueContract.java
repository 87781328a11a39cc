package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static io.membersync.testkit.contract.StorageSamples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.plan.FieldChange;
import io.membersync.plan.MemberChange;
import io.membersync.storage.AppMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a member's fields may hold: every value comes back as it went in. */
abstract class MemberValueContract {

    private final Supplier<StorageRig> rigs;

    MemberValueContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void createdMembersComeBackAsTheyWentIn() {
        for (MemberState state : states()) {
            MemberId member = rigs.get().insert(NORTH, state);

            assertThat(values(rigs.get().member(NORTH, member).state())).isEqualTo(values(state));
        }
    }

    @Test
    void updatedFieldsComeBackAsTheyWentIn() {
        MemberId member = rigs.get().insert(NORTH, StorageSamples.living("Oslo"));
        for (MemberState state : states()) {
            AppMember seen = rigs.get().member(NORTH, member);
            List<FieldChange> changes = new ArrayList<>();
            for (MemberField field : state.fields()) {
                changes.add(new FieldChange(field, seen.state().value(field), state.value(field), "Only it changed"));
            }

            rigs.get()
                    .write(session -> assertThat(session.members()
                                    .apply(
                                            NORTH,
                                            List.of(new MemberChange.Update(
                                                    member, id("m_1"), seen.version(), changes))))
                            .isEmpty());

            assertThat(values(rigs.get().member(NORTH, member).state())).isEqualTo(values(state));
        }
    }

    @Test
    void nothingAndEmptyTextAndAnEmptySetAreNeverConfused() {
        MemberState state = MemberState.builder()
                .put(MemberField.STREET, FieldValue.text(""))
                .put(MemberField.CITY, FieldValue.nothing())
                .put(MemberField.ROLES, FieldValue.codes(List.of()))
                .put(MemberField.AFFILIATIONS, FieldValue.nothing())
                .build();
        MemberId member = rigs.get().insert(NORTH, state);

        MemberState loaded = rigs.get().member(NORTH, member).state();

        for (MemberField field : state.fields()) {
            assertThat(loaded.find(field)).as(field.key()).isEqualTo(state.find(field));
        }
    }

    @Test
    void organizationsDoNotSeeEachOthersMembers() {
        MemberId north = rigs.get().insert(NORTH, StorageSamples.living("Oslo"));
        MemberId south = rigs.get()
                .insert(SOUTH, StorageSamples.living("Oslo").with(MemberField.MEMBER_NUMBER, FieldValue.text("S-1")));
        AppMember before = rigs.get().member(SOUTH, south);

        rigs.get().edit(NORTH, north, MemberState.empty().with(MemberField.MEMBER_NUMBER, FieldValue.text("N-1")));

        assertThat(rigs.get().member(SOUTH, south)).isEqualTo(before);
        assertThat(rigs.get().member(NORTH, north).state().value(MemberField.MEMBER_NUMBER))
                .isEqualTo(FieldValue.text("N-1"));
    }

    /** As many states as the field with the most values needs; each speaks of every standard field. */
    private static List<MemberState> states() {
        List<MemberState> states = new ArrayList<>();
        for (int i = 0; i <= FieldValueSamples.TEXTS.size(); i++) {
            MemberState.Builder state = MemberState.builder();
            for (MemberField field : MemberField.standard()) {
                List<FieldValue> values = FieldValueSamples.of(field);
                state.put(field, values.get(i % values.size()));
            }
            states.add(state.build());
        }
        return states;
    }

    // A map shows which field differs; a state shows no values.
    private static Map<String, String> values(MemberState state) {
        Map<String, String> values = new TreeMap<>();
        for (MemberField field : MemberField.standard()) {
            FieldValue value = state.value(field);
            values.put(field.key(), value + ":" + AgreementContract.content(value));
        }
        return values;
    }
}

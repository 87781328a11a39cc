package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.INTEGRATION;
import static io.membersync.testkit.contract.StorageSamples.id;
import static io.membersync.testkit.contract.StorageSamples.link;
import static io.membersync.testkit.contract.StorageSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.plan.Link;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a link's agreement keeps: both halves of every field, exactly as they were. */
@Requirement("B4")
abstract class AgreementContract {

    private static final MemberField OWN =
            MemberField.of("shoeSize", FieldCategory.ACTIVITY, MemberField.Kind.TEXT, MemberField.Owner.MEMBERSHIP);

    private final Supplier<StorageRig> rigs;

    AgreementContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void bothHalvesComeBackAsTheyWentInWhateverTheirKind() {
        List<FieldValue> values = FieldValueSamples.all();
        for (int i = 0; i < values.size(); i++) {
            FieldValue value = values.get(i);
            FieldValue other = values.get((i + 7) % values.size());
            Agreed agreed = Agreed.of(Map.of(
                    MemberField.STREET,
                    new AgreedPair(value, other, i % 2 == 0, i % 4 == 0),
                    MemberField.CITY,
                    AgreedPair.together(other, value)));

            rigs.get().saveLinks(INTEGRATION, with(link("m_" + i), agreed));

            assertThat(halves(i)).isEqualTo(halves(agreed));
        }
    }

    @Test
    void everyStandardFieldIsKeptAtOnce() {
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        for (MemberField field : MemberField.standard()) {
            FieldValue value = FieldValueSamples.of(field).get(0);
            pairs.put(field, AgreedPair.together(value, value));
        }

        Link stored = rigs.get()
                .saveLinks(INTEGRATION, with(link("m_1"), Agreed.of(pairs)))
                .get(0);

        assertThat(stored.agreed()).isEqualTo(Agreed.of(pairs));
    }

    @Test
    void halvesLeftApartByDecisionStayApart() {
        Agreed agreed = Agreed.of(Map.of(
                MemberField.EMAIL,
                AgreedPair.apart(FieldValue.text("app@example.org"), FieldValue.nothing()),
                MemberField.CITY,
                AgreedPair.together(FieldValue.text("Oslo"), FieldValue.text("OSLO "))));

        Link stored =
                rigs.get().saveLinks(INTEGRATION, with(link("m_1"), agreed)).get(0);

        assertThat(stored.agreed()).isEqualTo(agreed);
    }

    @Test
    void aHiddenValueIsKeptByItsHash() {
        FieldValue hidden = new FieldValue.Hidden("k1:abc");
        Agreed agreed = Agreed.of(Map.of(MemberField.NATIONAL_ID, AgreedPair.together(hidden, hidden)));

        Link stored =
                rigs.get().saveLinks(INTEGRATION, with(link("m_1"), agreed)).get(0);

        assertThat(stored.agreed().find(MemberField.NATIONAL_ID)).contains(AgreedPair.together(hidden, hidden));
    }

    @Test
    void aFieldOfTheHostsOwnIsKeptWithEverythingThatMakesIt() {
        Agreed agreed = Agreed.of(Map.of(OWN, AgreedPair.together(FieldValue.text("44"), FieldValue.text("44"))));

        Link stored =
                rigs.get().saveLinks(INTEGRATION, with(link("m_1"), agreed)).get(0);

        assertThat(stored.agreed()).isEqualTo(agreed);
        MemberField field = stored.agreed().fields().get(0);
        assertThat(List.of(field.category(), field.kind(), field.owner()))
                .isEqualTo(List.of(OWN.category(), OWN.kind(), OWN.owner()));
    }

    @Test
    void anAgreementIsReplacedAsAWhole() {
        FieldValue value = FieldValue.text("Oslo");
        Link first = rigs.get()
                .saveLinks(
                        INTEGRATION,
                        with(
                                link("m_1"),
                                Agreed.of(Map.of(
                                        MemberField.CITY, AgreedPair.together(value, value),
                                        MemberField.STREET, AgreedPair.together(value, value)))))
                .get(0);
        Agreed less = Agreed.of(Map.of(MemberField.CITY, AgreedPair.together(value, FieldValue.nothing())));

        rigs.get().saveLinks(INTEGRATION, with(first, less));
        assertThat(rigs.get().link(INTEGRATION, id("m_1")).agreed()).isEqualTo(less);

        rigs.get().saveLinks(INTEGRATION, with(rigs.get().link(INTEGRATION, id("m_1")), Agreed.none()));
        assertThat(rigs.get().link(INTEGRATION, id("m_1")).agreed()).isEqualTo(Agreed.none());
    }

    private Map<String, String> halves(int number) {
        return halves(rigs.get().link(INTEGRATION, id("m_" + number)).agreed());
    }

    // A map shows which half differs; an agreement shows no values.
    private static Map<String, String> halves(Agreed agreed) {
        Map<String, String> halves = new HashMap<>();
        agreed.forEach((field, pair) -> halves.put(
                field.key(),
                pair.app() + ":" + content(pair.app()) + " | " + pair.registry() + ":" + content(pair.registry())
                        + (pair.apart() ? " apart" : "")));
        return halves;
    }

    /** Everything that a value holds, as text for comparing. */
    static String content(FieldValue value) {
        if (value instanceof FieldValue.Hidden hidden) {
            return hidden.keyedHash();
        } else if (value instanceof FieldValue.Codes codes) {
            return codes.codes().stream()
                    .collect(Collectors.joining("\u0001", codes.codes().size() + "[", "]"));
        } else if (value instanceof FieldValue.Affiliations affiliations) {
            return affiliations.units().stream()
                    .map(unit -> unit.unit() + (unit.home() ? " home" : ""))
                    .collect(Collectors.joining("\u0001", "[", "]"));
        }
        return value.display();
    }
}

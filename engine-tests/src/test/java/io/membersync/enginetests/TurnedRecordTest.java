package io.membersync.enginetests;

import static io.membersync.enginetests.MatchingTest.insert;
import static io.membersync.enginetests.MatchingTest.matches;
import static io.membersync.enginetests.MatchingTest.person;
import static io.membersync.enginetests.MatchingTest.review;
import static io.membersync.enginetests.MatchingTest.reviews;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.matching.Candidate;
import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchOrder;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry gives an id to the next person: the member it was linked to is not overwritten. */
@Requirement({"B6", "R13"})
class TurnedRecordTest {

    private static final String KARI = """
            {"memberNumber": "0042",
             "person": {"firstName": "Kari", "lastName": "Li", "birthDate": "1971-02-03"},
             "contact": {"email": "kari@example.org", "mobile": "+4791234567"}}\
            """;

    private static final String OLA = """
            {"memberNumber": "0099",
             "person": {"firstName": "Ola", "lastName": "Nord", "birthDate": "1990-01-01"},
             "contact": {"email": "ola@example.org", "mobile": "+4792222222"}}\
            """;

    @TempDir
    Path folder;

    /** Kari, whose record is linked. */
    private record Kari(Scene scene, String id, MemberId member) implements AutoCloseable {

        static Kari on(HostSide host) {
            Scene scene = MatchingTest.scene(host, MatchOrder.STANDARD);
            String id = scene.registry().create(KARI);
            scene.full();
            return new Kari(scene, id, scene.member(id));
        }

        void becomes(String patch) {
            scene.registry().update(id, patch);
            scene.delta();
        }

        String firstName() {
            return Optional.ofNullable(scene.host().rows().get(member))
                    .map(row -> row.get("firstName"))
                    .orElseThrow();
        }

        void assertUntouched() {
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(scene.row(id))
                    .containsEntry("firstName", "Kari")
                    .containsEntry("birthDate", "1971-02-03")
                    .containsEntry("email", "kari@example.org");
        }

        @Override
        public void close() {
            scene.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aPersonIsAskedBeforeAMemberBecomesAnother(Place place) {
        try (Kari kari = Kari.on(place.open(folder))) {
            kari.becomes(OLA);
            kari.assertUntouched();
            assertThat(reviews(kari.scene())).singleElement().satisfies(review -> {
                assertThat(review.externalId().value()).isEqualTo(kari.id());
                assertThat(review.doubt()).isEqualTo(Doubt.ANOTHER_PERSON);
                assertThat(review.candidates())
                        .containsExactly(new Candidate(kari.member(), Set.of(), Optional.of(ExternalId.of(kari.id()))));
            });
            long revision = reviews(kari.scene()).get(0).revision();

            kari.scene().full();
            kari.scene().full();

            kari.assertUntouched();
            assertThat(reviews(kari.scene()).get(0).revision()).isEqualTo(revision);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whoIsTheSamePersonAllTheSameIsBroughtUpToDate(Place place) {
        try (Kari kari = Kari.on(place.open(folder))) {
            kari.becomes(OLA);

            matches(kari.scene()).link(review(kari.scene(), kari.id()), kari.member(), "A new life");
            kari.scene().retry();

            assertThat(kari.firstName()).isEqualTo("Ola");
            assertThat(reviews(kari.scene())).isEmpty();
            assertThat(kari.scene().full().counts().updated()).isZero();
            assertThat(kari.scene().host().rows()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whoIsSomebodyNewGetsAMemberOfTheirOwn(Place place) {
        try (Kari kari = Kari.on(place.open(folder))) {
            kari.becomes(OLA);

            matches(kari.scene()).create(Scene.INTEGRATION, reviews(kari.scene()), "The number was given on");
            kari.scene().retry();

            assertThat(kari.firstName()).isEqualTo("Kari");
            assertThat(kari.scene().row(kari.id())).containsEntry("firstName", "Ola");
            assertThat(kari.scene().host().rows()).hasSize(2);
            assertThat(reviews(kari.scene())).isEmpty();
        }
    }

    @Test
    void whoIsAMemberAlreadyIsLinkedToThatOne() {
        try (Kari kari = Kari.on(new MemoryHost())) {
            MemberId ola = insert(
                    kari.scene(),
                    HostSide.ORGANIZATION,
                    person("Ola", "Nord", LocalDate.of(1990, 1, 1), "ola@example.org", "92222222"));
            kari.becomes(OLA);

            matches(kari.scene()).link(review(kari.scene(), kari.id()), ola, "He is a member already");
            kari.scene().delta();

            assertThat(kari.scene().member(kari.id())).isEqualTo(ola);
            assertThat(kari.firstName()).isEqualTo("Kari");
            assertThat(kari.scene().host().rows()).hasSize(2);
        }
    }

    @Test
    void nobodyIsAskedAnyMoreOnceTheRecordIsAsItWas() {
        try (Kari kari = Kari.on(new MemoryHost())) {
            kari.becomes(OLA);

            kari.becomes(KARI);

            kari.assertUntouched();
            assertThat(reviews(kari.scene())).isEmpty();
        }
    }

    @Test
    void anIdThatIsGivenOnAfterItsRecordHasGoneIsAskedAboutToo() {
        DoctoredConnector.Doctor doctor = new DoctoredConnector.Doctor();
        doctor.singles = false;
        try (Scene scene = Scene.on(new MemoryHost())
                .members(3, 1)
                .options(builder -> builder.connector(doctor))
                .start()) {
            scene.registry().update("m_1", KARI);
            scene.full();
            Kari kari = new Kari(scene, "m_1", scene.member("m_1"));
            doctor.hidden = Set.of("m_1");
            scene.full();
            scene.full();
            assertThat(scene.linked()).doesNotContainKey("m_1");

            doctor.hidden = Set.of();
            scene.registry().update("m_1", OLA);
            scene.full();

            assertThat(kari.firstName()).isEqualTo("Kari");
            assertThat(reviews(scene)).extracting(open -> open.doubt()).containsExactly(Doubt.ANOTHER_PERSON);

            matches(scene).create(Scene.INTEGRATION, reviews(scene), "The id was given on");
            scene.full();

            assertThat(kari.firstName()).isEqualTo("Kari");
            assertThat(scene.row("m_1")).containsEntry("firstName", "Ola");
            assertThat(scene.host().rows()).hasSize(4);
        }
    }

    @Test
    void noEditOfTheMemberGoesToThePersonWhoHasTheIdNow() {
        try (Kari kari = Kari.on(new MemoryHost())) {
            kari.becomes(OLA);
            kari.scene().edit(kari.id(), MemberField.STREET, FieldValue.text("Gata 1"));

            kari.scene().delta();
            matches(kari.scene()).link(review(kari.scene(), kari.id()), kari.member(), "The same person");
            kari.scene().retry();

            assertThat(kari.firstName()).isEqualTo("Ola");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // has married, and the birth date was wrong
                "{\"person\": {\"firstName\": \"Kari Anne\", \"lastName\": \"Nord\", \"birthDate\": \"1971-03-02\"}}",
                // the names were the wrong way round
                "{\"person\": {\"firstName\": \"Li\", \"lastName\": \"Kari\", \"birthDate\": \"1971-03-02\"}}",
                // has another name altogether
                "{\"person\": {\"firstName\": \"Karl\", \"lastName\": \"Dal\"}, \"memberNumber\": \"0043\"}",
                "{\"person\": {\"birthDate\": \"1990-01-01\"}, \"memberNumber\": \"0043\"}"
            })
    void whatChangesInOneLifeIsTakenOver(String patch) {
        try (Kari kari = Kari.on(new MemoryHost())) {
            kari.becomes(patch);

            assertThat(reviews(kari.scene())).isEmpty();
            Rows.assertSame(
                    "taken over",
                    kari.scene().activeRows(),
                    RegistryRow.all(kari.scene().registry()));
        }
    }

    @Test
    void whatTheHostHasSaidItselfBeforeIsNoNews() {
        try (Kari kari = Kari.on(new MemoryHost())) {
            kari.scene().edit(kari.id(), MemberField.FIRST_NAME, FieldValue.text("Ola"));
            kari.scene().edit(kari.id(), MemberField.LAST_NAME, FieldValue.text("Nord"));

            kari.becomes(OLA);

            assertThat(kari.firstName()).isEqualTo("Ola");
            assertThat(reviews(kari.scene())).isEmpty();
        }
    }
}

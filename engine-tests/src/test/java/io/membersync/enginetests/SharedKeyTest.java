package io.membersync.enginetests;

import static io.membersync.enginetests.MatchingTest.insert;
import static io.membersync.enginetests.MatchingTest.matches;
import static io.membersync.enginetests.MatchingTest.person;
import static io.membersync.enginetests.MatchingTest.review;
import static io.membersync.enginetests.MatchingTest.reviews;
import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.matching.Match.Doubt;
import io.membersync.matching.MatchOrder;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.testkit.contract.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Father and son of one name and one e-mail address, and a host that knows no more of the one whom it has. */
@Requirement({"B6", "R13"})
class SharedKeyTest {

    private static final String FATHER_BORN = "1961-02-03";
    private static final String SON_BORN = "1991-04-05";
    private static final MemberState OLA = MemberState.builder()
            .put(MemberField.FIRST_NAME, FieldValue.text("Ola"))
            .put(MemberField.LAST_NAME, FieldValue.text("Nord"))
            .put(MemberField.EMAIL, FieldValue.text("nord@example.org"))
            .build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Place.class)
    void bothAreAskedAboutWhereBothAreRead(Place place) {
        try (Scene scene = MatchingTest.scene(place.open(folder), MatchOrder.STANDARD)) {
            MemberId ola = insert(scene, HostSide.ORGANIZATION, OLA);
            String son = scene.registry().create(nord("0002", SON_BORN));
            String father = scene.registry().create(nord("0001", FATHER_BORN));

            scene.full();

            assertThat(scene.linked()).isEmpty();
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(reviews(scene)).hasSize(2).allSatisfy(review -> {
                assertThat(review.doubt()).isEqualTo(Doubt.SEVERAL_RECORDS);
                assertThat(review.candidates())
                        .extracting(each -> each.member())
                        .containsExactly(ola);
            });

            // Read alone, neither is known to be the only one.
            scene.registry().update(son, "{\"contact\": {\"mobile\": \"+4790000001\"}}");
            scene.delta();
            assertThat(scene.linked()).isEmpty();
            assertThat(reviews(scene)).hasSize(2);

            matches(scene).link(review(scene, father), ola, "He has been here for years");
            matches(scene).create(Scene.INTEGRATION, java.util.List.of(review(scene, son)), "The son");
            scene.retry();
            assertThat(scene.linked()).containsEntry(father, ola).hasSize(2);
            assertThat(reviews(scene)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void theFirstIsAskedAboutWhenTheSecondComesLaterInTheRun(Place place) {
        try (Scene scene = Scene.on(place.open(folder))
                .members(0, 1)
                .pageSize(1)
                .options(builder -> builder.batches(1, 1, Duration.ofHours(1)))
                .start()) {
            MemberId ola = insert(scene, HostSide.ORGANIZATION, OLA);
            String first = scene.registry().create(nord("0002", SON_BORN));
            String second = scene.registry().create(nord("0001", FATHER_BORN));

            scene.full();

            assertThat(scene.linked()).containsOnlyKeys(first).containsValue(ola);
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(review(scene, second)).satisfies(review -> {
                assertThat(review.doubt()).isEqualTo(Doubt.SEVERAL_RECORDS);
                assertThat(review.candidates().get(0).takenBy()).contains(ExternalId.of(first));
            });
            assertThat(review(scene, first).doubt()).isEqualTo(Doubt.SEVERAL_RECORDS);
            scene.full();
            assertThat(scene.host().rows()).hasSize(1);
            assertThat(reviews(scene)).hasSize(2);

            scene.registry().update(first, "{\"contact\": {\"mobile\": \"+4790000001\"}}");
            scene.delta();
            assertThat(review(scene, first).doubt()).isEqualTo(Doubt.SEVERAL_RECORDS);
        }
    }

    @Test
    void theFirstIsLeftWhereItIsWhenAPersonSaysSo() {
        try (Scene scene = later()) {
            MatchReview first = reviews(scene).get(0);

            matches(scene).link(first, scene.member(first.externalId().value()), "That is right");

            assertThat(reviews(scene)).hasSize(1);
            assertThat(scene.linked()).containsOnlyKeys(first.externalId().value());
        }
    }

    @Test
    void theFirstIsTakenOffWhenAPersonSaysSo() {
        try (Scene scene = later()) {
            MatchReview first = reviews(scene).get(0);
            MatchReview second = reviews(scene).get(1);
            MemberId ola = scene.member(first.externalId().value());

            matches(scene).create(Scene.INTEGRATION, java.util.List.of(first), "The son");
            matches(scene).link(second, ola, "The father");
            scene.retry();

            assertThat(scene.member(second.externalId().value())).isEqualTo(ola);
            assertThat(scene.linked()).hasSize(2);
            assertThat(scene.host().rows()).hasSize(2);
            assertThat(reviews(scene)).isEmpty();
        }
    }

    private static Scene later() {
        Scene scene = Scene.on(new MemoryHost())
                .members(0, 1)
                .pageSize(1)
                .options(builder -> builder.batches(1, 1, Duration.ofHours(1)))
                .start();
        insert(scene, HostSide.ORGANIZATION, OLA);
        scene.registry().create(nord("0002", SON_BORN));
        scene.registry().create(nord("0001", FATHER_BORN));
        scene.full();
        return scene;
    }

    /** Whoever alone has the birth date or number that the host knows is no guess, in whatever order they come. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoAloneIsConfirmedIsLinked(boolean fatherFirst) {
        try (Scene scene = MatchingTest.scene(new MemoryHost(), MatchOrder.STANDARD)) {
            MemberId ola = insert(
                    scene,
                    HostSide.ORGANIZATION,
                    person("Ola", "Nord", LocalDate.parse(FATHER_BORN), "nord@example.org", "91111111"));
            String one = scene.registry().create(nord("0001", fatherFirst ? FATHER_BORN : SON_BORN));
            String other = scene.registry().create(nord("0002", fatherFirst ? SON_BORN : FATHER_BORN));

            scene.full();

            assertThat(scene.linked())
                    .containsOnlyKeys(fatherFirst ? one : other)
                    .containsValue(ola);
            assertThat(reviews(scene)).hasSize(1);
        }
    }

    @Test
    void anOnlyOneIsLinked() {
        try (Scene scene = MatchingTest.scene(new MemoryHost(), MatchOrder.STANDARD)) {
            MemberId ola = insert(scene, HostSide.ORGANIZATION, OLA);
            String father = scene.registry().create(nord("0001", FATHER_BORN));
            scene.full();
            assertThat(scene.member(father)).isEqualTo(ola);

            String son = scene.registry().create(nord("0002", SON_BORN));
            scene.delta();
            assertThat(scene.linked()).containsOnlyKeys(father);
            assertThat(review(scene, son).doubt()).isEqualTo(Doubt.MEMBER_TAKEN);
        }
    }

    @Test
    void twoRecordsOfOneNameAndBirthDateAreAskedAbout() {
        try (Scene scene = MatchingTest.scene(new MemoryHost(), MatchOrder.STANDARD)) {
            insert(
                    scene,
                    HostSide.ORGANIZATION,
                    person("Ola", "Nord", LocalDate.parse(FATHER_BORN), "other@example.org", "91111111"));
            scene.registry().create(nord("0001", FATHER_BORN));
            scene.registry().create(nord("0002", FATHER_BORN));

            scene.full();

            assertThat(scene.linked()).isEmpty();
            assertThat(reviews(scene))
                    .extracting(MatchReview::doubt)
                    .containsExactly(Doubt.SEVERAL_RECORDS, Doubt.SEVERAL_RECORDS);
        }
    }

    private static String nord(String number, String born) {
        return "{\"memberNumber\": \"" + number + "\", \"person\": {\"firstName\": \"Ola\", \"lastName\": \"Nord\","
                + " \"birthDate\": \"" + born + "\"}, \"contact\": {\"email\": \"nord@example.org\"}}";
    }
}

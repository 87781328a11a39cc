package io.membersync.connector.consio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.membersync.connector.Connector;
import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbered pages that shift under the reader. */
@Requirement({"A2", "R1"})
class PagesTest {

    private final Rig rig = new Rig(Instant.parse("2026-03-02T10:00:00Z"), setup -> setup.members(1_234));

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void everyRequestNamesTheVersionTheOrderAndNoMoreThanAPageHolds() {
        List<Page> pages = Rig.listing(rig.connector());

        assertThat(Rig.ids(pages))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_234)
                        .mapToObj(Long::toString)
                        .toList());
        rig.registry.assertNoViolations();
        assertThat(rig.registry.requests().requests())
                .allMatch(request -> "2.3".equals(request.request().query().get("version")));
        assertThat(rig.registry.requests().requests("GET /medlemmer"))
                .allMatch(request -> "medlemId".equals(request.request().query().get("sorter")))
                .allMatch(PagesTest::holdsAtMostAHundred);
    }

    private static boolean holdsAtMostAHundred(LoggedRequest request) {
        return Integer.parseInt(request.request().query().getOrDefault("antall", "")) <= 100;
    }

    @Test
    void aListingTakesHardlyMoreRequestsThanItHasPagesAndNoneForAMember() {
        Rig.listing(rig.connector());

        assertThat(rig.registry.requests().count("GET /medlemmer")).isLessThanOrEqualTo(15);
        assertThat(rig.registry.requests().count("GET /medlemmer/{id}")).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nobodyIsMissedWhileRowsAreInsertedAndRemovedEverywhere(long seed) {
        Random random = new Random(seed);
        Connector connector = rig.connector();
        Set<Long> throughout =
                new HashSet<>(LongStream.rangeClosed(1, 1_234).boxed().toList());
        List<Page> pages = new ArrayList<>(List.of(connector.fullReader().read(Cursor.START)));
        while (Rig.last(pages).ending() == Page.Ending.MORE) {
            for (int i = random.nextInt(60); i > 0; i--) {
                shift(random, throughout);
            }
            pages.add(connector.fullReader().read(Rig.last(pages).next().orElseThrow()));
        }

        assertThat(Rig.ids(pages).stream().map(Long::valueOf).toList())
                .containsAll(throughout)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(rig.registry.requests().count("GET /medlemmer")).isLessThan(60);
    }

    private void shift(Random random, Set<Long> throughout) {
        long id = 1L + random.nextInt(1_234);
        if (rig.registry.member(id).isPresent()) {
            rig.registry.delete(id);
            throughout.remove(id);
        } else {
            rig.registry.create("{\"medlemId\":" + id + "}");
        }
    }

    @Test
    void aRegistryWithSmallerPagesThanItPromisesIsReadWhole() {
        rig.registry
                .faults()
                .on("GET /medlemmer")
                .then(call -> new SmallerPages(rig.registry, 40).answer(call.request()));

        assertThat(Rig.ids(Rig.listing(rig.connector()))).hasSize(1_234).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyRegistryIsComplete() {
        try (Rig empty = new Rig(Instant.parse("2026-03-02T10:00:00Z"), setup -> setup.members(0))) {
            assertThat(Rig.listing(empty.connector())).singleElement().satisfies(page -> {
                assertThat(page.records()).isEmpty();
                assertThat(page.ending()).isEqualTo(Page.Ending.COMPLETE);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"total\":1234->\"total\":1300",
                "\"total\":1234->\"total\":50",
                "\"total\":1234,->",
                "\"side\":1->\"side\":2",
                "\"antall\":100->\"antall\":500",
                "{\"medlemId\":50,->{\"medlemId\":3,",
            })
    void aPageThatContradictsItselfIsRefused(String change) {
        String[] replaced = change.split("->", -1);
        rig.registry.faults().on("GET /medlemmer").then(call -> replacing(call.proceed(), replaced[0], replaced[1]));
        Connector connector = rig.connector();

        RegistryException refused = catchThrowableOfType(
                RegistryException.class, () -> connector.fullReader().read(Cursor.START));
        if (refused == null) {
            // A higher total alone can be true until the pages come to an end.
            refused = catchThrowableOfType(RegistryException.class, () -> Rig.listing(connector));
        }

        assertThat(refused.fault()).isEqualTo(Fault.UNREADABLE);
    }

    private static Answer replacing(Answer answer, String old, String other) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return answer.withBody(body.replace(old, other).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPlaceFromElsewhereIsExpired() {
        Connector connector = rig.connector();

        assertThat(List.of("side:2", "1-0-5", "x"))
                .allSatisfy(text -> assertThat(catchThrowableOfType(
                                        RegistryException.class,
                                        () -> connector.fullReader().read(new Cursor(text)))
                                .fault())
                        .isEqualTo(Fault.CURSOR_EXPIRED));
    }
}

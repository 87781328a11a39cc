package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.Page.Ending;
import io.membersync.fault.Fault;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.LoggedRequest;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Full reads: tracked, by links that are followed byte for byte and never to a stranger. */
class LinksTest {

    private final Environment environment = new Environment();

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void followsEachLinkByteForByteWithThePageSizeOfTheFirst() {
        List<Page> pages = environment.readAll(environment.connector());

        List<LoggedRequest> asked = environment.requests("GET /contacts");
        assertThat(asked).hasSize(3);
        for (int i = 1; i < asked.size(); i++) {
            String link = pages.get(i - 1).next().orElseThrow().text();
            assertThat(environment.simulator.environmentUrl() + asked.get(i).target())
                    .isEqualTo(link)
                    .contains("%253ccookie%2520page");
        }
        assertThat(asked)
                .allMatch(request -> Environment.header(request, "Prefer").contains("odata.maxpagesize=10"));
        assertThat(environment.simulator.violations()).isEmpty();
    }

    @Test
    void tracksChangesFromTheFirstPageOnWithoutAnyFilter() {
        List<Page> pages = environment.readAll(environment.connector());

        LoggedRequest first = environment.requests("GET /contacts").get(0);
        assertThat(Environment.header(first, "Prefer")).isEqualTo("odata.track-changes,odata.maxpagesize=10");
        assertThat(first.request().query()).containsOnlyKeys("$select");
        assertThat(pages.subList(0, 2)).allMatch(page -> page.feedPosition().isEmpty());
        assertThat(pages.get(2).ending()).isEqualTo(Ending.COMPLETE);
        assertThat(pages.get(2).feedPosition().orElseThrow().text()).contains("$deltatoken=");
    }

    @Test
    void asksForNothingButPages() {
        environment.feedPosition();

        assertThat(environment.simulator.requests().countByRoute())
                .containsOnlyKeys("POST /token", "GET /contacts")
                .containsEntry("POST /token", 1L);
    }

    @Test
    void cutsPagesToWhatDataverseGives() {
        DynamicsConnector connector = environment.connector(environment.secret(), Map.of("pageSize", "9999"));
        environment.readAll(connector);

        assertThat(connector.abilities().pageSize()).isEqualTo(5000);
        assertThat(Environment.header(environment.requests("GET /contacts").get(0), "Prefer"))
                .contains("odata.maxpagesize=5000");
    }

    @Test
    void sendsNothingWhereALinkLeadsElsewhere() {
        try (DataverseSimulator stranger = DataverseSimulator.builder().start()) {
            environment.simulator.switches().leadLinksTo(stranger.environmentUrl());
            DynamicsConnector connector = environment.connector();
            Page first = connector.fullReader().read(Cursor.START);
            Cursor elsewhere = first.next().orElseThrow();

            assertThat(elsewhere.text()).startsWith(stranger.environmentUrl().toString());
            assertThat(Environment.failure(() -> connector.fullReader().read(elsewhere))
                            .fault())
                    .isEqualTo(Fault.ENDPOINT);
            assertThat(Environment.failure(() -> environment.changes(elsewhere)).fault())
                    .isEqualTo(Fault.ENDPOINT);
            assertThat(stranger.requests().count()).isZero();
        }
    }

    @Test
    void sendsNothingForAPlaceThatIsNoLink() {
        DynamicsConnector connector = environment.connector();

        assertThat(Environment.failure(() -> connector.fullReader().read(new Cursor("c_17")))
                        .fault())
                .isEqualTo(Fault.CURSOR_EXPIRED);
        assertThat(environment.simulator.requests().count()).isZero();
    }

    @Test
    void readsATableThatTracksNothingAllTheSame() {
        environment.simulator.switches().changeTracking(false);

        List<Page> pages = environment.readAll(environment.connector());

        assertThat(pages).hasSize(3).allMatch(page -> page.feedPosition().isEmpty());
        assertThat(pages.get(2).ending()).isEqualTo(Ending.COMPLETE);
        assertThat(pages.stream().mapToInt(page -> page.records().size()).sum()).isEqualTo(25);
    }

    @Test
    void concludesNothingFromATrackedListingWithoutTheLinkToChanges() {
        environment
                .simulator
                .faults()
                .on("GET /contacts")
                .then(call -> Answer.of(200, "application/json", "{\"value\":[]}"));

        Page page = environment.connector().fullReader().read(Cursor.START);

        assertThat(page.ending()).isEqualTo(Ending.UNKNOWN);
    }

    @Test
    void tellsACodeOfARefusedListing() {
        DynamicsConnector connector =
                environment.connector(environment.secret(), Map.of("columns", "lastname,hlf_unknown"));

        assertThat(Environment.failure(() -> connector.fullReader().read(Cursor.START)))
                .hasMessageContaining("0x80060888")
                .satisfies(failure -> assertThat(failure.fault()).isEqualTo(Fault.REJECTED));
    }
}

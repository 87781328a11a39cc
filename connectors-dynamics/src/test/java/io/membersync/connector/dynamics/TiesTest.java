package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.connector.DeltaReader;
import io.membersync.connector.Page;
import io.membersync.connector.Page.Ending;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryRecord.Present;
import io.membersync.testkit.contract.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Very many contacts that changed at one and the same instant. */
class TiesTest {

    private static final int CONTACTS = 25_000;
    private static final int PAGE = 5_000;

    @Test
    @Requirement("R15")
    void twentyFiveThousandContactsOfOneInstantAreReadWholeAndOnce() {
        try (Environment environment = new Environment(builder -> builder.members(CONTACTS))) {
            DynamicsConnector connector =
                    environment.connector(environment.secret(), Map.of("pageSize", String.valueOf(PAGE)));
            List<Page> listing = environment.readAll(connector);
            Cursor from = listing.get(listing.size() - 1).feedPosition().orElseThrow();
            environment.simulator.ids().forEach(id -> environment.simulator.update(id, "{\"firstname\":\"Ny\"}"));

            List<String> changed = new ArrayList<>();
            DeltaReader reader = connector.deltaReader().orElseThrow();
            int pages = 0;
            Page page = reader.read(from);
            for (; page.ending() == Ending.MORE && pages < CONTACTS; pages++) {
                add(page, changed);
                page = reader.read(page.next().orElseThrow());
            }
            add(page, changed);

            assertThat(ids(listing)).hasSize(CONTACTS).doesNotHaveDuplicates();
            assertThat(changed)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(environment.simulator.ids());
            assertThat(pages).isLessThanOrEqualTo(CONTACTS / PAGE);
            assertThat(reader.read(page.next().orElseThrow()).records()).isEmpty();
        }
    }

    private static List<String> ids(List<Page> pages) {
        List<String> ids = new ArrayList<>();
        pages.forEach(page -> add(page, ids));
        return ids;
    }

    private static void add(Page page, List<String> ids) {
        for (RegistryRecord record : page.records()) {
            assertThat(record).isInstanceOf(Present.class);
            ids.add(((Present) record).externalId().value());
        }
    }
}

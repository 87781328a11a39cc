package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.connector.Page;
import io.membersync.connector.Page.Ending;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.Fault;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas: what changed, was deactivated, merged or deleted since a link was given. */
class ChangeTrackingTest {

    private final Environment environment = new Environment();

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void movesItsPlaceOnAlsoWhereNothingChanged() {
        Cursor from = environment.feedPosition();
        environment.time.advance(Duration.ofMinutes(1));

        Page page = environment.changes(from);

        assertThat(page.records()).isEmpty();
        assertThat(page.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(page.next()).isPresent().isNotEqualTo(java.util.Optional.of(from));
    }

    @Test
    void tellsADeactivatedContactAsPresent() {
        Cursor from = environment.feedPosition();
        String id = environment.anyId();
        environment.simulator.update(id, "{\"hlf_memberstatus\":100000000}");
        environment.simulator.deactivate(id);

        assertThat(environment.changes(from).records()).singleElement().satisfies(record -> {
            assertThat(Environment.value(record, "statecode")).isEqualTo(new RawValue.Numeral("1"));
            assertThat(Environment.value(record, "hlf_memberstatus.state")).isEqualTo(new RawValue.Text("100000000/1"));
        });
    }

    @Test
    void tellsAMergedContactWithTheOneThatItWentInto() {
        Cursor from = environment.feedPosition();
        String id = environment.anyId();
        String into = environment.simulator.create("{\"lastname\":\"Nordmann\"}");
        environment.simulator.merge(id, into);

        assertThat(environment.changes(from).records())
                .contains(new RegistryRecord.Merged(ExternalId.of(id), ExternalId.of(into)));
    }

    @Test
    void tellsADeletionOfAContactThatNobodyEverSaw() {
        Cursor from = environment.feedPosition();
        String id = environment.simulator.create("{\"lastname\":\"Kortvarig\"}");
        environment.simulator.delete(id);

        assertThat(environment.changes(from).records())
                .containsExactly(new RegistryRecord.Gone(ExternalId.of(id), "deleted"));
    }

    @Test
    void readsManyChangesByPagesAndNothingElse() {
        Cursor from = environment.feedPosition();
        environment.simulator.ids().forEach(id -> environment.simulator.update(id, "{\"firstname\":\"Ny\"}"));
        environment.simulator.delete(environment.anyId());
        long before = environment.simulator.requests().count();

        Page page = environment.changes(from);
        int records = page.records().size();
        while (page.ending() == Ending.MORE) {
            page = environment.changes(page.next().orElseThrow());
            records += page.records().size();
        }

        assertThat(records).isEqualTo(25);
        assertThat(environment.simulator.requests().count() - before).isEqualTo(3);
        assertThat(environment.simulator.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410, 500})
    void seesAnExpiredPlaceWhateverTheStatus(int status) {
        Cursor from = environment.feedPosition();
        environment.simulator.switches().expiryStatus(status);
        environment.time.advance(Duration.ofDays(8));

        assertThat(Environment.failure(() -> environment.changes(from)).fault()).isEqualTo(Fault.CURSOR_EXPIRED);
    }

    @Test
    void seesAPlaceExpireWithTheTablesMetadata() {
        Cursor from = environment.feedPosition();
        environment.simulator.changeMetadata();

        assertThat(Environment.failure(() -> environment.changes(from)).fault()).isEqualTo(Fault.CURSOR_EXPIRED);
        assertThat(environment.changes(environment.feedPosition()).records()).isEmpty();
    }

    @Test
    void takesNoOtherRefusalForAnExpiredPlace() {
        Cursor from = environment.feedPosition();
        environment
                .simulator
                .faults()
                .on("GET /contacts/delta")
                .then(DataverseSimulator.error(400, "0x80040203", "No"));

        assertThat(Environment.failure(() -> environment.changes(from)).fault()).isEqualTo(Fault.REJECTED);
    }
}

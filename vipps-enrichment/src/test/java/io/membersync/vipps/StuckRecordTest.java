package io.membersync.vipps;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.testkit.contract.Requirement;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.SyntheticNationalId;
import io.membersync.testkit.simulator.vipps.VippsPerson;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that the registry never takes keeps nobody else waiting. */
@Requirement("F3")
class StuckRecordTest {

    private final World world = World.open();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 401, 403, 400})
    void keepsNobodyWaitingAndBecomesACase(int status) {
        List<String> records = world.without();
        String stuck = records.get(0);
        refuse(stuck, status);
        logIn(stuck, 0);
        world.until(() -> world.task(stuck).orElseThrow().progress().reason().isPresent());

        for (int i = 1; i <= 14; i++) {
            String other = records.get(i % (records.size() - 1) + 1);
            logIn(other, i);
            world.until(() -> {
                world.time.advance(Duration.ofSeconds(10));
                return !world.task(other).orElseThrow().state().waiting();
            });
            world.time.advance(Duration.ofMinutes(10));
            world.engine.tick();
        }

        world.until(() -> {
            world.time.advance(Duration.ofMinutes(10));
            return world.task(stuck).orElseThrow().state() == EnrichmentState.FAILED;
        });
        assertThat(world.cases()).anySatisfy(found -> assertThat(found.member()).isEqualTo(world.member(stuck)));
    }

    @Test
    void othersGoAtOnce() {
        String stuck = world.without().get(0);
        String other = world.without().get(1);
        refuse(stuck, 500);
        logIn(stuck, 0);
        world.until(() -> world.task(stuck).orElseThrow().progress().reason().isPresent());

        logIn(other, 1);

        // Without a moment passing: a pause of the whole integration would last for seconds.
        world.untilStateOf(other, EnrichmentState.STORED);
        assertThat(world.task(stuck).orElseThrow().state()).isEqualTo(EnrichmentState.PENDING);
    }

    private void refuse(String record, int status) {
        world.registry
                .faults()
                .on(World.PUT)
                .when(request -> List.of(request.path().split("/", -1)).contains(record))
                .then(Fault.status(status));
    }

    private void logIn(String record, int ordinal) {
        world.logIn(record, VippsPerson.with(SyntheticNationalId.of(LocalDate.of(1976, 6, 6), true, ordinal)));
    }
}

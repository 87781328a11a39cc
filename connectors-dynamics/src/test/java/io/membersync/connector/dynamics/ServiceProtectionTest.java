package io.membersync.connector.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.connector.Cursor;
import io.membersync.fault.Fault;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment asks for when it is called too often is heeded, by everybody who uses the credential. */
class ServiceProtectionTest {

    private final Environment environment = new Environment();

    @AfterEach
    void close() {
        environment.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0x80072322,7,7",
        "0x80072321,abc,0",
        "0x80072326,0,0",
        "0x80072326,,0",
        "0x80072322,'Mon, 02 Mar 2026 10:00:30 GMT',30",
    })
    void waitsAsLongAsItIsAskedToAndReadsOn(String code, String retryAfter, long seconds) {
        environment
                .simulator
                .faults()
                .on("GET /contacts")
                .times(1)
                .then(DataverseSimulator.serviceProtection(code, Optional.ofNullable(retryAfter)));
        Instant before = environment.time.instant();

        assertThat(environment.readAll(environment.connector())).hasSize(3);
        assertThat(Duration.between(before, environment.time.instant()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds))
                .isLessThan(Duration.ofSeconds(seconds + 2));
    }

    @Test
    void keepsEveryConnectorOfTheCredentialSilent() {
        environment
                .simulator
                .faults()
                .on("GET /contacts")
                .times(1)
                .then(DataverseSimulator.serviceProtection("0x80072321", Optional.of("86000")));
        DynamicsConnector one = environment.connector();
        DynamicsConnector other = environment.connector();

        assertThat(Environment.failure(() -> one.fullReader().read(Cursor.START))
                        .retryAfter())
                .contains(Duration.ofSeconds(86_000));
        long before = environment.simulator.requests().count();
        assertThat(Environment.failure(() -> other.fullReader().read(Cursor.START))
                        .fault())
                .isEqualTo(Fault.THROTTLED);
        assertThat(environment.simulator.requests().count()).isEqualTo(before);
    }

    @Test
    void getsThroughASlidingWindow() {
        try (Environment narrow = new Environment(builder -> builder.limits(2, 52))) {
            assertThat(narrow.readAll(narrow.connector())).hasSize(3);
            assertThat(narrow.simulator.requests().requests(request -> request.status() == 429))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 503})
    void concludesNothingFromAWebPage(int status) {
        environment.simulator.faults().on("GET /contacts").then(io.membersync.testkit.simulator.Fault.html(status));

        assertThat(Environment.failure(() -> environment
                                .connector(environment.secret(), Map.of())
                                .fullReader()
                                .read(Cursor.START))
                        .fault())
                .isEqualTo(status == 200 ? Fault.ENDPOINT : Fault.REGISTRY_DOWN);
    }
}

package io.membersync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.meter.Meter;
import io.membersync.testkit.contract.Requirement;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Measurements in Micrometer. */
@Requirement("E5")
class MemberSyncMetersTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final MemberSyncMeters meters = new MemberSyncMeters(registry);

    private static Map<String, String> tags(Meter meter) {
        return meter.tags().stream().collect(Collectors.toMap(tag -> tag, tag -> "of-" + tag));
    }

    @ParameterizedTest
    @EnumSource(Meter.class)
    void everyMeterArrivesUnderItsNameWithItsTags(Meter meter) {
        meters.measured(meter, tags(meter), 2);
        meters.measured(meter, tags(meter), 3);

        var found = registry.get(meter.id());
        tags(meter).forEach(found::tag);
        switch (meter.kind()) {
            case COUNTER -> assertThat(found.counter().count()).isEqualTo(5);
            case GAUGE -> assertThat(found.gauge().value()).isEqualTo(3);
            case TIMER -> {
                assertThat(found.timer().count()).isEqualTo(2);
                assertThat(found.timer().totalTime(TimeUnit.SECONDS)).isEqualTo(5);
            }
        }
    }

    @Test
    void aGaugeThatNobodyMeasuresAnyMoreIsNotANumber() {
        meters.measured(Meter.LIGHT, tags(Meter.LIGHT), 2);
        clock.add(Duration.ofMinutes(2));
        assertThat(registry.get("membersync.light").gauge().value()).isEqualTo(2);

        clock.add(Duration.ofSeconds(1));
        assertThat(registry.get("membersync.light").gauge().value()).isNaN();

        meters.measured(Meter.LIGHT, tags(Meter.LIGHT), 0);
        assertThat(registry.get("membersync.light").gauge().value()).isZero();
    }
}

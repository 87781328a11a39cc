package io.membersync.spring;

import io.membersync.meter.Meter;
import io.membersync.meter.MeterSink;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes what the engine measures to Micrometer: ids, kinds, units and tags are those of {@link Meter}. A gauge that was
 * not measured for two minutes, because the integration is gone or no engine looks, is not a number. Safe for many
 * threads.
 */
public final class MemberSyncMeters implements MeterSink {

    private static final Duration FRESH = Duration.ofMinutes(2);
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final Map<Series, LastValue> gauges = new ConcurrentHashMap<>();

    /**
     * Makes a sink.
     *
     * @param registry where the meters go
     */
    public MemberSyncMeters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public void measured(Meter meter, Map<String, String> tags, double value) {
        List<Tag> named = meter.tags().stream()
                .map(name -> Tag.of(name, tags.getOrDefault(name, "")))
                .toList();
        switch (meter.kind()) {
            case COUNTER ->
                Counter.builder(meter.id())
                        .baseUnit(meter.unit())
                        .tags(named)
                        .register(registry)
                        .increment(value);
            case TIMER ->
                Timer.builder(meter.id())
                        .tags(named)
                        .register(registry)
                        .record(Duration.ofNanos(Math.round(value * NANOS)));
            case GAUGE ->
                gauges.computeIfAbsent(new Series(meter, named), this::gauge).set(value);
        }
    }

    private LastValue gauge(Series series) {
        LastValue last = new LastValue(registry.config().clock());
        Gauge.builder(series.meter().id(), last, LastValue::value)
                .baseUnit(series.meter().unit())
                .tags(series.tags())
                .register(registry);
        return last;
    }

    private record Series(Meter meter, List<Tag> tags) {}

    /** What was measured last. Safe for many threads. */
    private static final class LastValue {

        private final Clock clock;
        private volatile Measured measured = new Measured(Double.NaN, 0);

        LastValue(Clock clock) {
            this.clock = clock;
        }

        void set(double value) {
            measured = new Measured(value, clock.monotonicTime());
        }

        double value() {
            Measured last = measured;
            return clock.monotonicTime() - last.at() > FRESH.toNanos() ? Double.NaN : last.value();
        }

        private record Measured(double value, long at) {}
    }
}

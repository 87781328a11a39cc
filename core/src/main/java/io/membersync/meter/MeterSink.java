package io.membersync.meter;

import java.util.Map;

/**
 * Takes what the engine measures to the host's metrics. Called on the engine's listener thread, after what was measured:
 * what it throws is counted and logged, and its slowness delays no sync.
 */
@FunctionalInterface
public interface MeterSink {

    /**
     * Takes a measurement.
     *
     * @param meter what was measured; its kind tells whether to add the value, to record it, or to put it in place of the
     *     last of the same tags
     * @param tags a value for each of the meter's tags: ids and names of states, nothing personal
     * @param value the value, in the meter's unit
     */
    void measured(Meter meter, Map<String, String> tags, double value);
}

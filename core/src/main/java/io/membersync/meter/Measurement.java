package io.membersync.meter;

import java.util.Map;
import java.util.Objects;

/**
 * Something that was measured. Immutable; holds no personal data.
 *
 * @param meter what
 * @param tags a value for each of the meter's tags
 * @param value how much, in the meter's unit
 */
public record Measurement(Meter meter, Map<String, String> tags, double value) {

    /**
     * Copies the tags.
     *
     * @throws IllegalArgumentException when they are not those of the meter
     */
    public Measurement {
        Objects.requireNonNull(meter, "meter");
        tags = Map.copyOf(tags);
        if (!tags.keySet().equals(meter.tags())) {
            throw new IllegalArgumentException(meter.id() + " has the tags " + meter.tags() + ", not " + tags.keySet());
        }
    }
}

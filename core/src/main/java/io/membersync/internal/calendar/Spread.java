package io.membersync.internal.calendar;

import io.membersync.model.IntegrationId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;

/**
 * An integration's place among all others, so that they do not start in the same second. It comes from the id alone and
 * is the same after every restart and on every node.
 *
 * @param share 0 to just under 1
 */
record Spread(double share) {

    private static final double PLACES = 1L << 32;

    static Spread of(IntegrationId integration) {
        CRC32 sum = new CRC32();
        sum.update(integration.value().getBytes(StandardCharsets.UTF_8));
        return new Spread(sum.getValue() / PLACES);
    }

    /** {@return the place in a span, to the second} */
    Duration in(Duration span) {
        return Duration.ofSeconds((long) (span.toSeconds() * share));
    }
}

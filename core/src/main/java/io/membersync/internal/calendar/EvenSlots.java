package io.membersync.internal.calendar;

import java.time.Duration;
import java.time.Instant;

/**
 * Moments that are equally far apart.
 *
 * @param apart how far, whole seconds
 * @param spread the integration's place between two of them
 */
record EvenSlots(Duration apart, Spread spread) implements Slots {

    @Override
    public Instant after(Instant moment) {
        long step = apart.toSeconds();
        long offset = spread.in(apart).toSeconds();
        long passed = Math.floorDiv(moment.getEpochSecond() - offset, step);
        return Instant.ofEpochSecond((passed + 1) * step + offset);
    }
}

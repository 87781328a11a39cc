package io.membersync.internal.calendar;

import io.membersync.run.SyncSchedule.Nightly;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An integration's moment in each night's window. It is as long after the window opens every night, unless the clocks
 * are set on in between and cut the window short: then it comes as much sooner. A window that such a night lacks
 * altogether is taken as its full length from the first moment that there is. In a night that has an hour twice, the
 * window opens in the first one.
 *
 * @param nightly the window
 * @param spread the integration's place in it
 */
record NightlyWindows(Nightly nightly, Spread spread) implements Slots {

    @Override
    public Instant after(Instant moment) {
        // A window may reach over midnight, and a zone may leave a whole day out.
        LocalDate day = moment.atZone(nightly.zone()).toLocalDate().minusDays(2);
        Instant slot = on(day);
        while (!slot.isAfter(moment)) {
            day = day.plusDays(1);
            slot = on(day);
        }
        return slot;
    }

    private Instant on(LocalDate day) {
        boolean overMidnight = !nightly.until().isAfter(nightly.from());
        LocalDate end = overMidnight ? day.plusDays(1) : day;
        Instant opens = day.atTime(nightly.from()).atZone(nightly.zone()).toInstant();
        Instant closes = end.atTime(nightly.until()).atZone(nightly.zone()).toInstant();
        Duration usual = Duration.between(day.atTime(nightly.from()), end.atTime(nightly.until()));
        Duration tonight = Duration.between(opens, closes);
        boolean shorter = tonight.compareTo(usual) < 0 && tonight.compareTo(Duration.ZERO) > 0;
        return opens.plus(spread.in(shorter ? tonight : usual));
    }
}

package io.membersync.internal.calendar;

import java.time.Instant;

/** Moments at which something is due, the same whoever works them out. Pure. */
@FunctionalInterface
interface Slots {

    /** {@return the first moment behind another} */
    Instant after(Instant moment);
}

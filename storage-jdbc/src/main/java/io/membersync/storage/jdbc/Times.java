package io.membersync.storage.jdbc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Instants as databases hold them: microseconds, from the year 1 to the year 9999. */
final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Times() {}

    static long micros(Instant instant) {
        Instant held = held(instant);
        return held.getEpochSecond() * 1_000_000 + held.getNano() / 1_000;
    }

    static OffsetDateTime column(Instant instant) {
        return held(instant).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static Instant held(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return FIRST;
        }
        return instant.isAfter(LAST) ? LAST : instant;
    }
}

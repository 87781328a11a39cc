package io.membersync.testkit.simulator.cornerstone;

import io.membersync.testkit.simulator.Answer;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The time of day at which the registry is closed.
 *
 * @param from first moment, by the clock of the zone
 * @param until first moment at which it is open again, later on the same day
 * @param zone whose clock
 */
record NightlyWindow(LocalTime from, LocalTime until, ZoneId zone) {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    NightlyWindow {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("the window must end after it begins, on the same day");
        }
    }

    Optional<Answer> refusal(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        LocalTime time = local.toLocalTime();
        if (time.isBefore(from) || !time.isBefore(until)) {
            return Optional.empty();
        }
        String open = local.with(until).withZoneSameInstant(ZoneOffset.UTC).format(HTTP_DATE);
        return Optional.of(Problem.of(503, "maintenance", "Service unavailable", "The registry is being maintained.")
                .answer()
                .with("Retry-After", open));
    }
}

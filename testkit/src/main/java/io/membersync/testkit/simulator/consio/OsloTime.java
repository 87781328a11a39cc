package io.membersync.testkit.simulator.consio;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as the registry writes them: Oslo's wall clock, whole seconds, no zone. */
final class OsloTime {

    static final ZoneId ZONE = ZoneId.of("Europe/Oslo");
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private OsloTime() {}

    static String text(Instant instant) {
        return FORM.format(LocalDateTime.ofInstant(instant, ZONE).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Returns the time a client named, or empty if it is malformed or stands on no clock in Oslo. */
    static Optional<LocalDateTime> read(String text) {
        try {
            LocalDateTime time = LocalDateTime.parse(text, FORM);
            return ZONE.getRules().getValidOffsets(time).isEmpty() ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}

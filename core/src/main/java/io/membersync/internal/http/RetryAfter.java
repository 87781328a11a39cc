package io.membersync.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the {@code Retry-After} header in both its forms, and the older header that tells of a quota. */
final class RetryAfter {

    /** No registry can silence us for longer. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param header its text, as it came
     * @param now the present
     * @return the pause: zero for a moment that has passed, at most {@link #LONGEST}; nothing for what is neither
     *     seconds nor a date
     */
    static Optional<Duration> read(String header, Instant now) {
        String text = header.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String digits = text.replaceFirst("^0+(?=.)", "");
            return Optional.of(digits.length() > MOST_DIGITS ? LONGEST : bounded(seconds(digits)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(bounded(Duration.between(now, until)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a header that tells when a quota begins anew.
     *
     * @param header its text, as it came: seconds from now, or since 1970 where they are too many for that
     * @param now the present
     * @return the pause, as {@link #read} gives it; nothing for what is no number
     */
    static Optional<Duration> readReset(String header, Instant now) {
        String text = header.strip();
        if (!text.matches("[1-9]\\d{9,10}")) {
            return read(text.matches("\\d+") ? text : "", now);
        }
        return Optional.of(bounded(Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text)))));
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Duration bounded(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}

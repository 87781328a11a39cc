package io.membersync.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "7, PT7S",
        "' 7 ', PT7S",
        "007, PT7S",
        "86400, PT24H",
        "86401, PT24H",
        "99999999999999999999999, PT24H",
        "'Thu, 01 Jan 2026 10:00:05 GMT', PT5S",
        "'Thu, 01 Jan 2026 09:59:00 GMT', PT0S",
        "'Fri, 01 Jan 2027 10:00:00 GMT', PT24H",
    })
    void readsSecondsAndDates(String header, Duration expected) {
        assertThat(RetryAfter.read(header, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-5", "+5", "1.5", "soon", "٧", "Mon, 01 Jan 2026 10:00:05 GMT", "2026-01-01"})
    void ignoresWhatIsNeither(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30, PT30S", "1767261660, PT1M", "1767261599, PT0S", "1893456000, PT24H"})
    void readsWhenAQuotaBeginsAnew(String header, Duration expected) {
        assertThat(RetryAfter.readReset(header, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "Thu, 01 Jan 2026 10:00:05 GMT"})
    void ignoresAQuotaThatTellsNoNumber(String header) {
        assertThat(RetryAfter.readReset(header, NOW)).isEmpty();
    }
}

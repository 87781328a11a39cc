package io.membersync.connector.consio;

import io.membersync.http.GatewayResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;

/**
 * Translates between instants and the registry's wall clock, which shows one hour twice in October and leaves one out in
 * March. Immutable.
 */
final class ConsioTimes {

    private final ConsioProfile.Clock clock;
    private final ZoneRules rules;
    private final DateTimeFormatter form;

    ConsioTimes(ConsioProfile profile) {
        this.clock = profile.clock();
        this.rules = clock.zone().getRules();
        this.form = DateTimeFormatter.ofPattern(clock.pattern());
    }

    /**
     * Writes a filter that lets everything through that was changed at an instant or later, whether the registry takes
     * it for text or for a time, and whichever of the two it takes an hour for that comes twice.
     */
    String since(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, clock.zone());
        // While the hour comes for the first time, changes of its second coming will bear earlier times than now.
        while (rules.getValidOffsets(local).size() > 1) {
            local = local.minusHours(1);
        }
        return form.format(local);
    }

    /** {@return from when on has to be read what an answer may not hold yet} */
    Instant mark(GatewayResponse answer) {
        return now(answer).minus(clock.overlap());
    }

    /** {@return what the registry's clock showed; ours where it does not tell} */
    static Instant now(GatewayResponse answer) {
        try {
            return answer.header("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElse(answer.sentAt());
        } catch (DateTimeException malformed) {
            return answer.sentAt();
        }
    }
}

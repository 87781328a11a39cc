package io.membersync.vipps;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The message that a person has withdrawn consent: two parts of a token that nobody signed. Read here and nowhere else,
 * so that nothing unsigned comes near the verification of logins. Immutable; {@code toString} shows nobody.
 *
 * @param subject what the provider calls the person
 * @param at when it is said to have been withdrawn
 */
record WithdrawnConsent(String subject, Instant at) {

    private static final int LONGEST = 8 * 1024;
    private static final int LONGEST_SUBJECT = 200;

    /** Reads a message; nothing where it is none. */
    static Optional<WithdrawnConsent> read(byte[] body) {
        if (body.length > LONGEST) {
            return Optional.empty();
        }
        String[] parts = new String(body, StandardCharsets.US_ASCII).strip().split("\\.", -1);
        if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !parts[2].isEmpty())) {
            return Optional.empty();
        }
        try {
            Map<String, Object> message = JSONObjectUtils.parse(new Base64URL(parts[1]).decodeToString());
            boolean withdrawn = message != null && "CONSENT_REVOKED".equals(message.get("event"));
            return withdrawn && message.get("sub") instanceof String subject && isSubject(subject)
                    ? Optional.of(new WithdrawnConsent(subject, at(message)))
                    : Optional.empty();
        } catch (ParseException | DateTimeException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isSubject(String subject) {
        return !subject.isBlank() && subject.length() <= LONGEST_SUBJECT;
    }

    private static Instant at(Map<String, Object> message) {
        // Told in whole seconds, so that it may have been at any time up to the next.
        return message.get("iat") instanceof Number seconds
                ? Instant.ofEpochSecond(seconds.longValue()).plusSeconds(1)
                : Instant.MAX;
    }

    @Override
    public String toString() {
        return "WithdrawnConsent[•••••]";
    }
}

package io.membersync.examples.host.web;

import io.membersync.examples.host.HostProperties;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.plan.ChangeTally;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Puts values into words, in the reader's language; templates call it {@code @words}. */
@Component("words")
public class Words {

    static final ZoneId ZONE = ZoneId.of("Europe/Oslo");

    private final MessageSource messages;
    private final HostProperties host;

    Words(MessageSource messages, HostProperties host) {
        this.messages = messages;
        this.host = host;
    }

    /** {@return the moment in Norway, to the minute; a dash for none} */
    public String moment(@Nullable Instant moment) {
        return moment == null
                ? "–"
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(LocaleContextHolder.getLocale())
                        .withZone(ZONE)
                        .format(moment);
    }

    /** {@return the moment, or a dash} */
    public String moment(Optional<Instant> moment) {
        return moment(moment.orElse(null));
    }

    /** {@return a value of an enumeration; its own name where the language has no word for it} */
    public String of(Enum<?> value) {
        String key = value.getDeclaringClass().getSimpleName() + "." + value.name();
        return String.valueOf(messages.getMessage(key, null, value.name(), LocaleContextHolder.getLocale()));
    }

    /** {@return a text of the language} */
    public String text(String key, @Nullable Object... parts) {
        return messages.getMessage(key, parts, LocaleContextHolder.getLocale());
    }

    /** {@return a length of time, roughly} */
    public String length(Duration length) {
        return length.toMinutes() >= 2
                ? text("length.minutes", length.toMinutes())
                : text("length.seconds", Math.max(1, length.toSeconds()));
    }

    /** {@return a whole number with the language's separators} */
    public String number(long number) {
        return String.format(LocaleContextHolder.getLocale(), "%,d", number);
    }

    /** {@return a member's value as people read it; a dash for none, dots for what nobody may see} */
    public String value(FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            return text.text();
        } else if (value instanceof FieldValue.Day day) {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                    .withLocale(LocaleContextHolder.getLocale())
                    .format(day.date());
        } else if (value instanceof FieldValue.Flag flag) {
            return text(flag.on() ? "yes" : "no");
        } else if (value instanceof FieldValue.Codes codes) {
            return String.join(", ", codes.codes());
        } else if (value instanceof FieldValue.Affiliations affiliations) {
            return affiliations.units().stream().map(Affiliation::unit).collect(Collectors.joining(", "));
        }
        return value instanceof FieldValue.Hidden ? "••••" : "–";
    }

    /** {@return what a plan counts} */
    public String counted(ChangeTally.Counted counted) {
        return counted.field().isEmpty() ? of(counted.kind()) : of(counted.kind()) + " · " + field(counted.field());
    }

    /** {@return the name of a field} */
    public String field(MemberField field) {
        return field(field.key());
    }

    private String field(String key) {
        return String.valueOf(messages.getMessage("field." + key, null, key, LocaleContextHolder.getLocale()));
    }

    /** {@return the name of an organization} */
    public String organization(OrganizationId organization) {
        return host.name(organization);
    }

    /** {@return how long ago something was, roughly} */
    public String age(Instant since) {
        Duration age = Duration.between(since, Instant.now());
        if (age.toDays() >= 2) {
            return text("age.days", age.toDays());
        }
        return age.toHours() >= 2
                ? text("age.hours", age.toHours())
                : text("age.minutes", Math.max(0, age.toMinutes()));
    }

    /** {@return a day} */
    public String day(LocalDate day) {
        return value(FieldValue.day(day));
    }

    /** {@return the first moment of a day in Norway} */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** {@return the name of a field, by its key} */
    public String fieldKey(String key) {
        return field(key);
    }
}

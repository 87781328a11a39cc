package io.membersync.internal.deliver;

import io.membersync.model.FieldValue;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxEntry.Delivery;
import io.membersync.outbox.OutboxState;
import io.membersync.plan.Link;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An attempt to deliver what goes out to one record, as it was noted before it is made.
 *
 * @param link the record's link, with the version that everything was decided on
 * @param entries what goes out
 * @param begunAt when it was noted
 * @param unknown whether it is not known what became of an attempt before
 */
record Attempt(Link link, List<OutboxEntry> entries, Instant begunAt, boolean unknown) {

    private static final int MOST = 12;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LAST_WAIT = Duration.ofHours(1);

    Attempt {
        entries = List.copyOf(entries);
    }

    /** The entry with one attempt more, to be tried again after a while should nothing come of this one. */
    static OutboxEntry counted(OutboxEntry entry, Instant now) {
        Delivery before = entry.delivery();
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(before.attempts(), MOST));
        Instant next = now.plus(wait.compareTo(LAST_WAIT) < 0 ? wait : LAST_WAIT);
        return entry.in(
                entry.state(),
                new Delivery(before.madeAt(), before.attempts() + 1, next, before.sent(), before.reason()));
    }

    /** The entry as it stands while its value is on its way. */
    static OutboxEntry sending(OutboxEntry entry) {
        Delivery before = entry.delivery();
        return entry.in(
                entry.state(),
                new Delivery(
                        before.madeAt(),
                        before.attempts(),
                        before.nextTryAt(),
                        Optional.of(entry.value()),
                        before.reason()));
    }

    /** The entry after an attempt that nobody knows the end of. */
    static OutboxEntry failed(OutboxEntry entry, String reason, Instant notBefore, Instant now) {
        Delivery before = entry.delivery();
        boolean over =
                before.attempts() >= MOST || !now.isBefore(before.madeAt().plus(LONGEST));
        Instant next = before.nextTryAt().isBefore(notBefore) ? notBefore : before.nextTryAt();
        return entry.in(
                over ? OutboxState.GIVEN_UP : entry.state(),
                new Delivery(before.madeAt(), before.attempts(), next, before.sent(), Optional.of(reason)));
    }

    /** The entry after an attempt that the registry did not even look at, which does not count. */
    static OutboxEntry uncounted(OutboxEntry entry, String reason, Instant next, Optional<FieldValue> sent) {
        Delivery before = entry.delivery();
        return entry.in(
                entry.state(),
                new Delivery(before.madeAt(), Math.max(0, before.attempts() - 1), next, sent, Optional.of(reason)));
    }

    /** The entry whose value the registry refused. */
    static OutboxEntry refused(OutboxEntry entry, String reason) {
        Delivery before = entry.delivery();
        return entry.in(
                OutboxState.GIVEN_UP,
                new Delivery(
                        before.madeAt(), before.attempts(), before.nextTryAt(), Optional.empty(), Optional.of(reason)));
    }

    /** The entry as it is to be tried again at once: it is known that nothing is on its way. */
    static OutboxEntry due(OutboxEntry entry, Instant now) {
        Delivery before = entry.delivery();
        return entry.in(
                entry.state(),
                new Delivery(before.madeAt(), before.attempts(), now, Optional.empty(), before.reason()));
    }

    /** The name of the write: the same whenever the same values are sent on the same condition. */
    String key() {
        StringBuilder text = new StringBuilder();
        text.append(entries.get(0).integration()).append('\n').append(link.externalId());
        text.append('\n').append(link.version().text());
        entries.forEach(entry -> text.append('\n')
                .append(entry.field())
                .append(' ')
                .append(entry.delivery().madeAt()));
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}

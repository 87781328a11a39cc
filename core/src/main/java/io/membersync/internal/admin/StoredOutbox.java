package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.Slice;
import io.membersync.outbox.Outbox;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.plan.Link;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What goes out, in the storage, as one caller sees it. Safe for many threads. */
final class StoredOutbox implements Outbox {

    private static final int MOST = 1_000;

    private final Storage storage;
    private final InstantSource time;
    private final ListenerPump pump;
    private final Access access;

    StoredOutbox(Storage storage, InstantSource time, ListenerPump pump, Caller caller) {
        this.storage = storage;
        this.time = time;
        this.pump = pump;
        this.access = new Access(caller);
    }

    @Override
    public Slice<OutboxEntry> list(IntegrationId integration, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST);
        return storage.inTransaction(session -> {
            access.integration(session, integration, "see what goes out of this");
            return new Cursors("what goes out of '" + integration + "'")
                    .slice(cursor, from -> session.outbox().list(integration, from, limit));
        });
    }

    @Override
    public void retry(OutboxEntry entry) {
        Instant now = time.instant();
        change(
                entry,
                now,
                "Sent again: " + entry.field(),
                (session, stored) -> session.outbox()
                        .save(List.of(new OutboxEntry(
                                stored.integration(),
                                stored.externalId(),
                                stored.member(),
                                stored.field(),
                                stored.value(),
                                stored.registry(),
                                OutboxState.PENDING,
                                new OutboxEntry.Delivery(
                                        now, 0, now, stored.delivery().sent(), Optional.empty()),
                                new OutboxEntry.Returns(0, now),
                                stored.revision()))));
    }

    @Override
    public void drop(OutboxEntry entry) {
        change(entry, time.instant(), "Taken out: " + entry.field(), (session, stored) -> {
            session.outbox().remove(List.of(stored));
            Optional.ofNullable(session.links()
                            .load(stored.integration(), List.of(stored.externalId()))
                            .get(stored.externalId()))
                    .filter(Link::live)
                    .ifPresent(link -> session.links().save(stored.integration(), List.of(apart(link, stored))));
        });
    }

    /** App and registry stay different by decision. */
    private static Link apart(Link link, OutboxEntry entry) {
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        link.agreed().forEach(pairs::put);
        boolean overtaken =
                link.agreed().find(entry.field()).filter(AgreedPair::elsewhere).isPresent();
        if (!overtaken) {
            pairs.put(entry.field(), AgreedPair.apart(entry.value(), entry.registry()));
        }
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                Agreed.of(pairs),
                link.tombstone(),
                link.revision());
    }

    private void change(OutboxEntry entry, Instant now, String summary, BiConsumer<Session, OutboxEntry> change) {
        AuditEntry audit = storage.inTransaction(session -> {
            Integration integration = access.integration(session, entry.integration(), "change what goes out of this");
            OutboxEntry stored = session
                    .outbox()
                    .load(entry.integration(), List.of(entry.externalId()))
                    .getOrDefault(entry.externalId(), List.of())
                    .stream()
                    .filter(found ->
                            found.field().equals(entry.field()) && found.revision() == entry.revision() && found.open())
                    .findFirst()
                    .orElseThrow(() -> new StaleVersionException("What goes out of '" + entry.field() + "'"));
            change.accept(session, stored);
            AuditEntry done = entry(integration, stored, now, summary);
            session.audit().append(List.of(done));
            return done;
        });
        pump.recorded(List.of(audit));
    }

    private AuditEntry entry(Integration integration, OutboxEntry entry, Instant now, String summary) {
        return new AuditEntry(
                now,
                AuditKind.OUTBOX,
                integration.organization(),
                Optional.of(integration.id()),
                Optional.empty(),
                access.caller().name(),
                Optional.of(entry.member()),
                Optional.of(entry.externalId()),
                summary,
                List.of());
    }
}

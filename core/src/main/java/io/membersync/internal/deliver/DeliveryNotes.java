package io.membersync.internal.deliver;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.pipeline.BatchPlanner;
import io.membersync.internal.pipeline.Echo;
import io.membersync.internal.pipeline.Protection;
import io.membersync.internal.run.ProtectedMembers;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.Scope;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.plan.Link;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is stored about deliveries: each note is one small transaction. For one thread. */
final class DeliveryNotes {

    private static final int ATTEMPTS = 5;
    private static final String ACTOR = "sync";

    private final Storage storage;
    private final Integration integration;
    private final ListenerPump pump;
    private final BatchPlanner mapper;

    DeliveryNotes(Storage storage, Integration integration, ListenerPump pump) {
        this.storage = storage;
        this.integration = integration;
        this.pump = pump;
        this.mapper = new BatchPlanner(
                integration.mapping(),
                Scope.EVERYBODY,
                false,
                integration.safeguards().leavers());
    }

    /**
     * Notes that an attempt is going to be made.
     *
     * @throws StaleVersionException when somebody else was first
     */
    Optional<Attempt> begin(ExternalId id, Instant now) {
        return storage.inTransaction(session -> {
            List<OutboxEntry> all = entries(session, id);
            List<OutboxEntry> pending = all.stream()
                    .filter(entry -> entry.state() == OutboxState.PENDING)
                    .toList();
            if (pending.stream().allMatch(entry -> entry.delivery().nextTryAt().isAfter(now))) {
                return Optional.empty();
            }
            Optional<Link> link = link(session, id);
            if (link.isEmpty()) {
                session.outbox().remove(all);
                return Optional.empty();
            }
            List<OutboxEntry> due = withoutProtected(session, link.get(), pending);
            if (due.isEmpty()) {
                return Optional.empty();
            }
            boolean unknown =
                    due.stream().anyMatch(entry -> entry.delivery().sent().isPresent());
            List<OutboxEntry> counted = due.stream()
                    .map(entry -> Attempt.counted(entry, now))
                    .map(entry -> unknown ? entry : Attempt.sending(entry))
                    .toList();
            session.outbox().save(counted);
            return Optional.of(new Attempt(link.get(), revised(counted), now, unknown));
        });
    }

    /** What may go out of what waits: whichever registry marked the address meanwhile, no contact detail does. */
    private static List<OutboxEntry> withoutProtected(Session session, Link link, List<OutboxEntry> pending) {
        List<OutboxEntry> details = pending.stream()
                .filter(entry -> Protection.isContact(entry.field()))
                .toList();
        if (details.isEmpty()
                || ProtectedMembers.among(session, List.of(link.member().orElseThrow()))
                        .isEmpty()) {
            return pending;
        }
        session.outbox().remove(details);
        return pending.stream().filter(entry -> !details.contains(entry)).toList();
    }

    /** Notes that what was sent before did not arrive, and that the values as they are now are going to be sent. */
    Attempt sending(Attempt attempt) {
        List<OutboxEntry> sending =
                attempt.entries().stream().map(Attempt::sending).toList();
        storage.inTransaction(session -> {
            session.outbox().save(sending);
            return true;
        });
        return new Attempt(attempt.link(), revised(sending), attempt.begunAt(), false);
    }

    private static List<OutboxEntry> revised(List<OutboxEntry> saved) {
        return saved.stream().map(entry -> entry.revised(entry.revision() + 1)).toList();
    }

    /** Tells whether a record holds every value that was sent to it. */
    boolean holdsWhatWasSent(Attempt attempt, RegistryRecord.Present record) {
        Optional<MappedRecord.Mapped> mapped = mapped(record, attempt.begunAt());
        return mapped.isPresent()
                && attempt.entries().stream()
                        .filter(entry -> entry.delivery().sent().isPresent())
                        .allMatch(entry -> Echo.of(
                                entry.field(),
                                entry.delivery().sent().get(),
                                mapped.get().state().value(entry.field())));
    }

    /** Notes that the registry stored what was sent: both sides now agree on it. */
    void stored(Attempt attempt, RegistryRecord.Present record, Instant at) {
        List<OutboxEntry> sent = attempt.entries().stream()
                .filter(entry -> entry.delivery().sent().isPresent())
                .toList();
        Optional<MappedRecord.Mapped> mapped = mapped(record, at);
        tell(session -> {
            Map<MemberField, FieldValue> stored = new HashMap<>();
            sent.forEach(entry -> stored.put(
                    entry.field(),
                    mapped.flatMap(now -> now.state().find(entry.field()))
                            .orElse(entry.delivery().sent().orElseThrow())));
            Map<MemberField, OutboxEntry> now = byField(session, attempt);
            List<OutboxEntry> waiting = sent.stream()
                    .filter(entry -> now.containsKey(entry.field()))
                    .toList();
            change(session, attempt, (entry, known) -> delivered(entry, known, stored.get(entry.field()), at));
            link(session, attempt.link().externalId())
                    .filter(link -> !waiting.isEmpty())
                    .map(link -> new Agreement(link, attempt.link().version())
                            .reached(waiting, stored, mapped, session.members().fields()))
                    .ifPresent(link -> session.links().save(integration.id(), List.of(link)));
            return List.of(entry(
                    attempt,
                    AuditKind.REGISTRY_UPDATED,
                    "Written to the registry",
                    sent.stream()
                            .map(entry -> new AuditEntry.ValueChange(
                                    entry.field().key(),
                                    entry.registry().display(),
                                    stored.getOrDefault(entry.field(), entry.value())
                                            .display(),
                                    "The app's value goes out"))
                            .toList(),
                    at));
        });
    }

    /** What was replaced meanwhile, or was not sent, is still to go out. */
    private static OutboxEntry delivered(OutboxEntry entry, OutboxEntry now, @Nullable FieldValue stored, Instant at) {
        if (stored == null) {
            return Attempt.due(now, at);
        }
        OutboxEntry known = Attempt.due(now.with(now.value(), stored), at);
        boolean replaced = !Optional.of(now.value()).equals(entry.delivery().sent());
        return replaced ? known : known.in(OutboxState.DELIVERED, known.delivery());
    }

    /** Notes that the record has another version than the one that everything was decided on. */
    void overtaken(Attempt attempt, Optional<RegistryRecord.Present> current, Instant at) {
        Optional<MappedRecord.Mapped> mapped = current.flatMap(record -> mapped(record, at));
        tell(session -> {
            Optional<Link> link = link(session, attempt.link().externalId());
            boolean sameContent = mapped.isPresent()
                    && link.isPresent()
                    && link.get().hash().equals(mapped.map(MappedRecord.Mapped::hash));
            if (sameContent) {
                // Only what nobody maps has changed: what was decided still holds.
                session.links().save(integration.id(), List.of(Agreement.at(link.get(), mapped.get())));
                change(session, attempt, (entry, now) -> Attempt.due(now, at));
            } else {
                session.outbox().remove(List.copyOf(byField(session, attempt).values()));
                session.quarantine()
                        .reread(integration.id(), List.of(attempt.link().externalId()));
                // So that the next run takes the app's value for the app's own and decides again.
                link.flatMap(Link::member).ifPresent(member -> session.edits().mark(List.of(member), at));
            }
            return List.of();
        });
    }

    /** Notes that the record is no longer there; the next run sees to its member. */
    void gone(Attempt attempt) {
        tell(session -> {
            session.outbox().remove(List.copyOf(byField(session, attempt).values()));
            session.quarantine().reread(integration.id(), List.of(attempt.link().externalId()));
            return List.of();
        });
    }

    /** Notes that the registry refused some values for good; the others are tried again without them. */
    void refused(Attempt attempt, List<OutboxEntry> refused, String reason, Instant at) {
        tell(session -> {
            change(
                    session,
                    attempt,
                    (entry, now) -> refused.contains(entry) && now.value().equals(entry.value())
                            ? Attempt.refused(now, reason)
                            : Attempt.due(now, at));
            return List.of(
                    entry(attempt, AuditKind.OUTBOX, "Given up: " + fields(refused) + " " + reason, List.of(), at)
                            .asFailure());
        });
    }

    /** Notes that nobody knows what became of the attempt. */
    void failed(Attempt attempt, String reason, Instant notBefore, Instant at) {
        tell(session -> {
            List<OutboxEntry> after =
                    change(session, attempt, (entry, now) -> Attempt.failed(now, reason, notBefore, at));
            List<OutboxEntry> over = after.stream()
                    .filter(entry -> entry.state() == OutboxState.GIVEN_UP)
                    .toList();
            return over.isEmpty()
                    ? List.of()
                    : List.of(
                            entry(attempt, AuditKind.OUTBOX, "Given up: " + fields(over) + " " + reason, List.of(), at)
                                    .asFailure());
        });
    }

    /** Notes that the registry did not look at the attempt, which does not count. */
    void notTried(Attempt attempt, String reason, Instant next) {
        tell(session -> {
            change(
                    session,
                    attempt,
                    (entry, now) -> Attempt.uncounted(
                            now,
                            reason,
                            next,
                            attempt.unknown() ? now.delivery().sent() : Optional.empty()));
            return List.of();
        });
    }

    private static List<MemberField> fields(List<OutboxEntry> entries) {
        return entries.stream().map(OutboxEntry::field).toList();
    }

    private List<OutboxEntry> change(
            Session session, Attempt attempt, BiFunction<OutboxEntry, OutboxEntry, OutboxEntry> change) {
        Map<MemberField, OutboxEntry> now = byField(session, attempt);
        List<OutboxEntry> changed = new ArrayList<>();
        for (OutboxEntry entry : attempt.entries()) {
            OutboxEntry stored = now.get(entry.field());
            if (stored != null) {
                changed.add(change.apply(entry, stored));
            }
        }
        session.outbox().save(changed);
        return changed;
    }

    /** The entries of an attempt as they are stored now, where they still wait. */
    private Map<MemberField, OutboxEntry> byField(Session session, Attempt attempt) {
        Map<MemberField, OutboxEntry> byField = new HashMap<>();
        List<MemberField> fields = fields(attempt.entries());
        entries(session, attempt.link().externalId()).stream()
                .filter(entry -> entry.open() && fields.contains(entry.field()))
                .forEach(entry -> byField.put(entry.field(), entry));
        return byField;
    }

    private List<OutboxEntry> entries(Session session, ExternalId id) {
        return session.outbox().load(integration.id(), List.of(id)).getOrDefault(id, List.of());
    }

    private Optional<Link> link(Session session, ExternalId id) {
        return Optional.ofNullable(
                        session.links().load(integration.id(), List.of(id)).get(id))
                .filter(Link::live);
    }

    private Optional<MappedRecord.Mapped> mapped(RegistryRecord.Present record, Instant at) {
        Page page = new Page(List.of(record), Optional.empty(), Page.Ending.COMPLETE, Optional.empty(), at);
        return mapper.map(page, 0, false).get(0) instanceof MappedRecord.Mapped mapped
                ? Optional.of(mapped)
                : Optional.empty();
    }

    /** Stores a note with its audit, again from the start when a run has changed the same rows, and tells of it. */
    private void tell(Function<Session, List<AuditEntry>> note) {
        for (int attempt = 1; ; attempt++) {
            try {
                pump.recorded(storage.inTransaction(session -> {
                    List<AuditEntry> audit = note.apply(session);
                    if (!audit.isEmpty()) {
                        session.audit().append(audit);
                    }
                    return audit;
                }));
                return;
            } catch (StaleVersionException moved) {
                if (attempt == ATTEMPTS) {
                    throw moved;
                }
            }
        }
    }

    private AuditEntry entry(
            Attempt attempt, AuditKind kind, String summary, List<AuditEntry.ValueChange> changes, Instant at) {
        return new AuditEntry(
                at,
                kind,
                integration.organization(),
                Optional.of(integration.id()),
                Optional.empty(),
                ACTOR,
                attempt.link().member(),
                Optional.of(attempt.link().externalId()),
                summary,
                changes);
    }
}

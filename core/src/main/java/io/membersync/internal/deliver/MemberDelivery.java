package io.membersync.internal.deliver;

import io.membersync.connector.Connector;
import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.pipeline.FieldWriter;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.RawValue;
import io.membersync.model.ExternalId;
import io.membersync.outbox.OutboxEntry;
import io.membersync.setup.Integration;
import io.membersync.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what goes out to one record: notes the attempt, makes it, notes what became of it. For one thread. */
final class MemberDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(MemberDelivery.class);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(30);
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(5);

    private final Integration integration;
    private final Connector connector;
    private final RecordWriter writer;
    private final InstantSource time;
    private final DeliveryNotes notes;

    MemberDelivery(
            Storage storage,
            Integration integration,
            Connector connector,
            RecordWriter writer,
            InstantSource time,
            ListenerPump pump) {
        this.integration = integration;
        this.connector = connector;
        this.writer = writer;
        this.time = time;
        this.notes = new DeliveryNotes(storage, integration, pump);
    }

    /**
     * Delivers what is due.
     *
     * @param id the registry's id
     * @return how long the whole integration is to wait; empty when it may go on
     */
    Optional<Duration> deliver(ExternalId id) {
        Optional<Attempt> begun;
        try {
            begun = notes.begin(id, time.instant());
        } catch (StaleVersionException another) {
            LOG.debug("Another worker has taken what goes out to a record of {}", integration.id());
            return Optional.empty();
        }
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        try {
            attempt(begun.get());
            return Optional.empty();
        } catch (RegistryException failed) {
            return failed(begun.get(), failed);
        }
    }

    private void attempt(Attempt attempt) {
        Map<FieldPath, RawValue> values = new HashMap<>();
        for (OutboxEntry entry : attempt.entries()) {
            Optional<Mapping> mapping = integration
                    .mapping()
                    .find(entry.field())
                    .filter(found -> found.direction().out()
                            && FieldWriter.objection(found).isEmpty());
            Optional<RawValue> raw = mapping.flatMap(found -> FieldWriter.raw(found, entry.value()));
            if (raw.isEmpty()) {
                notes.refused(attempt, List.of(entry), "The mapping has no way of writing this value", time.instant());
                return;
            }
            values.put(mapping.get().paths().get(0), raw.get());
        }
        if (attempt.unknown() && settledBefore(attempt)) {
            return;
        }
        Attempt sending = attempt.unknown() ? notes.sending(attempt) : attempt;
        Instant sentAt = time.instant();
        WriteReceipt receipt = writer.write(
                new RegistryWrite(sending.link().externalId(), sending.link().version(), sending.key(), values));
        take(sending, receipt, sentAt);
    }

    /** After a lost answer the registry is asked first: what was sent may have arrived. */
    private boolean settledBefore(Attempt attempt) {
        if (connector.singleReader().isEmpty()) {
            return false;
        }
        var page = connector.singleReader().get().read(List.of(attempt.link().externalId()));
        RegistryRecord record = page.records().get(0);
        if (record instanceof RegistryRecord.Present present) {
            if (notes.holdsWhatWasSent(attempt, present)) {
                notes.stored(attempt, present, page.readAt());
                return true;
            }
            if (present.version().equals(attempt.link().version())) {
                return false;
            }
            notes.overtaken(attempt, Optional.of(present), page.readAt());
        } else if (record instanceof RegistryRecord.Unreadable) {
            notes.overtaken(attempt, Optional.empty(), page.readAt());
        } else {
            notes.gone(attempt);
        }
        return true;
    }

    private void take(Attempt attempt, WriteReceipt receipt, Instant sentAt) {
        if (receipt instanceof WriteReceipt.Stored stored) {
            notes.stored(attempt, stored.stored(), sentAt);
        } else if (receipt instanceof WriteReceipt.ChangedMeanwhile changed) {
            // A request that was repeated on the way may have met its own first arrival.
            if (changed.current()
                    .filter(now -> notes.holdsWhatWasSent(attempt, now))
                    .isPresent()) {
                notes.stored(attempt, changed.current().get(), sentAt);
            } else {
                notes.overtaken(attempt, changed.current(), sentAt);
            }
        } else if (receipt instanceof WriteReceipt.Refused refused) {
            List<OutboxEntry> meant = attempt.entries().stream()
                    .filter(entry -> pathOf(entry).equals(refused.path()))
                    .toList();
            notes.refused(attempt, meant.isEmpty() ? attempt.entries() : meant, refused.reason(), time.instant());
        } else {
            notes.gone(attempt);
        }
    }

    private String pathOf(OutboxEntry entry) {
        return integration
                .mapping()
                .find(entry.field())
                .map(mapping -> mapping.paths().get(0).text())
                .orElse("");
    }

    private Optional<Duration> failed(Attempt attempt, RegistryException failed) {
        Instant now = time.instant();
        Fault fault = failed.fault();
        LOG.warn("A value could not be written to {}: {} {}", integration.id(), fault, failed.getMessage());
        if (fault == Fault.CREDENTIALS || fault == Fault.ENDPOINT) {
            notes.notTried(attempt, fault.advice(), now.plus(UNTIL_CONFIGURED));
            return Optional.of(UNTIL_CONFIGURED);
        }
        Duration wait = failed.retryAfter().orElse(Duration.ZERO);
        notes.failed(attempt, fault.advice(), now.plus(wait), now);
        return fault.passing() ? Optional.of(wait.compareTo(AFTER_OUTAGE) > 0 ? wait : AFTER_OUTAGE) : Optional.empty();
    }
}

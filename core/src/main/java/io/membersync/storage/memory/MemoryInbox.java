package io.membersync.storage.memory;

import io.membersync.model.IntegrationId;
import io.membersync.run.RunId;
import io.membersync.storage.InboxStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Deliveries by integration and name. */
final class MemoryInbox implements InboxStore {

    private final MemorySession session;

    MemoryInbox(MemorySession session) {
        this.session = session;
    }

    @Override
    public boolean add(IntegrationId integration, String delivery, Instant at) {
        Rows<Tables.Delivery> inbox = session.tables().inbox;
        if (inbox.has(integration.value(), delivery)) {
            return false;
        }
        inbox.put(integration.value(), delivery, new Tables.Delivery(at, true, Optional.empty()));
        return true;
    }

    @Override
    public boolean untaken(IntegrationId integration) {
        return session.tables().inbox.of(integration.value()).values().stream()
                .anyMatch(delivery -> delivery.waiting() && delivery.run().isEmpty());
    }

    @Override
    public void take(IntegrationId integration, RunId run) {
        change(integration, Tables.Delivery::waiting, true, Optional.of(run));
    }

    @Override
    public void read(IntegrationId integration, RunId run) {
        change(integration, delivery -> delivery.run().equals(Optional.of(run)), false, Optional.of(run));
    }

    private void change(
            IntegrationId integration, Predicate<Tables.Delivery> which, boolean waiting, Optional<RunId> run) {
        Rows<Tables.Delivery> inbox = session.tables().inbox;
        List.copyOf(inbox.of(integration.value()).entrySet()).stream()
                .filter(entry -> which.test(entry.getValue()))
                .forEach(entry -> inbox.put(
                        integration.value(),
                        entry.getKey().id(),
                        new Tables.Delivery(entry.getValue().at(), waiting, run)));
    }

    @Override
    public Map<IntegrationId, Instant> waiting() {
        Map<IntegrationId, Instant> oldest = new LinkedHashMap<>();
        session.tables().inbox.all().forEach((key, delivery) -> {
            if (delivery.waiting()) {
                oldest.merge(IntegrationId.of(key.owner()), delivery.at(), (a, b) -> a.isBefore(b) ? a : b);
            }
        });
        return oldest;
    }

    @Override
    public int forget(Instant before) {
        Rows<Tables.Delivery> inbox = session.tables().inbox;
        List<RowKey> old = inbox.all().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().waiting() && entry.getValue().at().isBefore(before))
                .map(Map.Entry::getKey)
                .toList();
        old.forEach(key -> inbox.remove(key.owner(), key.id()));
        return old.size();
    }
}

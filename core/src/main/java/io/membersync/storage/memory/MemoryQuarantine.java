package io.membersync.storage.memory;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.QuarantinedRecord;
import io.membersync.storage.QuarantineStore;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Quarantined records and the ids to read again. */
final class MemoryQuarantine implements QuarantineStore {

    private final MemorySession session;

    MemoryQuarantine(MemorySession session) {
        this.session = session;
    }

    @Override
    public void save(IntegrationId integration, List<QuarantinedRecord> records) {
        records.forEach(record -> session.tables().quarantine.put(integration.value(), record.key(), record));
    }

    @Override
    public List<QuarantinedRecord> load(IntegrationId integration, Collection<String> keys) {
        Tables tables = session.tables();
        return new LinkedHashSet<>(keys)
                .stream()
                        .flatMap(key -> tables.quarantine.find(integration.value(), key).stream())
                        .toList();
    }

    @Override
    public Slice<QuarantinedRecord> list(IntegrationId integration, Optional<String> cursor, int limit) {
        return Slices.cut(
                session.tables().quarantine.behind(integration.value(), cursor).values().stream(),
                limit,
                QuarantinedRecord::key);
    }

    @Override
    public void remove(IntegrationId integration, Collection<String> keys) {
        keys.forEach(key -> session.tables().quarantine.remove(integration.value(), key));
    }

    @Override
    public void reread(IntegrationId integration, Collection<ExternalId> ids) {
        ids.forEach(id -> session.tables().rereads.put(integration.value(), id.value(), id));
    }

    @Override
    public Set<ExternalId> toReread(IntegrationId integration, int limit) {
        Set<ExternalId> ids = new LinkedHashSet<>();
        session.tables().rereads.of(integration.value()).values().stream()
                .limit(limit)
                .forEach(ids::add);
        return ids;
    }

    @Override
    public void rereadDone(IntegrationId integration, Collection<ExternalId> ids) {
        ids.forEach(id -> session.tables().rereads.remove(integration.value(), id.value()));
    }
}

package io.membersync.storage.memory;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.outbox.OutboxEntry;
import io.membersync.outbox.OutboxState;
import io.membersync.storage.OutboxStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Values that go out, grouped by the registry's id. */
final class MemoryOutbox implements OutboxStore {

    private final MemorySession session;

    MemoryOutbox(MemorySession session) {
        this.session = session;
    }

    @Override
    public Map<ExternalId, List<OutboxEntry>> load(IntegrationId integration, Collection<ExternalId> ids) {
        Map<ExternalId, List<OutboxEntry>> found = new LinkedHashMap<>();
        for (ExternalId id : new LinkedHashSet<>(ids)) {
            List<OutboxEntry> entries = List.copyOf(rows().group(integration.value(), id.value(), Optional.empty())
                    .values());
            if (!entries.isEmpty()) {
                found.put(id, entries);
            }
        }
        return found;
    }

    @Override
    public void save(Collection<OutboxEntry> entries) {
        entries.forEach(this::checkRevision);
        entries.forEach(
                entry -> rows().put(entry.integration().value(), key(entry), entry.revised(entry.revision() + 1)));
    }

    @Override
    public void remove(Collection<OutboxEntry> entries) {
        entries.forEach(this::checkRevision);
        entries.forEach(entry -> rows().remove(entry.integration().value(), key(entry)));
    }

    @Override
    public Set<IntegrationId> waiting(Instant now) {
        return rows().all().values().stream()
                .filter(entry -> due(entry, now))
                .map(OutboxEntry::integration)
                .collect(Collectors.toSet());
    }

    @Override
    public List<OutboxEntry> due(IntegrationId integration, Instant now, int limit) {
        return rows().of(integration.value()).values().stream()
                .filter(entry -> due(entry, now))
                .sorted(Comparator.comparing(entry -> entry.delivery().madeAt()))
                .limit(limit)
                .toList();
    }

    private static boolean due(OutboxEntry entry, Instant now) {
        return entry.state() == OutboxState.PENDING
                && !entry.delivery().nextTryAt().isAfter(now);
    }

    @Override
    public Slice<OutboxEntry> list(IntegrationId integration, Optional<String> cursor, int limit) {
        return Slices.cut(
                rows().behind(integration.value(), cursor).values().stream().filter(OutboxEntry::open),
                limit,
                MemoryOutbox::key);
    }

    @Override
    public int forget(Instant before) {
        List<OutboxEntry> old = rows().all().values().stream()
                .filter(entry -> !entry.open() && entry.delivery().nextTryAt().isBefore(before))
                .toList();
        remove(old);
        return old.size();
    }

    private Rows<OutboxEntry> rows() {
        return session.tables().outbox;
    }

    private void checkRevision(OutboxEntry entry) {
        long stored = rows().find(entry.integration().value(), key(entry))
                .map(OutboxEntry::revision)
                .orElse(0L);
        if (stored != entry.revision()) {
            throw new StaleVersionException("What goes out of '" + entry.field() + "' to '" + entry.externalId()
                    + "' in '" + entry.integration() + "'");
        }
    }

    private static String key(OutboxEntry entry) {
        return RowKey.grouped(entry.externalId().value(), entry.field().key());
    }
}

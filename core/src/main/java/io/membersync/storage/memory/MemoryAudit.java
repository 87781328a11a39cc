package io.membersync.storage.memory;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.model.Slice;
import io.membersync.storage.AuditStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;

/** Audit entries by organization, numbered as they were added. */
final class MemoryAudit implements AuditStore {

    private final MemorySession session;

    MemoryAudit(MemorySession session) {
        this.session = session;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        Tables tables = session.tables();
        for (AuditEntry entry : entries) {
            // Of fixed width, so that the numbers sort as text.
            String number = String.format(Locale.ROOT, "%016x", tables.nextNumber());
            tables.audit.put(entry.organization().value(), number, entry);
        }
    }

    @Override
    public Slice<AuditEntry> find(AuditQuery query) {
        String organization = query.organization().value();
        NavigableMap<RowKey, AuditEntry> newestFirst =
                session.tables().audit.of(organization).descendingMap();
        NavigableMap<RowKey, AuditEntry> rest = query.cursor()
                .map(last -> newestFirst.tailMap(new RowKey(organization, last), false))
                .orElse(newestFirst);
        Stream<Map.Entry<RowKey, AuditEntry>> fitting =
                rest.entrySet().stream().filter(row -> fits(query, row.getValue()));
        Slice<Map.Entry<RowKey, AuditEntry>> rows =
                Slices.cut(fitting, query.limit(), row -> row.getKey().id());
        return new Slice<>(rows.items().stream().map(Map.Entry::getValue).toList(), rows.next());
    }

    private static boolean fits(AuditQuery query, AuditEntry entry) {
        return (query.kinds().isEmpty() || query.kinds().contains(entry.kind()))
                && (query.member().isEmpty() || query.member().equals(entry.member()))
                && (query.run().isEmpty() || query.run().equals(entry.run()));
    }
}

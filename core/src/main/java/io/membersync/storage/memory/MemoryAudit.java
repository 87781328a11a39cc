package io.membersync.storage.memory;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditQuery;
import io.membersync.model.Slice;
import io.membersync.storage.AuditLink;
import io.membersync.storage.AuditStore;
import io.membersync.storage.SignedEntry;
import java.util.List;
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
    public void add(List<SignedEntry> entries) {
        Tables tables = session.tables();
        for (SignedEntry signed : entries) {
            String organization = signed.entry().organization().value();
            String number = MemoryAuditChains.sortable(tables.nextNumber());
            tables.audit.put(organization, number, new AuditLink(number, 0, "", signed));
            tables.auditWaiting.put(organization, number, number);
        }
    }

    @Override
    public Slice<AuditEntry> find(AuditQuery query) {
        String organization = query.organization().value();
        NavigableMap<RowKey, AuditLink> newestFirst =
                session.tables().audit.of(organization).descendingMap();
        NavigableMap<RowKey, AuditLink> rest = query.cursor()
                .map(last -> newestFirst.tailMap(new RowKey(organization, last), false))
                .orElse(newestFirst);
        Stream<Map.Entry<RowKey, AuditLink>> fitting = rest.entrySet().stream()
                .filter(row -> query.admits(row.getValue().signed().entry()));
        Slice<Map.Entry<RowKey, AuditLink>> rows =
                Slices.cut(fitting, query.limit(), row -> row.getKey().id());
        return new Slice<>(
                rows.items().stream()
                        .map(row -> row.getValue().signed().entry())
                        .toList(),
                rows.next());
    }
}

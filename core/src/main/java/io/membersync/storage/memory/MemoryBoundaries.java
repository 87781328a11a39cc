package io.membersync.storage.memory;

import io.membersync.fault.StaleVersionException;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.WorkflowOwners;
import io.membersync.storage.BoundaryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Owners of workflows by organization and version, padded so that they lie in order. */
final class MemoryBoundaries implements BoundaryStore {

    private final MemorySession session;

    MemoryBoundaries(MemorySession session) {
        this.session = session;
    }

    @Override
    public void add(WorkflowOwners owners) {
        String organization = owners.organization().value();
        String key = String.format("%019d", owners.version());
        if (rows().has(organization, key)) {
            throw new StaleVersionException("The owners of workflows of '" + organization + "'");
        }
        rows().put(organization, key, owners);
    }

    @Override
    public Optional<WorkflowOwners> newest(OrganizationId organization) {
        return all(organization).stream().findFirst();
    }

    @Override
    public Slice<WorkflowOwners> list(OrganizationId organization, Optional<String> cursor, int limit) {
        long before = cursor.map(Long::parseLong).orElse(Long.MAX_VALUE);
        return Slices.cut(
                all(organization).stream().filter(owners -> owners.version() < before),
                limit,
                owners -> String.valueOf(owners.version()));
    }

    private List<WorkflowOwners> all(OrganizationId organization) {
        List<WorkflowOwners> all =
                new ArrayList<>(rows().of(organization.value()).values());
        Collections.reverse(all);
        return all;
    }

    private Rows<WorkflowOwners> rows() {
        return session.tables().boundaries;
    }
}

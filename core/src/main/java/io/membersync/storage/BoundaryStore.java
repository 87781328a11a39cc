package io.membersync.storage;

import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.setup.WorkflowOwners;
import java.util.Optional;

/** The owners of each organization's workflows, by version. Versions stay. */
public interface BoundaryStore {

    /**
     * Adds a version.
     *
     * @param owners a version with a number of its own, 1 or higher
     * @throws io.membersync.fault.StaleVersionException when there is one of that number already
     */
    void add(WorkflowOwners owners);

    /**
     * Finds the newest version, in one statement.
     *
     * @param organization the organization
     * @return the version with the highest number, or nothing
     */
    Optional<WorkflowOwners> newest(OrganizationId organization);

    /**
     * Lists versions, newest first.
     *
     * @param organization the organization
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most
     * @return the versions
     */
    Slice<WorkflowOwners> list(OrganizationId organization, Optional<String> cursor, int limit);
}

package io.membersync.setup;

import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps app and portal from doing the same: each workflow of an organization has one owner, and no field is written from
 * both sides. The host asks before it offers a workflow. Safe for many threads.
 */
public interface PortalBoundary {

    /**
     * What was decided, and what somebody should know of it. Immutable.
     *
     * @param owners the version that stands now
     * @param warnings what works on both sides or on none, in sentences for an administrator
     */
    record Decided(WorkflowOwners owners, List<String> warnings) {
        /** Copies the warnings. */
        public Decided {
            Objects.requireNonNull(owners, "owners");
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Tells who owns which workflow. One statement, cheap enough for the start of every session.
     *
     * @param organization the organization
     * @return the newest version
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    WorkflowOwners owners(OrganizationId organization);

    /**
     * Decides about all workflows of an organization.
     *
     * @param seen the version that the decision was made from
     * @param claims every workflow with its owner
     * @return what stands now
     * @throws io.membersync.fault.InvalidConfigurationException with every violation at once, when a workflow has two
     *     owners, a field is written by workflows of both sides, a field of the portal's goes out by a mapping, or a
     *     field of the app's is won by the registry
     * @throws io.membersync.fault.StaleVersionException when there is a newer version than the one seen
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    Decided set(WorkflowOwners seen, List<Workflow.Claim> claims);

    /**
     * Lists the versions, newest first.
     *
     * @param organization the organization
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most, 1 to 1000
     * @return a slice of them
     * @throws io.membersync.fault.AccessDeniedException when the caller may not act for the organization
     */
    Slice<WorkflowOwners> history(OrganizationId organization, Optional<String> cursor, int limit);
}

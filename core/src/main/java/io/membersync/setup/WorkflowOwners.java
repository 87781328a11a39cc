package io.membersync.setup;

import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who owns which workflow of an organization. Immutable; what was fetched holds as long as there is no higher version.
 *
 * @param organization the organization
 * @param version counted from 1; 0 before anything was decided
 * @param claims the workflows with their owners
 * @param change who decided so and when; empty in version 0
 */
public record WorkflowOwners(
        OrganizationId organization, long version, List<Workflow.Claim> claims, Optional<Change> change) {

    /**
     * A decision. Immutable.
     *
     * @param by the name of the caller
     * @param at when
     */
    public record Change(String by, Instant at) {
        /** Refuses nulls. */
        public Change {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
        }
    }

    /** Copies the claims. */
    public WorkflowOwners {
        Objects.requireNonNull(organization, "organization");
        claims = List.copyOf(claims);
        Objects.requireNonNull(change, "change");
    }

    /**
     * Nothing is decided.
     *
     * @param organization the organization
     * @return version 0
     */
    public static WorkflowOwners undecided(OrganizationId organization) {
        return new WorkflowOwners(organization, 0, List.of(), Optional.empty());
    }

    /**
     * Finds a workflow's owner.
     *
     * @param workflow the workflow's name
     * @return its owner; nothing when nobody decided about it
     */
    public Optional<WorkflowOwner> owner(String workflow) {
        return claims.stream()
                .filter(claim -> claim.workflow().name().equals(workflow))
                .map(Workflow.Claim::owner)
                .findFirst();
    }
}

package io.membersync.model;

import java.util.Objects;
import java.util.Set;

/**
 * Who asks. Every service hangs off a caller, so that no call can skip naming one. Immutable.
 *
 * @param name the person or system, as the audit is to name it; not blank
 * @param role what the caller may do
 * @param organizations the organizations of an organization administrator; empty for the other roles
 */
public record Caller(String name, Role role, Set<OrganizationId> organizations) {

    /** What a caller may do. */
    public enum Role {
        /** Sees and changes the organizations that the caller names. */
        ORGANIZATION_ADMINISTRATOR,
        /** Sees all organizations. */
        GLOBAL_ADMINISTRATOR,
        /** The host application itself: webhooks, logins, edits. */
        HOST
    }

    /**
     * Checks the name and copies the organizations.
     *
     * @throws IllegalArgumentException when the name is blank, or an organization administrator has no organization
     */
    public Caller {
        IdText.check("caller's name", name);
        Objects.requireNonNull(role, "role");
        organizations = Set.copyOf(organizations);
        if (role == Role.ORGANIZATION_ADMINISTRATOR && organizations.isEmpty()) {
            throw new IllegalArgumentException("An organization administrator needs at least one organization");
        }
    }

    /**
     * An administrator of one or more organizations.
     *
     * @param name the person
     * @param organizations at least one
     * @return the caller
     */
    public static Caller organizationAdministrator(String name, OrganizationId... organizations) {
        return new Caller(name, Role.ORGANIZATION_ADMINISTRATOR, Set.of(organizations));
    }

    /**
     * An administrator of the whole host.
     *
     * @param name the person
     * @return the caller
     */
    public static Caller globalAdministrator(String name) {
        return new Caller(name, Role.GLOBAL_ADMINISTRATOR, Set.of());
    }

    /** {@return the host application itself} */
    public static Caller host() {
        return new Caller("host", Role.HOST, Set.of());
    }

    /**
     * Tells whether the caller may see and change an organization.
     *
     * @param organization the organization
     * @return true for its own administrators, global administrators and the host
     */
    public boolean mayActFor(OrganizationId organization) {
        return role != Role.ORGANIZATION_ADMINISTRATOR || organizations.contains(organization);
    }
}

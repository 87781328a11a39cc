package io.membersync.internal.admin;

import io.membersync.fault.AccessDeniedException;
import io.membersync.model.Caller;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.Run;
import io.membersync.run.RunId;
import io.membersync.setup.Integration;
import io.membersync.storage.Session;
import io.membersync.storage.StoredIntegration;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may reach. A thing that is not there and a thing that the caller may not see are refused alike, so that
 * nobody learns which it was.
 *
 * @param caller who asks
 */
record Access(Caller caller) {

    /** The integration as its runs go by, when the caller may see it. */
    Integration integration(Session session, IntegrationId id, String action) {
        return stored(session, id, action).asInForce();
    }

    /** The integration with its sealed credentials, when the caller may see it. */
    StoredIntegration stored(Session session, IntegrationId id, String action) {
        return session.settings()
                .find(id)
                .filter(found -> caller.mayActFor(found.integration().organization()))
                .orElseThrow(() -> denied(action));
    }

    /** The run, when the caller may see its organization. */
    Run run(Session session, RunId id, String action) {
        return session.runs()
                .find(id)
                .filter(found -> caller.mayActFor(found.organization()))
                .orElseThrow(() -> denied(action));
    }

    /** The plan, when the caller may see its organization. */
    Plan plan(Session session, PlanId id, String action) {
        return session.plans()
                .find(id)
                .filter(found -> caller.mayActFor(found.organization()))
                .orElseThrow(() -> denied(action));
    }

    void organization(OrganizationId id, String action) {
        if (!caller.mayActFor(id)) {
            throw denied(action);
        }
    }

    /** The organizations to look at: the one asked for, else the caller's own; empty for all there are. */
    Set<OrganizationId> organizations(Optional<OrganizationId> asked, String action) {
        asked.ifPresent(id -> organization(id, action));
        return asked.map(Set::of).orElse(caller.organizations());
    }

    /** Whether the caller acts for all organizations. */
    boolean everywhere() {
        return caller.role() != Caller.Role.ORGANIZATION_ADMINISTRATOR;
    }

    AccessDeniedException denied(String action) {
        return new AccessDeniedException(caller.name(), action);
    }
}

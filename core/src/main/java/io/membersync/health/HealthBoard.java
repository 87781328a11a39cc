package io.membersync.health;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;

/**
 * How the integrations are that the caller may see. Changes are told to health listeners, see the engine's builder.
 * Safe for many threads.
 */
public interface HealthBoard {

    /**
     * Looks at one integration.
     *
     * @param integration the integration
     * @return how it is now
     * @throws io.membersync.fault.AccessDeniedException when there is no such integration for the caller
     */
    IntegrationHealth of(IntegrationId integration);

    /**
     * Looks at many, with a number of statements that does not grow with them.
     *
     * @param query which
     * @return one for each integration, by organization and id; an organization has mostly one
     * @throws io.membersync.fault.AccessDeniedException when the caller may not see the organization asked for
     */
    Slice<IntegrationHealth> find(HealthQuery query);
}

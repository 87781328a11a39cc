package io.membersync.storage;

import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchOrder;
import io.membersync.setup.Integration;
import java.util.Objects;

/**
 * What an integration's runs go by that decides about members: the configuration that the last full sync went through
 * with. One that was changed since is not in force before a full sync has shown what it comes to. Immutable.
 *
 * @param mapping which fields are synchronized
 * @param scope which records are synchronized
 * @param matchOrder the keys by which records that are not linked are tied to members that the host has
 * @param rules the number of the organization's conflict rules
 */
public record InForce(MappingSet mapping, Scope scope, MatchOrder matchOrder, long rules) {

    /** Refuses nulls. */
    public InForce {
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(matchOrder, "matchOrder");
    }

    /**
     * What an integration would go by.
     *
     * @param integration the integration as it is set up
     * @param rules the number of the conflict rules
     * @return the parts that decide about members
     */
    public static InForce of(Integration integration, long rules) {
        return new InForce(integration.mapping(), integration.scope(), integration.matchOrder(), rules);
    }

    /**
     * Tells whether an integration is set up as this says.
     *
     * @param integration the integration
     * @return true when it is, rules apart
     */
    public boolean suits(Integration integration) {
        return equals(of(integration, rules));
    }

    /**
     * An integration with these parts in place of its own.
     *
     * @param integration the integration as it is set up
     * @return the integration as its runs go by
     */
    public Integration applied(Integration integration) {
        return new Integration(
                integration.id(),
                integration.organization(),
                integration.system(),
                integration.endpoint(),
                integration.settings(),
                mapping,
                scope,
                matchOrder,
                integration.safeguards(),
                integration.rateLimit(),
                integration.credentials(),
                integration.timetable());
    }
}

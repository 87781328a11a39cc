package io.membersync.setup;

import io.membersync.connector.SystemType;
import io.membersync.http.RateLimit;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.Scope;
import io.membersync.matching.MatchOrder;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Safeguards;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * An integration that was accepted. Immutable.
 *
 * @param id the integration
 * @param organization the organization
 * @param system the id of the member system
 * @param endpoint the base URL of its API
 * @param settings the system's own settings, by key
 * @param mapping which fields are synchronized
 * @param scope which records are synchronized
 * @param matchOrder the keys by which records that are not linked are tied to members that the host has
 * @param safeguards what protects the members from the registry's mistakes
 * @param rateLimit how many requests the credential may make
 * @param credentials whether its credentials are set, since when and by whom
 * @param timetable whether it works, and when by itself
 */
public record Integration(
        IntegrationId id,
        OrganizationId organization,
        String system,
        URI endpoint,
        Map<String, String> settings,
        MappingSet mapping,
        Scope scope,
        MatchOrder matchOrder,
        Safeguards safeguards,
        RateLimit rateLimit,
        SecretMask credentials,
        Timetable timetable) {

    /** Copies the settings. */
    public Integration {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(endpoint, "endpoint");
        settings = Map.copyOf(settings);
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(matchOrder, "matchOrder");
        Objects.requireNonNull(safeguards, "safeguards");
        Objects.requireNonNull(rateLimit, "rateLimit");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(timetable, "timetable");
    }

    /**
     * The same with another timetable.
     *
     * @param other the timetable
     * @return a new value
     */
    public Integration with(Timetable other) {
        return new Integration(
                id,
                organization,
                system,
                endpoint,
                settings,
                mapping,
                scope,
                matchOrder,
                safeguards,
                rateLimit,
                credentials,
                other);
    }

    /**
     * The same with other mappings.
     *
     * @param other the mappings
     * @return a new value
     */
    public Integration with(MappingSet other) {
        return new Integration(
                id,
                organization,
                system,
                endpoint,
                settings,
                other,
                scope,
                matchOrder,
                safeguards,
                rateLimit,
                credentials,
                timetable);
    }

    /**
     * The same with another mask of its credentials.
     *
     * @param other the mask
     * @return a new value
     */
    public Integration with(SecretMask other) {
        return new Integration(
                id,
                organization,
                system,
                endpoint,
                settings,
                mapping,
                scope,
                matchOrder,
                safeguards,
                rateLimit,
                other,
                timetable);
    }

    /** {@return false for an organization without a member system: nothing is ever synchronized for it} */
    public boolean hasSystem() {
        return !system.equals(SystemType.NONE.id());
    }
}

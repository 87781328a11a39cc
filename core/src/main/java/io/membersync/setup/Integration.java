package io.membersync.setup;

import io.membersync.conflict.RuleSet;
import io.membersync.http.RateLimit;
import io.membersync.mapping.MappingSet;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.net.URI;
import java.time.Instant;
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
 * @param rules the conflict rules in force
 * @param rateLimit how many requests the credential may make
 * @param secretSetAt when its credentials were last set
 */
public record Integration(
        IntegrationId id,
        OrganizationId organization,
        String system,
        URI endpoint,
        Map<String, String> settings,
        MappingSet mapping,
        RuleSet rules,
        RateLimit rateLimit,
        Instant secretSetAt) {

    /** Copies the settings. */
    public Integration {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(endpoint, "endpoint");
        settings = Map.copyOf(settings);
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(rateLimit, "rateLimit");
        Objects.requireNonNull(secretSetAt, "secretSetAt");
    }
}

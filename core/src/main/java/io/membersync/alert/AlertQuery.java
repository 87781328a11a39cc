package io.membersync.alert;

import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which alerts to list. Immutable.
 *
 * @param organization only of this organization; empty for all that the caller may see
 * @param integration only of this integration
 * @param kinds only of these kinds; empty for all
 * @param openOnly whether closed ones are left out
 * @param cursor where to go on; empty for the newest
 * @param limit how many at most, 1 to {@value #MOST}
 */
public record AlertQuery(
        Optional<OrganizationId> organization,
        Optional<IntegrationId> integration,
        Set<AlertKind> kinds,
        boolean openOnly,
        Optional<String> cursor,
        int limit) {

    /** The most that one answer holds. */
    public static final int MOST = 500;

    /**
     * Copies the kinds.
     *
     * @throws IllegalArgumentException when the limit is not 1 to {@value #MOST}
     */
    public AlertQuery {
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(integration, "integration");
        kinds = Set.copyOf(kinds);
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is to be 1 to " + MOST + ", not " + limit);
        }
    }

    /** {@return what is open of all that the caller may see, a hundred at a time} */
    public static AlertQuery open() {
        return new AlertQuery(Optional.empty(), Optional.empty(), Set.of(), true, Optional.empty(), 100);
    }

    /** {@return the same with closed ones} */
    public AlertQuery withClosed() {
        return new AlertQuery(organization, integration, kinds, false, cursor, limit);
    }

    /**
     * The same for one organization.
     *
     * @param only the organization
     * @return a new query
     */
    public AlertQuery of(OrganizationId only) {
        return new AlertQuery(Optional.of(only), integration, kinds, openOnly, cursor, limit);
    }

    /**
     * The same for one integration.
     *
     * @param only the integration
     * @return a new query
     */
    public AlertQuery of(IntegrationId only) {
        return new AlertQuery(organization, Optional.of(only), kinds, openOnly, cursor, limit);
    }

    /**
     * The same for some kinds.
     *
     * @param only the kinds
     * @return a new query
     */
    public AlertQuery of(AlertKind... only) {
        return new AlertQuery(organization, integration, Set.of(only), openOnly, cursor, limit);
    }

    /**
     * The same, going on behind an answer.
     *
     * @param next the answer's cursor
     * @return a new query
     */
    public AlertQuery from(String next) {
        return new AlertQuery(organization, integration, kinds, openOnly, Optional.of(next), limit);
    }
}

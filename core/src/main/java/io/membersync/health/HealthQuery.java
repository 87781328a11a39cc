package io.membersync.health;

import io.membersync.model.OrganizationId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which integrations to look at. Immutable.
 *
 * @param organization only of this organization; empty for all that the caller may see
 * @param system only of this member system, by its id
 * @param states only in these states; empty for all
 * @param cursor where to go on; empty for the first
 * @param limit how many at most, 1 to {@value #MOST}
 */
public record HealthQuery(
        Optional<OrganizationId> organization,
        Optional<String> system,
        Set<HealthState> states,
        Optional<String> cursor,
        int limit) {

    /** The most that one answer holds. */
    public static final int MOST = 500;

    /**
     * Copies the states.
     *
     * @throws IllegalArgumentException when the limit is not 1 to {@value #MOST}
     */
    public HealthQuery {
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(system, "system");
        states = Set.copyOf(states);
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is to be 1 to " + MOST + ", not " + limit);
        }
    }

    /** {@return everything that the caller may see, a hundred at a time} */
    public static HealthQuery all() {
        return new HealthQuery(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), 100);
    }

    /**
     * The same for one organization.
     *
     * @param only the organization
     * @return a new query
     */
    public HealthQuery of(OrganizationId only) {
        return new HealthQuery(Optional.of(only), system, states, cursor, limit);
    }

    /**
     * The same for one member system.
     *
     * @param only the system's id
     * @return a new query
     */
    public HealthQuery of(String only) {
        return new HealthQuery(organization, Optional.of(only), states, cursor, limit);
    }

    /**
     * The same for some states.
     *
     * @param only the states
     * @return a new query
     */
    public HealthQuery in(HealthState... only) {
        return new HealthQuery(organization, system, Set.of(only), cursor, limit);
    }

    /**
     * The same, going on behind an answer.
     *
     * @param next the answer's cursor
     * @return a new query
     */
    public HealthQuery from(String next) {
        return new HealthQuery(organization, system, states, Optional.of(next), limit);
    }
}

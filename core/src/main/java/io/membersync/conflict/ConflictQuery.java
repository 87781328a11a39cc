package io.membersync.conflict;

import io.membersync.model.FieldCategory;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which conflicts to list. Immutable.
 *
 * @param scope whose
 * @param state which of them
 * @param what what about; everything where a part is empty
 * @param openedBefore only those opened before then; empty for all
 * @param cursor where to go on; empty for the first
 * @param limit how many at most, 1 to 1000
 */
public record ConflictQuery(
        Scope scope, State state, What what, Optional<Instant> openedBefore, Optional<String> cursor, int limit) {

    /**
     * Whose conflicts. Immutable.
     *
     * @param organization the organization; empty for all that the caller may see
     * @param integration the integration; empty for all of the organization
     */
    public record Scope(Optional<OrganizationId> organization, Optional<IntegrationId> integration) {
        /** Refuses nulls. */
        public Scope {
            Objects.requireNonNull(organization, "organization");
            Objects.requireNonNull(integration, "integration");
        }
    }

    /** Which conflicts. */
    public enum State {
        /** Those that wait. */
        OPEN,
        /** Those that have ended. */
        ENDED,
        /** Both. */
        ALL
    }

    /**
     * What conflicts are about. Immutable.
     *
     * @param category the fields' category; empty for all
     * @param field the field's key; empty for all
     * @param member the host's member; empty for all
     */
    public record What(Optional<FieldCategory> category, Optional<String> field, Optional<MemberId> member) {

        /** Everything. */
        public static final What EVERYTHING = new What(Optional.empty(), Optional.empty(), Optional.empty());

        /** Refuses nulls. */
        public What {
            Objects.requireNonNull(category, "category");
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(member, "member");
        }
    }

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is not 1 to 1000
     */
    public ConflictQuery {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(openedBefore, "openedBefore");
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("A slice holds 1 to 1000 conflicts");
        }
    }

    /**
     * The first hundred open conflicts of an integration.
     *
     * @param integration whose
     * @return the query
     */
    public static ConflictQuery of(IntegrationId integration) {
        return open(new Scope(Optional.empty(), Optional.of(integration)));
    }

    /**
     * The first hundred open conflicts of an organization.
     *
     * @param organization whose
     * @return the query
     */
    public static ConflictQuery of(OrganizationId organization) {
        return open(new Scope(Optional.of(organization), Optional.empty()));
    }

    private static ConflictQuery open(Scope scope) {
        return new ConflictQuery(scope, State.OPEN, What.EVERYTHING, Optional.empty(), Optional.empty(), 100);
    }

    /**
     * The same in another state.
     *
     * @param which the state
     * @return a new query
     */
    public ConflictQuery in(State which) {
        return new ConflictQuery(scope, which, what, openedBefore, cursor, limit);
    }

    /**
     * The same about less.
     *
     * @param only what about
     * @return a new query
     */
    public ConflictQuery about(What only) {
        return new ConflictQuery(scope, state, only, openedBefore, cursor, limit);
    }

    /**
     * The same, for those opened before an instant.
     *
     * @param instant the instant
     * @return a new query
     */
    public ConflictQuery openedBefore(Instant instant) {
        return new ConflictQuery(scope, state, what, Optional.of(instant), cursor, limit);
    }

    /**
     * The same from a place on.
     *
     * @param from the place; empty for the first
     * @param most how many at most, 1 to 1000
     * @return a new query
     */
    public ConflictQuery slice(Optional<String> from, int most) {
        return new ConflictQuery(scope, state, what, openedBefore, from, most);
    }
}

package io.membersync.audit;

import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.run.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What to look for in the audit. Entries come newest first. Immutable.
 *
 * @param organization whose
 * @param criteria what entries have to meet, all of it; empty for every entry
 * @param cursor where to go on; empty for the newest
 * @param limit how many at most, 1 to 1000
 */
public record AuditQuery(
        OrganizationId organization, List<AuditCriterion> criteria, Optional<String> cursor, int limit) {

    private static final int USUAL = 100;
    private static final int MOST = 1000;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException when it is not 1 to 1000
     */
    public AuditQuery {
        Objects.requireNonNull(organization, "organization");
        criteria = List.copyOf(criteria);
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is to be 1 to " + MOST + ", not " + limit);
        }
    }

    /**
     * The newest hundred entries of an organization.
     *
     * @param organization whose
     * @return the query
     */
    public static AuditQuery of(OrganizationId organization) {
        return new AuditQuery(organization, List.of(), Optional.empty(), USUAL);
    }

    /**
     * The same for one member.
     *
     * @param member the member
     * @return a new query
     */
    public AuditQuery about(MemberId member) {
        return and(new AuditCriterion.About(member));
    }

    /**
     * The same for some kinds.
     *
     * @param kinds the kinds
     * @return a new query
     */
    public AuditQuery only(AuditKind... kinds) {
        return and(new AuditCriterion.OfKind(Set.of(kinds)));
    }

    /**
     * The same for one integration.
     *
     * @param integration the integration
     * @return a new query
     */
    public AuditQuery in(IntegrationId integration) {
        return and(new AuditCriterion.In(integration));
    }

    /**
     * The same for one run.
     *
     * @param run its id as text
     * @return a new query
     */
    public AuditQuery ofRun(String run) {
        return and(new AuditCriterion.OfRun(run));
    }

    /**
     * The same for the ends of runs that were started for one reason.
     *
     * @param trigger the reason
     * @return a new query
     */
    public AuditQuery startedFor(Trigger trigger) {
        return and(new AuditCriterion.StartedFor(trigger));
    }

    /**
     * The same for a time.
     *
     * @param from its beginning
     * @param to its end, which is no part of it
     * @return a new query
     */
    public AuditQuery between(Instant from, Instant to) {
        return and(new AuditCriterion.Between(from, to));
    }

    /** {@return the same for what went wrong} */
    public AuditQuery onlyFailed() {
        return and(new AuditCriterion.Failed());
    }

    private AuditQuery and(AuditCriterion criterion) {
        List<AuditCriterion> all = new ArrayList<>(criteria);
        all.add(criterion);
        return new AuditQuery(organization, all, cursor, limit);
    }

    /**
     * The same with slices of another size.
     *
     * @param entries how many entries a slice holds at most, 1 to 1000
     * @return a new query
     * @throws IllegalArgumentException when it is not 1 to 1000
     */
    public AuditQuery atMost(int entries) {
        return new AuditQuery(organization, criteria, cursor, entries);
    }

    /**
     * The same, further on.
     *
     * @param from the {@code next} of an earlier slice
     * @return a new query
     */
    public AuditQuery from(String from) {
        return new AuditQuery(organization, criteria, Optional.of(from), limit);
    }

    /**
     * Tells whether an entry meets every criterion.
     *
     * @param entry an entry of the organization
     * @return true when it does
     */
    public boolean admits(AuditEntry entry) {
        return criteria.stream().allMatch(criterion -> criterion.admits(entry));
    }
}

package io.membersync.storage;

import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentTask;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Personnummer on their way to registries: for each member and integration at most one, and one login that is open. */
public interface EnrichmentStore {

    /**
     * Loads what there is of a member.
     *
     * @param member the member
     * @return one or two for each integration that has any, in any order
     */
    List<EnrichmentTask> load(MemberId member);

    /**
     * Stores tasks: new ones, with revision 0, and changed ones.
     *
     * @param tasks at most one, and one that is open, for each member and integration
     * @throws io.membersync.fault.StaleVersionException when one of them has another revision in the store, or is new
     *     and exists already; the caller's transaction is to fail
     */
    void save(Collection<EnrichmentTask> tasks);

    /**
     * Removes tasks.
     *
     * @param tasks the tasks as loaded
     * @throws io.membersync.fault.StaleVersionException when one of them has another revision in the store or is gone;
     *     the caller's transaction is to fail
     */
    void remove(Collection<EnrichmentTask> tasks);

    /**
     * Tells where something is to be done now.
     *
     * @param now the time
     * @return the integrations with waiting tasks whose next try is due
     */
    Set<IntegrationId> waiting(Instant now);

    /**
     * Gives what is to be done now.
     *
     * @param integration the integration
     * @param state the state they wait in
     * @param now the time
     * @param limit how many at most
     * @return tasks in that state whose next try is due, by the time of that try, so that none keeps the others waiting
     */
    List<EnrichmentTask> due(IntegrationId integration, EnrichmentState state, Instant now, int limit);

    /**
     * Finds the members of an organization that share a number.
     *
     * @param organization the organization
     * @param hash the number's keyed hash
     * @return the tasks that hold it, in any order
     */
    List<EnrichmentTask> withNumber(OrganizationId organization, String hash);

    /**
     * Finds what a person brought.
     *
     * @param organization the organization
     * @param hash the keyed hash of what the provider calls the person
     * @return the tasks that hold it, in any order
     */
    List<EnrichmentTask> ofSubject(OrganizationId organization, String hash);

    /**
     * Lists an organization's tasks in some states, by member in code point order, by integration, what is open first.
     *
     * @param organization the organization
     * @param states the states; at least one
     * @param cursor where to go on; empty for the first
     * @param limit how many at most
     * @return the tasks
     */
    Slice<EnrichmentTask> list(
            OrganizationId organization, Set<EnrichmentState> states, Optional<String> cursor, int limit);

    /**
     * Counts an organization's tasks.
     *
     * @param organization the organization
     * @return how many are in each state that has any
     */
    Map<EnrichmentState, Long> count(OrganizationId organization);

    /**
     * Tells how long an organization's tasks have been waiting.
     *
     * @param organization the organization
     * @return when the oldest waiting one came; nothing while none waits
     */
    Optional<Instant> waitingSince(OrganizationId organization);
}

package io.membersync.storage;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.plan.ChangeTally;
import io.membersync.run.Plan;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.PlannedChange.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans of staged changes with their items, and how many changes were let through of late, which the mass-change guard
 * counts.
 */
public interface PlanStore {

    /**
     * Stores a plan: a new one, with revision 0, or a changed one.
     *
     * @param plan the plan
     * @throws io.membersync.fault.StaleVersionException when it has another revision in the store, or is new and exists
     *     already; the caller's transaction is to fail
     */
    void save(Plan plan);

    /**
     * Finds a plan.
     *
     * @param id its id
     * @return the plan, or nothing
     */
    Optional<Plan> find(PlanId id);

    /**
     * Lists plans, newest first.
     *
     * @param integration whose
     * @param states in which states
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most
     * @return the plans
     */
    Slice<Plan> list(IntegrationId integration, Set<PlanState> states, Optional<String> cursor, int limit);

    /**
     * Adds items at the end of a plan. Those of the same external ids that it had before are removed.
     *
     * @param plan the plan
     * @param items at most one for each external id
     */
    void stage(PlanId plan, List<PlanItem> items);

    /**
     * Tells which records a plan holds.
     *
     * @param plan the plan
     * @param ids the registry's ids
     * @return those that it has an item of with the outcome {@code WAITING}
     */
    Set<ExternalId> staged(PlanId plan, Collection<ExternalId> ids);

    /**
     * Gives the first items of a plan that wait, in order.
     *
     * @param plan the plan
     * @param limit how many at most
     * @return them
     */
    List<PlanItem> waiting(PlanId plan, int limit);

    /**
     * Lists all items of a plan in order.
     *
     * @param plan the plan
     * @param cursor where to go on; empty for the first
     * @param limit how many at most
     * @return the items
     */
    Slice<PlanItem> items(PlanId plan, Optional<String> cursor, int limit);

    /**
     * Says what became of items.
     *
     * @param plan the plan
     * @param outcomes the outcomes, by the registry's id
     */
    void settle(PlanId plan, Map<ExternalId, Outcome> outcomes);

    /**
     * Counts the ways in which the members of waiting items change.
     *
     * @param plan the plan
     * @return the numbers
     */
    ChangeTally count(PlanId plan);

    /**
     * Counts the records that were applied and those that were skipped.
     *
     * @param plan the plan
     * @return how many items have each outcome, those without a record left out
     */
    Map<Outcome, Long> outcomes(PlanId plan);

    /**
     * Removes a plan with all its items.
     *
     * @param plan the plan; nothing happens when there is none
     */
    void remove(PlanId plan);

    /**
     * Reads how many changes were let through.
     *
     * @param integration the integration
     * @param since the first full hour to look at
     * @return the numbers, by the full hour in which it was
     */
    Map<Instant, ChangeTally> letThrough(IntegrationId integration, Instant since);

    /**
     * Stores how many changes were let through in an hour, in place of what was stored of the same kinds.
     *
     * @param integration the integration
     * @param hour the full hour
     * @param total the numbers
     */
    void letThrough(IntegrationId integration, Instant hour, ChangeTally total);

    /**
     * Forgets an integration's plans that nobody can decide about any more, and old numbers.
     *
     * @param integration the integration
     * @param before plans that expired before this, and numbers of hours before this
     */
    void forget(IntegrationId integration, Instant before);
}

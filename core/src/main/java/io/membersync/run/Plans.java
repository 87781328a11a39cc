package io.membersync.run;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import java.util.Optional;
import java.util.Set;

/**
 * Plans of staged changes: what the mass-change guard holds for approval. Every method
 * throws {@link io.membersync.fault.AccessDeniedException} when the caller may not see the organization behind it, or
 * when there is no such thing. Safe for many threads.
 */
public interface Plans {

    /**
     * Lists an integration's plans, newest first.
     *
     * @param integration the integration
     * @param states which; empty for all
     * @param cursor where to go on; empty for the newest
     * @param limit how many at most, 1 to 200
     * @return the plans; those of runs that still read are left out
     */
    Slice<Plan> list(IntegrationId integration, Set<PlanState> states, Optional<String> cursor, int limit);

    /**
     * Looks at a plan.
     *
     * @param plan the plan
     * @return the plan as it stands now
     */
    Plan look(PlanId plan);

    /**
     * Lists what a plan does, in the order in which it is applied.
     *
     * @param plan the plan
     * @param cursor where to go on; empty for the first
     * @param limit how many at most, 1 to 1000
     * @return the changes
     */
    Slice<PlannedChange> changes(PlanId plan, Optional<String> cursor, int limit);

    /**
     * Approves a plan and queues a run that applies exactly what it says. A record whose member or whose own state has
     * changed since is skipped and counted as stale; the next sync reads it anew.
     *
     * @param plan a plan that waits
     * @param digest the digest of the plan that was looked at
     * @param reason why, for the audit; not blank
     * @return the run that applies it, or why it is not possible now: nothing is changed then
     * @throws io.membersync.fault.StaleVersionException when the plan has another digest
     * @throws IllegalArgumentException when the reason is blank
     */
    StartAnswer approve(PlanId plan, String digest, String reason);

    /**
     * Turns a plan down. A later full sync that finds the same brings it up again.
     *
     * @param plan a plan that waits
     * @param reason why, for the audit; not blank
     * @throws io.membersync.fault.StaleVersionException when the plan waits no longer
     * @throws IllegalArgumentException when the reason is blank
     */
    void reject(PlanId plan, String reason);
}

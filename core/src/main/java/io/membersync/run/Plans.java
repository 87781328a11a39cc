package io.membersync.run;

import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import java.util.Optional;
import java.util.Set;

/**
 * Plans of staged changes: what the mass-change guard holds for approval, what a changed configuration would come to
 * that it does not let through, and what somebody wants to decide about beforehand. What the guard holds in a later run
 * joins what waits from earlier ones in one plan, which takes their place and tells the sum. Every method throws {@link io.membersync.fault.AccessDeniedException} when the caller may not see the organization behind it, or
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
     * Queues a run that makes a plan of what a full sync would do now, and changes nothing: it reads the whole listing
     * as a full sync would, and keeps each record that comes to something, sealed, with what it comes to. The plan bears
     * the run's id, waits as one that the guard holds, and takes the place of a proposal before it. Where nothing would
     * change there is no plan. While a changed configuration is not in force, the plan is that configuration's, and its
     * approval puts it in force. One that is disabled makes no plan.
     *
     * @param integration the integration
     * @return what became of the wish
     */
    StartAnswer propose(IntegrationId integration);

    /**
     * Approves a plan and queues a run that applies exactly what it says. A record whose member or whose own state has
     * changed since is skipped and counted as stale; the next sync reads it anew. When that run fails or is cancelled,
     * the plan waits again with what is left of it, to be approved or turned down, until its time is over; what was
     * applied stays. A run that failed can be resumed instead.
     *
     * @param plan a plan that waits
     * @param digest the digest of the plan that was looked at
     * @param reason why, for the audit, without personal data; 1 to 500 characters
     * @return the run that applies it, or why it is not possible now: nothing is changed then
     * @throws io.membersync.fault.StaleVersionException when the plan has another digest
     * @throws IllegalArgumentException when the reason is blank or longer, or holds control characters
     */
    StartAnswer approve(PlanId plan, String digest, String reason);

    /**
     * Turns a plan down: members stay as they are. A later full sync that finds the same brings it up again; so does one
     * that tries a changed configuration, for as long as the integration is set up so.
     *
     * @param plan a plan that waits
     * @param reason why, for the audit, without personal data; 1 to 500 characters
     * @throws io.membersync.fault.StaleVersionException when the plan waits no longer
     * @throws IllegalArgumentException when the reason is blank or longer, or holds control characters
     */
    void reject(PlanId plan, String reason);
}

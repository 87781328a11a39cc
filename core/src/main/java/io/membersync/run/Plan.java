package io.membersync.run;

import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.ChangeTally;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes that were decided and not applied, because they wait for a person. Immutable.
 *
 * @param id the plan
 * @param organization the organization
 * @param integration the integration
 * @param origin why it was made
 * @param state where it stands
 * @param contents what it holds, and what became of it
 * @param madeAt when its run began to stage
 * @param expiresAt when it can be approved no longer
 * @param decision who decided about it last; a plan that waits again keeps it
 * @param revision the number of the stored row as loaded; 0 for a new one
 */
public record Plan(
        PlanId id,
        OrganizationId organization,
        IntegrationId integration,
        Origin origin,
        PlanState state,
        Contents contents,
        Instant madeAt,
        Instant expiresAt,
        Optional<Decision> decision,
        long revision) {

    /** Why a plan was made. */
    public enum Origin {
        /** The mass-change guard holds changes of a sync. */
        GUARD,
        /** Somebody wanted to see what a full sync would do, and to decide about it. */
        PREVIEW,
        /** A changed configuration would come to more than the mass-change guard lets through; it is not in force. */
        CONFIGURATION
    }

    /**
     * What a plan holds, and what became of it.
     *
     * @param counts how many members change in which way
     * @param digest stands for exactly these changes, for the approval; empty while they are gathered
     * @param applied how many records were applied
     * @param stale how many records were skipped because something had changed meanwhile; the next sync reads them anew
     */
    public record Contents(ChangeTally counts, String digest, long applied, long stale) {

        /** Nothing yet. */
        public static final Contents NONE = new Contents(ChangeTally.NONE, "", 0, 0);

        /** Refuses nulls. */
        public Contents {
            Objects.requireNonNull(counts, "counts");
            Objects.requireNonNull(digest, "digest");
        }
    }

    /**
     * A person's decision.
     *
     * @param by the caller's name
     * @param at when
     * @param reason why
     */
    public record Decision(String by, Instant at, String reason) {
        /** Refuses nulls. */
        public Decision {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Refuses nulls. */
    public Plan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(contents, "contents");
        Objects.requireNonNull(madeAt, "madeAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(decision, "decision");
    }

    /**
     * The same plan in another state.
     *
     * @param to the state
     * @return a new value
     */
    public Plan in(PlanState to) {
        return new Plan(id, organization, integration, origin, to, contents, madeAt, expiresAt, decision, revision);
    }

    /**
     * The same plan with other contents.
     *
     * @param now what it holds
     * @return a new value
     */
    public Plan holding(Contents now) {
        return new Plan(id, organization, integration, origin, state, now, madeAt, expiresAt, decision, revision);
    }

    /**
     * The same plan, decided about.
     *
     * @param to the state
     * @param who who decided, when and why
     * @return a new value
     */
    public Plan decided(PlanState to, Decision who) {
        return new Plan(
                id, organization, integration, origin, to, contents, madeAt, expiresAt, Optional.of(who), revision);
    }

    /**
     * The same plan with another revision.
     *
     * @param number the revision
     * @return a new value
     */
    public Plan revised(long number) {
        return new Plan(id, organization, integration, origin, state, contents, madeAt, expiresAt, decision, number);
    }

    /**
     * The plan as it stands at a time: one that still waits when its time is over has expired.
     *
     * @param now the time
     * @return a new value
     */
    public Plan at(Instant now) {
        return state == PlanState.WAITING && !now.isBefore(expiresAt) ? in(PlanState.EXPIRED) : this;
    }

    /** {@return id, state and counts} */
    @Override
    public String toString() {
        return "Plan[" + id + ", " + integration + ", " + origin + ", " + state + ", " + contents.counts() + "]";
    }
}

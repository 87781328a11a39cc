package io.membersync.internal.run;

import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunFailure;
import io.membersync.run.RunKind;
import io.membersync.run.StartAnswer;
import io.membersync.storage.Session;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The plan that a run is to apply. While the run is on its way, it is approved; when the run fails or is cancelled, it
 * waits for a decision as before. Stateless.
 */
public final class ApprovedPlan {

    private static final String ADVICE =
            "The plan waits again: approve it again, resume this run, or reject the plan. What was applied stays.";

    private ApprovedPlan() {}

    /** Lets the plan wait again whose run came to a stop. */
    static void putBack(Session session, Run run) {
        if (run.kind() == RunKind.APPLY) {
            session.plans()
                    .find(plan(run))
                    .filter(plan -> plan.state() == PlanState.APPROVED)
                    .map(plan -> plan.in(PlanState.WAITING))
                    .ifPresent(session.plans()::save);
        }
    }

    /** What helps where a run that applies a plan has failed: no other run does it in its place. */
    static RunFailure advised(Run run, RunFailure failure) {
        if (run.kind() != RunKind.APPLY) {
            return failure;
        }
        boolean passing = failure.fault().filter(fault -> fault.passing()).isPresent();
        return new RunFailure(failure.fault(), failure.message(), passing ? ADVICE : failure.advice() + " " + ADVICE);
    }

    /**
     * Tells why a run that stopped cannot go on for its plan's sake.
     *
     * @param session where plans are stored
     * @param run a run that failed or was paused
     * @param now the time
     * @return the reason; empty when its plan can be applied, and for a run that applies none
     */
    public static Optional<StartAnswer> refusal(Session session, Run run, Instant now) {
        if (run.kind() != RunKind.APPLY) {
            return Optional.empty();
        }
        return session.plans()
                .find(plan(run))
                .map(plan -> plan.at(now).state())
                .filter(state -> state != PlanState.WAITING && state != PlanState.APPROVED)
                .map(state -> new StartAnswer.Unavailable(
                        "The plan is " + state.name().toLowerCase(Locale.ROOT) + " and can be applied no more"));
    }

    /**
     * Lets a plan be applied whose run goes on: what was approved is the same.
     *
     * @param session where plans are stored
     * @param run the run
     */
    public static void takeUp(Session session, Run run) {
        if (run.kind() == RunKind.APPLY) {
            session.plans()
                    .find(plan(run))
                    .filter(plan -> plan.state() == PlanState.WAITING)
                    .map(plan -> plan.in(PlanState.APPROVED))
                    .ifPresent(session.plans()::save);
        }
    }

    private static PlanId plan(Run run) {
        return new PlanId(run.checkpoint().cursor().text());
    }
}

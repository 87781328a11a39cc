package io.membersync.internal.run;

import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.model.IntegrationId;
import io.membersync.run.Plan;
import io.membersync.run.Plan.Origin;
import io.membersync.run.PlanId;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunKind;
import io.membersync.storage.Session;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Plans that are over because something newer takes their place, or because nobody decided in time. Each that somebody
 * could have looked at is told in the audit. For one thread, in one transaction.
 */
public final class ClosedPlans {

    private static final Set<PlanState> OPEN = Set.of(PlanState.GATHERING, PlanState.WAITING, PlanState.APPROVED);
    private static final int MOST_OPEN = 1_000;

    private final Session session;
    private final Instant now;

    /**
     * Closes plans in a transaction.
     *
     * @param session the transaction
     * @param now the time
     */
    public ClosedPlans(Session session, Instant now) {
        this.session = session;
        this.now = now;
    }

    /**
     * Closes what waits of a configuration that is asked for no longer.
     *
     * @param integration whose configuration has changed
     * @param by who changed it
     * @return what is to be recorded
     */
    public List<AuditEntry> outdated(IntegrationId integration, String by) {
        return close(integration, plan -> plan.origin() == Origin.CONFIGURATION, by, Optional.empty());
    }

    /**
     * Closes all that waits of an integration.
     *
     * @param integration the integration, which is no more
     * @param by who removed it
     * @return what is to be recorded
     */
    public List<AuditEntry> removed(IntegrationId integration, String by) {
        return close(integration, plan -> true, by, Optional.empty());
    }

    /** Closes what a run's end takes the place of, and what runs left behind that came to no end. */
    List<AuditEntry> superseded(Run run, boolean trial, boolean waits) {
        PlanId own = PlanId.of(run.id());
        boolean complete = run.kind() == RunKind.FULL && run.checkpoint().provable();
        if (run.kind() != RunKind.PROPOSE && waits && !trial && !complete) {
            return close(
                    run.integration(),
                    plan -> EarlierPlans.joins(plan, own, now),
                    run.startedBy(),
                    Optional.of(run.id().value()));
        } else if (run.kind() != RunKind.FULL && run.kind() != RunKind.PROPOSE) {
            return List.of();
        }
        Set<Origin> origins = origins(run, trial, waits);
        return close(
                run.integration(),
                plan -> !plan.id().equals(own)
                        && (origins.contains(plan.origin()) || plan.at(now).state() == PlanState.EXPIRED),
                run.startedBy(),
                Optional.of(run.id().value()));
    }

    private static Set<Origin> origins(Run run, boolean trial, boolean waits) {
        if (run.kind() == RunKind.PROPOSE) {
            return waits ? EnumSet.of(trial ? Origin.CONFIGURATION : Origin.PREVIEW) : Set.of();
        } else if (!run.checkpoint().provable()) {
            return Set.of();
        }
        // What was held under the configuration in force may still be approved while another one waits.
        Origin also = trial && waits ? Origin.CONFIGURATION : Origin.GUARD;
        return trial ? EnumSet.of(Origin.CONFIGURATION, also) : EnumSet.of(also);
    }

    private List<AuditEntry> close(IntegrationId integration, Predicate<Plan> which, String by, Optional<String> run) {
        return session.plans().list(integration, OPEN, Optional.empty(), MOST_OPEN).items().stream()
                .filter(which)
                .flatMap(plan -> closed(plan, by, run).stream())
                .toList();
    }

    private Optional<AuditEntry> closed(Plan plan, String by, Optional<String> run) {
        if (plan.state() == PlanState.GATHERING) {
            session.plans().remove(plan.id());
            return Optional.empty();
        }
        Plan over = plan.at(now);
        boolean expired = over.state() == PlanState.EXPIRED;
        session.plans().save(expired ? over : plan.in(PlanState.SUPERSEDED));
        return Optional.of(new AuditEntry(
                now,
                AuditKind.PLAN,
                plan.organization(),
                Optional.of(plan.integration()),
                run,
                by,
                Optional.empty(),
                Optional.empty(),
                (expired ? "Plan expired, nobody decided: " : "Plan superseded: ") + plan.id() + " "
                        + plan.contents().counts(),
                List.of()));
    }
}
